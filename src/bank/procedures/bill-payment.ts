import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type Authorisation, authorise } from '../authorisation.ts'
import { dayOf } from '../calendar.ts'
import type { Contract } from '../contract.ts'
import { mayAct } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { type Held, hold } from '../hold.ts'
import {
  type Bill,
  type BillNumbers,
  readBillNumbers,
  WRONG_LOOK_UPS_A_DAY,
} from '../money/bill.ts'
import type { AccountRef } from '../money/core-bank.ts'
import { dailyLimitYen } from '../money/money.ts'
import type { Browser, Ports, Tx } from '../ports.ts'
import { done, type Outcome, type Refused, refused } from '../refusal.ts'

const PROCEDURE = 'bill-payment'

/** What the customer reviews, and exactly what is then paid. */
export type ReviewedBill = Omit<Bill, 'paid'>

export interface BillPaymentForm extends Authorisation {
  readonly draftId: string | undefined
  readonly fromAccount: string
}

export interface BillPaymentResult
  extends ReceiptFacts,
    Pick<Bill, 'billerName' | 'purpose' | 'customerNo' | 'amountYen'> {
  readonly from: AccountRef
}

/**
 * 収納サービス, step 1: the numbers of the slip; the review shows the bill.
 *
 * Refusals: `frozen`, `invalid-input`, `too-many-requests`, `unknown-bill` (counts; at `billerNo` if there
 * is no such biller), `already-paid`.
 */
export async function lookUpBill(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: BillNumbers,
): Promise<Outcome<{ draftId: string }>> {
  const attempted = { procedure: PROCEDURE, contractId: request.actor.id }
  return attempt<Contract | undefined, { draftId: string }>(
    ports,
    request,
    attempted,
    (tx) => tx.contracts.lock(request.bank.bankCode, request.actor.id),
    async (tx, contract) => {
      // 1. The contract may act.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      // 2. The numbers can be read.
      const numbers = readBillNumbers(form)
      if (!numbers.ok) return numbers
      // 3. The contract has not been wrong too often today.
      const day = dayOf(ports.clock.now())
      const wrong = await tx.bills.wrongLookUps(contract, day)
      if (wrong >= WRONG_LOOK_UPS_A_DAY) return refused('too-many-requests')
      // 4. There is such a bill, and it is not paid.
      const bill = await tx.bills.find(numbers.value)
      if (bill === undefined) return unknownBill(tx, numbers.value.billerNo, contract, day)
      const { paid, ...facts } = bill
      if (paid) return refused('already-paid')
      // 5. The draft holds what the customer reviews.
      const { id } = await openDraft(ports, tx, {
        browser,
        contract,
        procedure: PROCEDURE,
        step: 'review',
        facts: facts satisfies ReviewedBill,
      })
      return done({ draftId: id })
    },
  )
}

/**
 * 収納サービス, step 2: the account, and the code, or the confirmation method of a customer without a
 * token. Sent again it answers with the first result and moves no money.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `invalid-input`, `already-paid`, those of
 * `authorise`, `limit-exceeded`, `insufficient-funds`.
 */
export async function payBill(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: BillPaymentForm,
): Promise<Outcome<BillPaymentResult>> {
  const { bankCode } = request.bank
  const contractId = request.actor.id
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<Held, BillPaymentResult>(
    ports,
    request,
    attempted,
    (tx) =>
      hold(tx, { browser, procedure: PROCEDURE, draftId: form.draftId, bankCode, contractId }),
    async (tx, { draft, contract, token }) => {
      // 1. The draft is this customer's and waits for the review; a second click gets the first's result.
      if (contract === undefined || draft?.contractId !== contractId) return refused('out-of-order')
      if (draft.step === 'done') return done(draft.result as BillPaymentResult)
      const open = draftAtStep(draft, 'review', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act, the account is its own, and the bill is still to be paid.
      const may = mayAct(contract)
      if (!may.ok) return may
      const from = await tx.core.account(bankCode, contractId, form.fromAccount)
      if (from === undefined) return refused('invalid-input', 'fromAccount')
      const bill = draft.facts as ReviewedBill
      if ((await tx.bills.find(bill))?.paid !== false) return refused('already-paid')
      // 3. The customer is proven: by a code if there is a token, else by the confirmation method.
      const proven = await authorise(ports, tx, request.bank, { contract, token }, form)
      if (!proven.ok) return proven
      // 4. Of all that pay this bill at this moment, one does: one conditional write.
      const receipt = await drawReceipt(ports, tx)
      const { branchCode, accountType, accountNumber } = from
      const paid = {
        ...bill,
        ...receipt,
        from: { bankCode, branchCode, accountType, accountNumber },
      }
      if (!(await tx.bills.pay({ ...paid, bankCode, contractId }))) return refused('already-paid')
      // 5. The day's limit, which transfers share, has room: one conditional write.
      const limitYen = dailyLimitYen(request.bank, contract, receipt.receivedAtMs)
      const day = dayOf(receipt.receivedAtMs)
      if (!(await tx.transfers.useLimit(contract, day, bill.amountYen, limitYen))) {
        return refused('limit-exceeded')
      }
      // 6. The money moves, or nothing does.
      const movement = {
        bankCode,
        receiptNo: receipt.receiptNo,
        atMs: receipt.receivedAtMs,
        debit: paid.from,
        credit: 'billers',
        amountYen: bill.amountYen,
        text: `ペイジー ${bill.billerName}`,
      } as const
      if (!(await tx.core.move([movement]))) return refused('insufficient-funds', 'fromAccount')
      // 7. Receipt, event and notice.
      const { billerName, purpose, customerNo, amountYen } = bill
      const result = { ...receipt, billerName, purpose, customerNo, amountYen, from: paid.from }
      await recordAct(ports, tx, request, {
        attempted: { ...attempted, ...(token && { serial: token.serial }) },
        contract,
        receipt,
        notice: { act: '収納サービス（ペイジー）の払込み', lines: noticeLines(result) },
        detail: { amountYen, billerNo: bill.billerNo },
      })
      await tx.drafts.finish(draft, result)
      return done(result)
    },
  )
}

/** Billers are public, and a wrong one is told; which of the other numbers is wrong is not. */
async function unknownBill(
  tx: Tx,
  billerNo: string,
  contract: Contract,
  day: string,
): Promise<Refused> {
  const told = (await tx.bills.hasBiller(billerNo))
    ? refused('unknown-bill')
    : refused('unknown-bill', 'billerNo')
  return { ...told, counts: { counter: 'bill-look-up', contract, day } }
}

function noticeLines(paid: BillPaymentResult): [string, string][] {
  return [
    ['払込先', paid.billerName],
    ['払込内容', paid.purpose],
    ['払込金額', `${paid.amountYen.toLocaleString('ja-JP')}円`],
    ['お引落し口座', `口座番号 下3けた ${paid.from.accountNumber.slice(-3)}`],
  ]
}
