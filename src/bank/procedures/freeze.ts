import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import { type CredentialsForm, mayAct, withCredentials } from '../credentials.ts'
import { type Draft, draftAtStep, openDraft } from '../draft.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'freeze'

export type FreezeResult = ReceiptFacts

/**
 * 取引中止 for a customer who cannot log in fully, step 1: contract ID and login password, from the
 * foot of the login page. No code: the phone may be in a thief's hand.
 *
 * Refusals: those of `withCredentials`, `frozen`.
 */
export function beginFreeze(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: CredentialsForm,
): Promise<Outcome<{ draftId: string }>> {
  return withCredentials(ports, request, PROCEDURE, form, async (tx, contract) => {
    // 1. The contract is not frozen yet.
    const may = mayAct(contract)
    if (!may.ok) return may
    // 2. The draft waits for the one confirmation.
    const step = 'confirm'
    const draft = await openDraft(ports, tx, { browser, contract, procedure: PROCEDURE, step })
    return done({ draftId: draft.id })
  })
}

/**
 * The same for a customer who is signed in: the draft at once.
 *
 * Refusals: `out-of-order`, `frozen`.
 */
export async function beginFreezeSignedIn(
  ports: Ports,
  request: Request,
  browser: Browser,
): Promise<Outcome<{ draftId: string }>> {
  return ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.find(request.bank.bankCode, request.actor.id)
    if (contract === undefined) return refused('out-of-order')
    // 1. The contract is not frozen yet.
    const may = mayAct(contract)
    if (!may.ok) return may
    // 2. The draft waits for the one confirmation.
    const step = 'confirm'
    const draft = await openDraft(ports, tx, { browser, contract, procedure: PROCEDURE, step })
    return done({ draftId: draft.id })
  })
}

/**
 * 取引中止, the one confirmation. From its commit on everything that moves money or changes tokens or
 * settings is refused `frozen`; acts that hold the contract end first. Only the bank lifts it.
 * Sent again it answers with the first result.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`.
 */
export async function completeFreeze(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  draftId: string | undefined,
): Promise<Outcome<FreezeResult>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<FreezeHeld, FreezeResult>(
    ports,
    customer,
    attempted,
    async (tx) => ({
      draft: await tx.drafts.lock(browser, PROCEDURE, found.id),
      contract: await tx.contracts.lock(bankCode, contractId),
    }),
    async (tx, { draft, contract }) => {
      // 1. The draft waits for this; a second click gets the first click's result.
      if (draft?.step === 'done') return done(draft.result as FreezeResult)
      const open = draftAtStep(draft, 'confirm', ports.clock.now())
      if (!open.ok) return open
      // 2. Frozen, once: one conditional write.
      if (contract === undefined) return refused('out-of-order')
      if (!(await tx.contracts.freeze(contract, 'customer', ports.clock.now()))) {
        return refused('frozen')
      }
      // 3. Whoever else is signed in, or in the middle of something, is not any more.
      await tx.sessions.endOthers(contract, browser)
      await tx.drafts.endOthers(contract, browser)
      // 4. Receipt, event and notice.
      const result = await drawReceipt(ports, tx)
      await recordAct(ports, tx, customer, {
        attempted,
        contract,
        receipt: result,
        notice: {
          act: '取引中止',
          lines: [['お取引の再開', '下記の窓口へお電話ください']],
        },
      })
      await tx.drafts.finish(open.value, result)
      return done(result)
    },
  )
}

interface FreezeHeld {
  readonly draft: Draft | undefined
  readonly contract: Contract | undefined
}
