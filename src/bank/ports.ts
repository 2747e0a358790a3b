/**
 * What the procedures need from outside, as interfaces: nothing in `bank/` reads the clock, draws a
 * random number or opens a connection by itself. `main.ts` hands in the real parts.
 */
import type { Holidays } from './business-days.ts'
import type { Contract } from './contract.ts'
import type { BankEvent } from './event.ts'
import type { EventReading } from './event-reading.ts'
import type { Evidence } from './evidence.ts'
import type { Outcome, Refused } from './refusal.ts'
import type { CodeThresholds, Tx } from './tables.ts'
import type { SealedSeed, Token } from './token.ts'

export type * from './evidence.ts'
export type * from './money/transfer-tables.ts'
export type * from './office/campaign-tables.ts'
export type * from './office/customer-search.ts'
export type * from './office/loss-tables.ts'
export type * from './office/message-tables.ts'
export type * from './office/office-tables.ts'
export type * from './tables.ts'

/** Everything a procedure may use. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly passwords: PasswordHasher
  readonly vault: Vault
  readonly directory: BankDirectory
  readonly holidays: Holidays
  readonly institution: Institution
  readonly evidence: Evidence
}

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
}

export interface Random {
  bytes(length: number): Uint8Array
  /** An integer from 0 to `bound` - 1, each equally likely. */
  below(bound: number): number
  /** An unguessable identifier of 128 bits, URL-safe. */
  id(): string
}

/** Argon2id behind a bounded queue. */
export interface PasswordHasher {
  /** Throws `Unavailable` when too many wait already. */
  hash(password: string): Promise<string>
  /**
   * Whether the password belongs to the hash. Without a hash (an unknown contract) the same work is
   * done and the answer is no. `busy` when too many wait already.
   */
  verify(hash: string | undefined, password: string): Promise<boolean | 'busy'>
}

/** Seals what must not be readable from a stolen database: AES-256-GCM, bound to its row. */
export interface Vault {
  /** Throws when the key file does not open the keys of this database. */
  check(): Promise<void>
  sealSeed(token: SealedIdentity, seed: Uint8Array): Promise<SealedSeed>
  openSeed(token: SealedIdentity & { seed: SealedSeed }): Promise<Uint8Array>
  sealSecret(owner: SecretOwner, text: string): Promise<SealedSeed>
  openSecret(owner: SecretOwner, sealed: SealedSeed): Promise<string>
}

/** The server's side of the key agreement with software tokens (`oath/key-agreement.ts`). */
export interface Institution {
  /** The public key that apps pin: 65 bytes, an uncompressed P-256 point. */
  publicKey(): Promise<Uint8Array>
  /** Undefined when the client's key is not a point on the curve. */
  agree(clientKey: Uint8Array, serial: string): Promise<AgreedSeed | undefined>
  /** Whether the proof shows the same seed (HMAC-SHA-256, compared in constant time). */
  proves(seed: Uint8Array, transcriptHash: Uint8Array, proof: Uint8Array): boolean
}

export interface AgreedSeed {
  readonly serverKey: Uint8Array
  /** The institution key's signature over the transcript, raw r ‖ s. */
  readonly signature: Uint8Array
  readonly seed: Uint8Array
  readonly transcriptHash: Uint8Array
}

export type SealedIdentity = Pick<Token, 'issuer' | 'serial' | 'algorithm'>
export type SecretOwner = Pick<Contract, 'bankCode' | 'contractId'>

/** All banks and branches of Japan (zengin), searchable by name and kana. */
export interface BankDirectory {
  bank(bankCode: string): NamedCode | undefined
  branch(bankCode: string, branchCode: string): NamedCode | undefined
  searchBanks(text: string): readonly NamedCode[]
  searchBranches(bankCode: string, text: string): readonly NamedCode[]
}

export interface NamedCode {
  readonly code: string
  readonly name: string
  readonly kana: string
}

export interface Store {
  /**
   * One transaction in three parts. `hold` takes locks. `act` commits when its outcome is done;
   * when it is a refusal, all that `act` wrote is undone, the locks of `hold` stay, and what
   * `refuse` writes is committed. A throw undoes everything.
   */
  attempt<Held, T>(
    hold: (tx: Tx) => Promise<Held>,
    act: (tx: Tx, held: Held) => Promise<Outcome<T>>,
    refuse: (tx: Tx, refusal: Refused) => Promise<Refused>,
  ): Promise<Outcome<T>>
  /** Runs the work in one transaction that commits unless it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Throws `Unavailable` when the database does not answer. */
  ping(): Promise<void>
  /** The tables without a transaction, for reading: each statement sees what is committed. */
  readonly tables: Tx
  /** Single verifications, gathered: many callers share one statement and one commit. */
  readonly verifications: Verifications
  readonly events: EventReading
}

/** The hot path of the API, see `procedures/verification.ts`. */
export interface Verifications {
  find(bankCode: string, contractId: string): Promise<VerificationSubject | undefined>
  /** The call that came under this key in the last 24 hours. */
  findCall(bankCode: string, key: string, nowMs: number): Promise<KeyedCall | undefined>
  /**
   * Applies the judgement if it still holds when written and its call has no answer yet. Its event
   * and the answer to its call are written only then, by the same statement. True if it was
   * applied.
   */
  decide(judgement: Judgement, thresholds: CodeThresholds): Promise<boolean>
}

export interface VerificationSubject {
  readonly frozen: boolean
  /** By the bank: not even a login goes on. */
  readonly serviceStopped: boolean
  readonly token?: Token
}

/** A call with an Idempotency-Key: its repetition gets the first answer. */
export interface KeyedCall {
  readonly key: string
  /** SHA-256 of the body: another body under the same key is refused. */
  readonly bodyHash: Uint8Array
  readonly answer: object
}

export type Judgement = {
  readonly event: BankEvent
  readonly call?: KeyedCall | undefined
} & (
  | {
      readonly kind: 'accept'
      readonly token: Token
      readonly step: number
      readonly driftSteps: number
    }
  | { readonly kind: 'count'; readonly token: Token }
  | { readonly kind: 'record' }
)
