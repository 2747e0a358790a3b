import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import { type HeldCustomer, holdCustomer } from '../office/held-customer.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'unfreeze'

/**
 * 取引中止の解除: what the customer has stopped, or the bank after a loss, goes on. A suspended token
 * stays suspended: that is lifted by itself, or the token reissued.
 *
 * Refusals: `unknown-contract`, `wrong-state` (nothing is stopped).
 */
export const unfreeze = fourEyesAct<HeldCustomer>({
  act: ACT,
  hold: (_ports, tx, bankCode, { subject }) => holdCustomer(tx, bankCode, subject),
  guard: async (_ports, _tx, { contract }) => mayUnfreeze(contract),
  execute,
})

export function mayUnfreeze(contract: Contract | undefined): Outcome<Contract> {
  if (contract === undefined) return refused('unknown-contract')
  return contract.frozen ? done(contract) : refused('wrong-state')
}

async function execute(
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract }: HeldCustomer,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined) return refused('unknown-contract')
  if (!(await tx.contracts.unfreeze(contract))) return refused('wrong-state')
  const receipt = await drawReceipt(ports, tx)
  await recordAct(ports, tx, request, {
    attempted: { procedure: ACT, contractId: contract.contractId },
    contract,
    receipt,
    notice: { act: '取引中止の解除', lines: [['お取引', '再開しました']] },
    detail: { stoppedBy: contract.frozenBy ?? 'customer' },
  })
  return done(receipt)
}
