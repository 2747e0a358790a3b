import type { Contract } from '../contract.ts'
import type { Tx } from '../ports.ts'
import type { Application } from './hardware.ts'
import type { HardwareToken } from './hardware-stock.ts'

/** What an act of the staff about an application holds while it is judged. */
export interface HeldApplication {
  readonly contract: Contract | undefined
  readonly application: Application | undefined
  /** The token with the given serial. */
  readonly hardware: HardwareToken | undefined
}

/** Locks the contract first, as every act does that concerns a customer, then what is the bank's. */
export async function holdApplication(
  tx: Tx,
  found: Pick<Application, 'bankCode' | 'contractId' | 'applicationNo'>,
  serial: string | undefined,
): Promise<HeldApplication> {
  const { bankCode } = found
  const contract = await tx.contracts.lock(bankCode, found.contractId)
  const application = await tx.hardware.applications.lock(bankCode, found.applicationNo)
  const hardware = serial === undefined ? undefined : await tx.hardware.stock.lock(bankCode, serial)
  return { contract, application, hardware }
}
