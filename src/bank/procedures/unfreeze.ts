import { customerAct } from '../customer-act.ts'
import { done, refused } from '../refusal.ts'

/**
 * 取引中止の解除: what the customer, or a loss report, has stopped goes on. Reservations that were not
 * executed meanwhile stay as they ended.
 *
 * Refusals: `unknown-contract`, `wrong-state` (nothing is stopped).
 */
export const unfreeze = customerAct({
  act: 'unfreeze',
  possible: ({ contract }) => (contract.frozen ? done(undefined) : refused('wrong-state')),
  change: (_ports, tx, { contract }) => tx.contracts.unfreeze(contract),
  notice: () => ({
    act: '取引中止の解除',
    lines: [['お取引', '再開しました']],
  }),
})
