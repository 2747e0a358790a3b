import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import { dailyLimitYen } from '../money/money.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import { type HeldCustomer, holdCustomer } from '../office/held-customer.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'limit-lift'

/**
 * 限度額の一時解除: a customer who has started or exchanged a token today may send up to the ordinary
 * limit at once. It holds for that one token change: after another one, a thief's perhaps, the low
 * limit is a new one, and stays.
 *
 * Refusals: `unknown-contract`, `no-token`, `wrong-state` (no low limit, or not the one that was
 * meant).
 */
export const limitLift = fourEyesAct<HeldCustomer>({
  act: ACT,
  hold: (_ports, tx, bankCode, { subject }) => holdCustomer(tx, bankCode, subject),
  guard: async (ports, _tx, { contract }, { facts }) => {
    // 1. The low limit of a start or an exchange applies now.
    const may = mayLift(contract, ports.clock.now())
    if (!may.ok) return may
    // 2. It is the token change of which the clerk has asked the customer.
    const { token, tokenChangedAtMs } = may.value
    const isMeant = facts.serial === token?.serial && facts.changedAtMs === tokenChangedAtMs
    return isMeant ? may : refused('wrong-state')
  },
  execute,
})

export function mayLift(contract: Contract | undefined, nowMs: number): Outcome<Contract> {
  if (contract === undefined) return refused('unknown-contract')
  if (contract.token === undefined) return refused('no-token')
  return nowMs < (contract.lowLimitUntilMs ?? 0) ? done(contract) : refused('wrong-state')
}

async function execute(
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract }: HeldCustomer,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined) return refused('unknown-contract')
  if (!(await tx.contracts.liftLowLimit(contract))) return refused('wrong-state')
  const { lowLimitUntilMs: _, ...lifted } = contract
  const limitYen = dailyLimitYen(request.bank, lifted, ports.clock.now())
  const receipt = await drawReceipt(ports, tx)
  await recordAct(ports, tx, request, {
    attempted: {
      procedure: ACT,
      contractId: contract.contractId,
      ...(contract.token && { serial: contract.token.serial }),
    },
    contract,
    receipt,
    notice: {
      act: '利用開始当日の限度額の解除',
      lines: [['本日の限度額', `${limitYen.toLocaleString('ja-JP')}円`]],
    },
    detail: { limitYen },
  })
  return done(receipt)
}
