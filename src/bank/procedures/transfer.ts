import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type Authorisation, authorise } from '../authorisation.ts'
import { reservationsRunAtMs, type Schedule, scheduleOf } from '../business-days.ts'
import { dayOf, writtenDay } from '../calendar.ts'
import type { BankProfile, Contract } from '../contract.ts'
import { mayAct } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { hold } from '../hold.ts'
import type { Account, AccountRef } from '../money/core-bank.ts'
import { dailyLimitYen, readYen, transferFeeYen } from '../money/money.ts'
import { choosePayee, NEW_PAYEE, type Payee, type PayeeForm } from '../money/payee.ts'
import { accountRefOf, movementsOf, transferLines } from '../money/transfer-movements.ts'
import type { Browser, Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'

const PROCEDURE = 'transfer'

export interface TransferForm extends PayeeForm {
  readonly fromAccount: string
  /** The ID of a registered payee, or `new` for the one whose account is given. */
  readonly payee: string
  /** Whole yen in digits. */
  readonly amount: string
  /** `YYYY-MM-DD`, or empty for today. */
  readonly date: string
}

/** What the customer reviews, and exactly what is then done. */
export interface ReviewedTransfer extends Schedule {
  readonly from: AccountRef
  readonly payee: Payee
  readonly amountYen: number
  readonly feeYen: number
}

export interface TransferResult extends ReceiptFacts, ReviewedTransfer {}

/**
 * 振込, step 1: account, payee, amount and day; the review shows the payee's name, the fee and when
 * the payee's bank books it.
 *
 * Refusals: `frozen`, `invalid-input`, those of `choosePayee`, `limit-exceeded`,
 * `insufficient-funds`.
 */
export async function reviewTransfer(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: TransferForm,
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
      // 2. The account is the customer's own, the amount a sum.
      const { bankCode, contractId } = contract
      const from = await tx.core.account(bankCode, contractId, form.fromAccount)
      if (from === undefined) return refused('invalid-input', 'fromAccount')
      const amountYen = readYen(form.amount)
      if (amountYen === undefined || amountYen === 0) return refused('invalid-input', 'amount')
      // 3. The payee is registered, or known by the own bank or by name.
      const payee = await choosePayee(ports, tx, contract, form)
      if (!payee.ok) return payee
      if (isSameAccount(from, payee.value)) {
        return refused('invalid-input', form.payee === NEW_PAYEE ? 'accountNumber' : 'payee')
      }
      // 4. The day is today, or one for which reservations are taken.
      const schedule = scheduled(ports, contract, payee.value, form.date)
      if (schedule === undefined) return refused('invalid-input', 'date')
      // 5. Limit and funds would do, as things stand.
      const feeYen = transferFeeYen(request.bank, payee.value.bankCode, amountYen)
      const facts: ReviewedTransfer = {
        from: accountRefOf(from),
        payee: payee.value,
        amountYen,
        feeYen,
        ...schedule,
      }
      const room = await roomFor(ports, tx, request.bank, contract, from, facts)
      if (!room.ok) return room
      // 6. The draft holds what the customer reviews.
      const draft = { browser, contract, procedure: PROCEDURE, step: 'review', facts }
      const { id } = await openDraft(ports, tx, draft)
      return done({ draftId: id })
    },
  )
}

/**
 * 振込, step 2: the code, or the confirmation method of a customer without a token. What was reviewed
 * is what is done: today's transfer moves the money, a reservation waits for its day. Sent again it
 * answers with the first result and moves no money.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, those of `authorise`, `limit-exceeded`,
 * `insufficient-funds`.
 */
