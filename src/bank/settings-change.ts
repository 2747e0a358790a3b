import { drawReceipt, type ReceiptFacts, recordAct } from './act.ts'
import { attempt, type Request } from './attempt.ts'
import { type Authorisation, authorise } from './authorisation.ts'
import type { Contract } from './contract.ts'
import { mayAct } from './credentials.ts'
import { draftAtStep, openDraft } from './draft.ts'
import { hold } from './hold.ts'
import type { NoticeFacts } from './notice.ts'
import type { Browser, Ports, Tx } from './ports.ts'
import { done, type Outcome, refused } from './refusal.ts'

/** What one change of the own settings adds to the steps that all of them share. */
export interface SettingsChange<Facts extends object> {
  readonly procedure: string
  /** Whether the contract may make this change now. */
  readonly may: (contract: Contract, facts: Facts, nowMs: number) => Outcome<Contract>
  /** One conditional write: false when another act was first. */
  readonly write: (tx: Tx, contract: Contract, facts: Facts) => Promise<boolean>
  readonly notice: (facts: Facts) => NoticeFacts
  /** A new address, to which the notice goes besides the old one. */
  readonly alsoTo?: (facts: Facts) => string
  /** What the result page shows of the facts. */
  readonly shown: (facts: Facts) => object
}

export type SettingsResult = ReceiptFacts

/** A form that authorises a reviewed change. */
export type ConfirmForm = Authorisation & { readonly draftId: string | undefined }

/**
 * Step 1 of a change: what is to be changed waits in a draft for its authorisation.
 *
 * Refusals: `out-of-order`, `frozen`, those of `may`.
 */
export function reviewChange<Facts extends object>(
  ports: Ports,
  request: Request,
  browser: Browser,
  change: SettingsChange<Facts>,
  facts: Facts,
): Promise<Outcome<{ draftId: string }>> {
  const { procedure } = change
  const { bankCode } = request.bank
  const contractId = request.actor.id
  return attempt<Contract | undefined, { draftId: string }>(
    ports,
    request,
    { procedure, contractId },
    (tx) => tx.contracts.find(bankCode, contractId),
    async (tx, contract) => {
      if (contract === undefined) return refused('out-of-order')
      const may = mayChange(ports, change, contract, facts)
      if (!may.ok) return may
      const step = 'confirm'
      const { id } = await openDraft(ports, tx, { browser, contract, procedure, step, facts })
      return done({ draftId: id })
    },
  )
}

/**
 * Step 2 of a change: the code, or the confirmation method of a customer without a token. Sent
 * again it answers with the first result.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, those of `may` and of `authorise`.
 */
export function confirmChange<Facts extends object>(
  ports: Ports,
  request: Request,
  browser: Browser,
  change: SettingsChange<Facts>,
  form: ConfirmForm,
): Promise<Outcome<SettingsResult>> {
  const { procedure } = change
  const { bankCode } = request.bank
  const contractId = request.actor.id
  const attempted = { procedure, contractId }
  const by = { browser, procedure, draftId: form.draftId, bankCode, contractId }
  return attempt(
    ports,
    request,
    attempted,
    (tx) => hold(tx, by),
    async (tx, { draft, contract, token }) => {
      // 1. The draft is this customer's and waits for this; a second click gets the first's result.
      if (contract === undefined || draft?.contractId !== contractId) return refused('out-of-order')
      if (draft.step === 'done') return done(draft.result as SettingsResult)
      const open = draftAtStep(draft, 'confirm', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still make this change.
      const facts = draft.facts as Facts
      const may = mayChange(ports, change, contract, facts)
      if (!may.ok) return may
      // 3. The customer is proven: by a code if there is a token, else by the confirmation method.
      const proven = await authorise(ports, tx, request.bank, { contract, token }, form)
      if (!proven.ok) return proven
      // 4. The change: one conditional write.
      if (!(await change.write(tx, contract, facts))) return refused('out-of-order')
      // 5. Receipt, event and notice: to the address known before, and to a new one as well.
      const receipt = await drawReceipt(ports, tx)
      const result = { ...receipt, ...change.shown(facts) }
      await recordAct(ports, tx, request, {
        attempted: { ...attempted, ...(token && { serial: token.serial }) },
        contract,
        receipt,
        notice: change.notice(facts),
        ...(change.alsoTo && { alsoTo: change.alsoTo(facts) }),
      })
      await tx.drafts.finish(draft, result)
      return done(result)
    },
  )
}

function mayChange<Facts extends object>(
  ports: Ports,
  change: SettingsChange<Facts>,
  contract: Contract,
  facts: Facts,
): Outcome<Contract> {
  const may = mayAct(contract)
  return may.ok ? change.may(contract, facts, ports.clock.now()) : may
}

const WAIT_AFTER_TOKEN_CHANGE_MS = 24 * 60 * 60 * 1000

/**
 * From when on password and mail address may be changed; undefined when there is nothing to wait
 * for.
 */
export function changeableFromMs(contract: Contract, nowMs: number): number | undefined {
  if (contract.tokenChangedAtMs === undefined) return undefined
  const fromMs = contract.tokenChangedAtMs + WAIT_AFTER_TOKEN_CHANGE_MS
  return nowMs < fromMs ? fromMs : undefined
}

/**
 * A thief who has taken over the token by a start or an exchange goes on to change the password
 * and to divert the notices. For a day after either, neither is possible, and the customer has
 * time to notice.
 *
 * Refusals: `too-many-requests`.
 */
export function mayChangeAccess(contract: Contract, nowMs: number): Outcome<Contract> {
  const fromMs = changeableFromMs(contract, nowMs)
  return fromMs === undefined ? done(contract) : refused('too-many-requests')
}
