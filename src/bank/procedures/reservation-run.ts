import { type Attempted, eventOf, type Request } from '../attempt.ts'
import { dueDayOf, scheduleOf } from '../business-days.ts'
import { dayOf } from '../calendar.ts'
import { mayAct } from '../credentials.ts'
import { movementsOf, transferLines } from '../money/transfer-movements.ts'
import { type NoticeFacts, noticeOf } from '../notice.ts'
import type { Ports, TransferRecord, Tx } from '../ports.ts'
import { done, type Outcome, type Refusal, refused } from '../refusal.ts'
import { Unavailable } from '../unavailable.ts'

const PROCEDURE = 'reservation-run'

export interface ReservationRun {
  readonly executed: number
  readonly failed: number
}

/**
 * 予約の実行: does what is due from 8:00 on its day, one reservation to a transaction, as often as it is
 * called and in as many processes. A row is held by one of them at a time and leaves its state in
 * the transaction that moves the money: a process that dies in between has done nothing, and none
 * does it twice. What was missed is made up for as soon as a process runs again. One that throws is
 * reported and passed over, so that the others do not wait behind it.
 */
export async function runReservations(
  ports: Ports,
  runId: string,
  report: (error: unknown) => void,
): Promise<ReservationRun> {
  const counts = { executed: 0, failed: 0 }
  let last: TransferRecord | undefined
  for (;;) {
    const step = await runNext(ports, runId, last, report)
    if (step === undefined) return counts
    if (step.status !== 'stuck') counts[step.status] += 1
    last = step.transfer
  }
}

interface RunStep {
  readonly transfer: TransferRecord
  readonly status: 'executed' | 'failed' | 'stuck'
}

async function runNext(
  ports: Ports,
  runId: string,
  after: TransferRecord | undefined,
  report: (error: unknown) => void,
): Promise<RunStep | undefined> {
  let held: TransferRecord | undefined
  try {
    const outcome = await ports.store.attempt(
      // 1. The next reservation that is due is this process's alone until the transaction ends.
      async (tx) => {
        held = await tx.transfers.holdDue(dueDayOf(ports.clock.now()), after)
        return held
      },
      async (tx, transfer) => {
        if (transfer !== undefined) return execute(ports, tx, runId, transfer)
        return done(undefined)
      },
      // 4. Or it is not done, ever: nothing has moved, and the customer is told why.
      async (tx, refusal) => {
        if (held !== undefined) await fail(ports, tx, runId, held, refusal.refusal)
        return refusal
      },
    )
    return held && { transfer: held, status: outcome.ok ? 'executed' : 'failed' }
  } catch (error) {
    if (held === undefined || error instanceof Unavailable) throw error
    report(error)
    return { transfer: held, status: 'stuck' }
  }
}

async function execute(
  ports: Ports,
  tx: Tx,
  runId: string,
  transfer: TransferRecord,
): Promise<Outcome<undefined>> {
  const { bankCode, contractId, receiptNo } = transfer
  const nowMs = ports.clock.now()
  // 2. The customer has not stopped all transactions meanwhile, and the money moves or nothing
  // does.
  const contract = await tx.contracts.find(bankCode, contractId)
  if (contract === undefined) throw new Error('a reservation of nobody')
  const may = mayAct(contract)
  if (!may.ok) return may
  const sent = sentOf(transfer)
  if (!(await tx.core.move(movementsOf(sent, receiptNo, nowMs)))) {
    return refused('insufficient-funds')
  }
  // 3. It is executed: state, event and notice. After a late start the payee's bank may book it
  // later.
  const toOwnBank = transfer.to.bankCode === bankCode
  const schedule = scheduleOf(dayOf(nowMs), toOwnBank, nowMs, ports.holidays)
  const bookingDay = schedule?.bookingDay ?? transfer.bookingDay
  await tx.transfers.close(transfer, { status: 'executed', atMs: nowMs, bookingDay })
  await record(ports, tx, runId, transfer, 'done', {
    act: '予約振込',
    outcome: 'executed',
    lines: transferLines(sent),
  })
  return done(undefined)
}

/** How a reservation that cannot be executed is told. */
const REASONS: Partial<Record<Refusal, string>> = {
  'insufficient-funds': '残高不足のため',
  frozen: 'お取引を中止しているため',
}

async function fail(ports: Ports, tx: Tx, runId: string, of: TransferRecord, why: Refusal) {
  const atMs = ports.clock.now()
  await tx.transfers.close(of, { status: 'failed', atMs, failure: why })
  await tx.transfers.giveBackLimit(of)
  await record(ports, tx, runId, of, why, {
    act: '予約振込',
    outcome: 'failed',
    lines: [['理由', REASONS[why] ?? 'お手続きができないため'], ...transferLines(sentOf(of))],
  })
}

const sentOf = (of: TransferRecord) => ({ ...of, payee: { ...of.to, name: of.payeeName } })

/** Event and notice, under the receipt number that the customer got for the reservation. */
async function record(
  ports: Ports,
  tx: Tx,
  runId: string,
  transfer: TransferRecord,
  outcome: 'done' | Refusal,
  facts: NoticeFacts,
) {
  const { bankCode, contractId, receiptNo, amountYen } = transfer
  const bank = await tx.banks.profile(bankCode)
  const contract = await tx.contracts.find(bankCode, contractId)
  if (bank === undefined || contract === undefined) throw new Error('a reservation of nobody')
  const request: Request = { bank, actor: { kind: 'system', id: 'scheduler' }, requestId: runId }
  const attempted: Attempted = { procedure: PROCEDURE, contractId }
  const more = { receiptNo, detail: { amountYen } }
  await tx.journal.append(eventOf(ports, request, attempted, outcome, more))
  const notice = noticeOf(bank, contractId, transfer, facts)
  const createdAtMs = ports.clock.now()
  await tx.journal.addNotice({ bankCode, contractId, to: contract.mail, createdAtMs, ...notice })
}