export async function executeTransfer(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: Authorisation & { readonly draftId: string | undefined },
): Promise<Outcome<TransferResult>> {
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
      if (draft.step === 'done') return done(draft.result as TransferResult)
      const open = draftAtStep(draft, 'review', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act, and money would leave and arrive as was reviewed.
      const may = mayAct(contract)
      if (!may.ok) return may
      const reviewed = draft.facts as ReviewedTransfer
      if (!isStillScheduled(ports, contract, reviewed)) return refused('draft-expired')
      // 3. The customer is proven: by a code if there is a token, else by the confirmation method.
      const [proven, receipt] = await Promise.all([
        authorise(ports, tx, request.bank, { contract, token }, form),
        drawReceipt(ports, tx),
      ])
      if (!proven.ok) return proven
      // What follows is asked for at once, and undone together where one of it is refused.
      // 4. The limit of the transfer's day has room: one conditional write.
      const limitYen = limitFor(ports, request.bank, contract, reviewed)
      const { amountYen, day, status } = reviewed
      const hasRoom = tx.transfers.useLimit(contract, day, amountYen, limitYen)
      // 5. History, receipt, event, notice, and the result that a second click will get.
      const result: TransferResult = { ...receipt, ...reviewed }
      const isWritten = write(ports, tx, request, { contract, token }, result)
      const isFinished = tx.drafts.finish(draft, result)
      // 6. The money moves, or nothing is written. That of a reservation stays until its day. It is
      // the last, since all who pay one account queue for it until they are through.
      const movements = movementsOf(reviewed, receipt.receiptNo, receipt.receivedAtMs)
      const isMoved = status === 'reserved' || tx.core.move(movements)
      const [room, moved] = await Promise.all([hasRoom, isMoved, isWritten, isFinished])
      if (!room) return refused('limit-exceeded')
      return moved ? done(result) : refused('insufficient-funds')
    },
  )
}

/** Its line in the history, and what belongs to every act. */
async function write(
  ports: Ports,
  tx: Tx,
  request: Request,
  by: { readonly contract: Contract; readonly token: Token | undefined },
  result: TransferResult,
): Promise<void> {
  const { contract, token } = by
  const { bankCode, contractId } = contract
  const { receiptNo, receivedAtMs, from, payee, amountYen, feeYen, day, bookingDay, status } =
    result
  const serial = token && { serial: token.serial }
  await Promise.all([
    tx.transfers.add({
      bankCode,
      contractId,
      receiptNo,
      receivedAtMs,
      from,
      to: payee,
      payeeName: payee.name,
      amountYen,
      feeYen,
      day,
      bookingDay,
      status,
    }),
    recordAct(ports, tx, request, {
      attempted: { procedure: PROCEDURE, contractId, ...serial },
      contract,
      receipt: { receiptNo, receivedAtMs },
      notice: noticeOfTransfer(result),
      detail: { amountYen, feeYen, day, status },
    }),
  ])
}

/** When money of that day leaves and arrives; undefined when the day is not taken. */
const scheduled = (ports: Ports, contract: Contract, payee: Payee, date: string) => {
  const nowMs = ports.clock.now()
  const toOwnBank = payee.bankCode === contract.bankCode
  return scheduleOf(date === '' ? dayOf(nowMs) : date, toOwnBank, nowMs, ports.holidays)
}

/** Whether midnight and 15:00 have left what was reviewed as it was. */
function isStillScheduled(ports: Ports, contract: Contract, reviewed: ReviewedTransfer): boolean {
  const now = scheduled(ports, contract, reviewed.payee, reviewed.day)
  return now?.status === reviewed.status && now.bookingDay === reviewed.bookingDay
}

/**
 * A reservation counts to the limit of its day, and no more can be reserved than could be sent now:
 * the low limit after a start or an exchange is not gone around by sending tomorrow.
 */
function limitFor(ports: Ports, bank: BankProfile, contract: Contract, { day, status }: Schedule) {
  const nowYen = dailyLimitYen(bank, contract, ports.clock.now())
  if (status === 'executed') return nowYen
  return Math.min(nowYen, dailyLimitYen(bank, contract, reservationsRunAtMs(day)))
}

/**
 * Whether it could be done as things stand. The funds of a reservation are asked for on its day.
 */
async function roomFor(
  ports: Ports,
  tx: Tx,
  bank: BankProfile,
  contract: Contract,
  from: Account,
  facts: ReviewedTransfer,
): Promise<Outcome<true>> {
  const { amountYen, feeYen, day, status } = facts
  const usedYen = await tx.transfers.usedYen(contract, day)
  if (usedYen + amountYen > limitFor(ports, bank, contract, facts)) {
    return refused('limit-exceeded', 'amount')
  }
  const lacks = status === 'executed' && from.balanceYen < amountYen + feeYen
  return lacks ? refused('insufficient-funds', 'amount') : done(true)
}

const isSameAccount = (one: AccountRef, other: AccountRef): boolean =>
  JSON.stringify(accountRefOf(one)) === JSON.stringify(accountRefOf(other))

function noticeOfTransfer(reviewed: ReviewedTransfer) {
  const lines = transferLines(reviewed)
  if (reviewed.status === 'executed') return { act: '振込', lines }
  return { act: '振込の予約', lines: [...lines, ['お振込日', writtenDay(reviewed.day)] as const] }
}
