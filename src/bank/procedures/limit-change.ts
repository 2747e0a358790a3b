import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type Authorisation, authorise } from '../authorisation.ts'
import { nextMidnightMs, wallTime } from '../calendar.ts'
import type { BankProfile, Contract } from '../contract.ts'
import { mayAct } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { hold } from '../hold.ts'
import { chosenLimitYen, readYen } from '../money/money.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'limit-change'

/** What the customer reviews, and exactly what is then done. */
export interface ReviewedLimit {
  readonly limitYen: number
  /** The limit that the customer had chosen until now. */
  readonly oldLimitYen: number
  /** Of a raised limit: 0:00 of the next day. A lowered one holds at once. */
  readonly fromMs?: number
}

export interface LimitResult extends ReceiptFacts, ReviewedLimit {}

/**
 * 限度額の変更, step 1: the new daily limit, within the bank's own.
 *
 * Refusals: `out-of-order`, `frozen`, `invalid-input` at `dailyLimit`, `no-token`.
 */
export function reviewLimit(
  ports: Ports,
  request: Request,
  browser: Browser,
  typedLimit: string,
): Promise<Outcome<{ draftId: string }>> {
  const attempted = { procedure: PROCEDURE, contractId: request.actor.id }
  return attempt<Contract | undefined, { draftId: string }>(
    ports,
    request,
    attempted,
    (tx) => tx.contracts.find(request.bank.bankCode, request.actor.id),
    async (tx, contract) => {
      // 1. The contract may act.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      // 2. The limit is a sum that the bank allows this contract.
      const facts = judge(ports, request.bank, contract, readYen(typedLimit))
      if (!facts.ok) return facts
      // 3. The draft holds what the customer reviews.
      const draft = { browser, contract, procedure: PROCEDURE, step: 'review', facts: facts.value }
      const { id } = await openDraft(ports, tx, draft)
      return done({ draftId: id })
    },
  )
}

/**
 * 限度額の変更, step 2: the code; to lower it, without a token, the confirmation method. Sent again it
 * answers with the first result.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `invalid-input`, `no-token`, those of
 * `authorise`.
 */
export function changeLimit(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: Authorisation & { readonly draftId: string | undefined },
): Promise<Outcome<LimitResult>> {
  const { bankCode } = request.bank
  const contractId = request.actor.id
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt(
    ports,
    request,
    attempted,
    (tx) =>
      hold(tx, { browser, procedure: PROCEDURE, draftId: form.draftId, bankCode, contractId }),
    async (tx, { draft, contract, token }) => {
      // 1. The draft is this customer's and waits for the review; a second click gets the first's
      // result.
      if (contract === undefined || draft?.contractId !== contractId) return refused('out-of-order')
      if (draft.step === 'done') return done(draft.result as LimitResult)
      const open = draftAtStep(draft, 'review', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act, and the change would still be what was reviewed.
      const may = mayAct(contract)
      if (!may.ok) return may
      const reviewed = draft.facts as ReviewedLimit
      const now = judge(ports, request.bank, contract, reviewed.limitYen)
      if (!now.ok) return now
      if (now.value.fromMs !== reviewed.fromMs) return refused('draft-expired')
      // 3. The customer is proven: by a code if there is a token, else by the confirmation method.
      const proven = await authorise(ports, tx, request.bank, { contract, token }, form)
      if (!proven.ok) return proven
      // 4. A lowered limit holds at once and ends a waiting raise; a raised one waits for 0:00.
      const { limitYen, oldLimitYen, fromMs } = now.value
      if (fromMs === undefined) await tx.contracts.setLimit(contract, limitYen, undefined)
      else await tx.contracts.setLimit(contract, oldLimitYen, { yen: limitYen, fromMs })
      // 5. Receipt, event and notice.
      const receipt = await drawReceipt(ports, tx)
      const result: LimitResult = { ...receipt, ...now.value }
      await recordAct(ports, tx, request, {
        attempted: { ...attempted, ...(token && { serial: token.serial }) },
        contract,
        receipt,
        notice: { act: '1日の振込限度額の変更', lines: noticeLines(result) },
        detail: { limitYen, oldLimitYen },
      })
      await tx.drafts.finish(draft, result)
      return done(result)
    },
  )
}

/**
 * What the change would be at this moment. Only with a token can the limit be raised: a thief
 * without one gains nothing, and the customer has until midnight to notice.
 */
function judge(
  ports: Ports,
  bank: BankProfile,
  contract: Contract,
  limitYen: number | undefined,
): Outcome<ReviewedLimit> {
  const nowMs = ports.clock.now()
  if (limitYen === undefined || limitYen > bank.limits.withCodeYen) {
    return refused('invalid-input', 'dailyLimit')
  }
  const oldLimitYen = chosenLimitYen(bank, contract, nowMs)
  if (limitYen <= oldLimitYen) return done({ limitYen, oldLimitYen })
  if (contract.token === undefined) return refused('no-token', 'dailyLimit')
  return done({ limitYen, oldLimitYen, fromMs: nextMidnightMs(nowMs) })
}

function noticeLines({ limitYen, oldLimitYen, fromMs }: LimitResult): [string, string][] {
  return [
    ['変更後の限度額', `${limitYen.toLocaleString('ja-JP')}円`],
    ['変更前の限度額', `${oldLimitYen.toLocaleString('ja-JP')}円`],
    ['変更の時期', fromMs === undefined ? 'ただちに' : `${wallTime(fromMs)}から`],
  ]
}
