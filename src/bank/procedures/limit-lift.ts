import { customerAct } from '../customer-act.ts'
import { done, refused } from '../refusal.ts'

/**
 * 限度額の制限の解除: the low limit of the day of a start or an exchange ends at once, for a customer who
 * stands before the clerk and has to pay today. The customer's own limit stays as it is.
 *
 * Refusals: `unknown-contract`, `wrong-state` (no low limit applies).
 */
export const limitLift = customerAct({
  act: 'limit-lift',
  possible({ contract }, _request, { clock }) {
    const isLow = clock.now() < (contract.lowLimitUntilMs ?? 0)
    return isLow ? done(undefined) : refused('wrong-state')
  },
  change: (_ports, tx, { contract }) => tx.contracts.endLowLimit(contract),
  notice: () => ({
    act: '登録当日の限度額制限の解除',
    lines: [['振込などの限度額', 'ワンタイムパスワードありの限度額となりました']],
  }),
})
