import type { Contract } from '../contract.ts'
import type { Tx } from '../ports.ts'
import type { Token } from '../token.ts'

/** What an act of a customer, or of the staff about one, holds while it is judged. */
export interface HeldCustomer {
  readonly contract: Contract | undefined
  readonly token: Token | undefined
}

/** Locks the contract, then its token: in this order in every act. */
export async function holdCustomer(
  tx: Tx,
  bankCode: string,
  contractId: string,
): Promise<HeldCustomer> {
  const [contract, token] = await Promise.all([
    tx.contracts.lock(bankCode, contractId),
    tx.tokens.lockOf(bankCode, contractId),
  ])
  return { contract, token }
}
