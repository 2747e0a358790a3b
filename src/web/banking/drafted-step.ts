import { type Draft, draftAtStep } from '../../bank/draft.ts'
import { type Outcome, type Refused, refused } from '../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../form.ts'
import { type CustomerVisit, isDeadEnd, type Visit } from './visit.tsx'

type Answer = Response | Promise<Response>

/** The step of a procedure whose form does the act that the draft was kept for. */
export interface DraftedStep<V extends Visit, Result> {
  readonly procedure: string
  /** Where the draft stands while it waits for this form. */
  readonly step: string
  readonly complete: (
    visit: V,
    form: SubmittedForm,
    draftId: string | undefined,
  ) => Promise<Outcome<Result>>
  /** The address of the result of that draft. */
  readonly doneOf: (visit: V, draftId: string) => string
  readonly show: (
    visit: V,
    draft: Draft,
    refusal: Refused | undefined,
    form: SubmittedForm,
  ) => Answer
  readonly showDone: (visit: V, result: Result) => Answer
  /** Nothing can be filled in any more: only the way back to the beginning. */
  readonly showDead: (visit: V, refusal: Refused) => Answer
}

/**
 * The pages of such a step: its form, what the form does, and the result. A draft that is done
 * leads to its result, so that back, reload and a second click find what the first one did.
 */
export function draftedStep<V extends Visit, Result>(step: DraftedStep<V, Result>) {
  const draftOfPage = (visit: V) => draftOf(visit, step.procedure, visit.query('draft'))
  const toResult = (visit: V, id: string) => visit.c.redirect(step.doneOf(visit, id), 303)
  return {
    async page(visit: V) {
      const draft = await draftOfPage(visit)
      if (draft?.step === 'done') return toResult(visit, draft.id)
      const open = draftAtStep(draft, step.step, visit.site.ports.clock.now())
      return open.ok
        ? step.show(visit, open.value, undefined, EMPTY_FORM)
        : step.showDead(visit, open)
    },

    async submit(visit: V, form: SubmittedForm) {
      const draftId = form.text('draft') || undefined
      const outcome = await step.complete(visit, form, draftId)
      if (outcome.ok && draftId) return toResult(visit, draftId)
      const draft = await draftOf(visit, step.procedure, draftId)
      if (outcome.ok && draft) return toResult(visit, draft.id)
      const refusal = outcome.ok ? refused('out-of-order') : outcome
      if (draft?.step !== step.step || isDeadEnd(refusal)) return step.showDead(visit, refusal)
      return step.show(visit, draft, refusal, form)
    },

    async donePage(visit: V) {
      const draft = await draftOfPage(visit)
      if (draft?.step !== 'done') return step.showDead(visit, refused('out-of-order'))
      return step.showDone(visit, draft.result as Result)
    },
  }
}

/**
 * The draft of this browser, or its newest one of the procedure. Of a customer who is signed in
 * only the own one: a browser may have served another customer before.
 */
export async function draftOf(
  visit: Visit | CustomerVisit,
  procedure: string,
  id: string | undefined,
): Promise<Draft | undefined> {
  const { drafts } = visit.site.ports.store.tables
  const draft = await drafts.find(visit.browser.hash, procedure, id)
  const isOwn = !('contract' in visit) || draft?.contractId === visit.contract.contractId
  return isOwn ? draft : undefined
}
