import { drawReceipt, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { mayAct } from '../credentials.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

/** More than anyone picks from, and a bound on what one contract can store. */
export const MOST_PAYEES = 100

/**
 * 振込先登録: keeps the payee of a transfer that the customer has authorised, so that nobody can plant
 * one. Kept already, it stays as it is.
 *
 * Refusals: `out-of-order` (no such transfer of this customer), `frozen`, `invalid-input` at
 * `payees` (there are 100 already).
 */
export function keepPayee(
  ports: Ports,
  request: Request,
  receiptNo: string,
): Promise<Outcome<true>> {
  const contractId = request.actor.id
  const attempted = { procedure: 'payee-keep', contractId }
  return attempt(
    ports,
    request,
    attempted,
    (tx) => tx.contracts.lock(request.bank.bankCode, contractId),
    async (tx, contract) => {
      // 1. The contract may act, and the transfer is its own.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      const transfer = await tx.transfers.find(contract, receiptNo)
      if (transfer === undefined) return refused('out-of-order')
      // 2. There is room for one more, unless it is kept already.
      if (await tx.payees.has(contract, transfer.to)) return done(true)
      if ((await tx.payees.count(contract)) >= MOST_PAYEES)
        return refused('invalid-input', 'payees')
      // 3. It is kept, under an ID that nobody can guess. Receipt, event and notice.
      const payee = { ...transfer.to, id: ports.random.id(), name: transfer.payeeName }
      await tx.payees.keep(contract, payee, ports.clock.now())
      await recordAct(ports, tx, request, {
        attempted,
        contract,
        receipt: await drawReceipt(ports, tx),
        notice: { act: '振込先の登録', lines: [['受取人', `${payee.name} 様`]] },
      })
      return done(true)
    },
  )
}

/**
 * Removes a registered payee. One that is not there any more is as good as removed: a second click
 * ends like the first.
 *
 * Refusals: `out-of-order` (no such contract), `frozen`.
 */
export function removePayee(ports: Ports, request: Request, id: string): Promise<Outcome<true>> {
  const contractId = request.actor.id
  const attempted = { procedure: 'payee-remove', contractId }
  return attempt(
    ports,
    request,
    attempted,
    (tx) => tx.contracts.lock(request.bank.bankCode, contractId),
    async (tx, contract) => {
      // 1. The contract may act.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      // 2. The payee is removed. Receipt, event and notice.
      const payee = await tx.payees.find(contract, id)
      if (payee === undefined || !(await tx.payees.remove(contract, id))) return done(true)
      await recordAct(ports, tx, request, {
        attempted,
        contract,
        receipt: await drawReceipt(ports, tx),
        notice: { act: '登録した振込先の削除', lines: [['受取人', `${payee.name} 様`]] },
      })
      return done(true)
    },
  )
}
