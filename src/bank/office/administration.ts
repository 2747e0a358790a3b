/** What the centre's operator keeps of its banks: their terms, their types of token, their keys. */
import type { BankProfile } from '../contract.ts'
import type { Actor } from '../event.ts'
import type { TokenType } from '../token-type.ts'

/** Whoever runs the commands on the machine of the centre. */
export const OPERATOR: Actor = { kind: 'system', id: 'cli' }

export interface Administration {
  /** All banks of the centre, by code. */
  banks(): Promise<readonly BankProfile[]>
  /** Reads the bank and holds it until the transaction ends; other acts of the bank go on. */
  lockBank(bankCode: string): Promise<BankProfile | undefined>
  /** False when the bank is there already. */
  addBank(bank: BankProfile): Promise<boolean>
  changeBank(bank: BankProfile): Promise<void>
  tokenTypes(bankCode: string): Promise<readonly TokenType[]>
  /** Writes the type as given, in the place of one with the same name if there is one. */
  putTokenType(bankCode: string, type: TokenType): Promise<void>
  apiKeys(bankCode: string): Promise<readonly ApiKey[]>
  /** False when the bank has a key of that name in use. */
  addApiKey(bankCode: string, key: NewApiKey): Promise<boolean>
  /** False when the bank has no key of that name in use. */
  revokeApiKey(bankCode: string, name: string, atMs: number): Promise<boolean>
}

/** A key of another channel. The key itself is known to nobody but the channel. */
export interface ApiKey {
  readonly name: string
  readonly createdAtMs: number
  readonly revokedAtMs?: number
}

export interface NewApiKey extends ApiKey {
  /** Only its SHA-256 is kept. */
  readonly key: string
}
