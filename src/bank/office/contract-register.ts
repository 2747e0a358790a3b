import type { ConfirmationMethod, Contract } from '../contract.ts'
import type { SealedSeed } from '../token.ts'

/** The contracts of a bank as its staff look for them, and where new ones are entered. */
export interface ContractRegister {
  /** False when the ID is taken. */
  open(contract: NewContract): Promise<boolean>
  /** In order of their IDs, those after the given one. */
  list(bankCode: string, most: number, after?: string): Promise<readonly Contract[]>
  /** Those with this telephone number, wherever its hyphens stand. */
  byPhone(bankCode: string, phone: string): Promise<readonly Contract[]>
}

/** A contract before its customer has enrolled: it has no login password yet. */
export interface NewContract {
  readonly bankCode: string
  readonly contractId: string
  readonly name: string
  readonly mail: string
  readonly phone?: string
  readonly method: ConfirmationMethod
  readonly secret: SealedSeed
  readonly enrolment: Required<Contract>['enrolment']
}
