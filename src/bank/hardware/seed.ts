/**
 * What a seed file of hardware tokens says, whatever its format, and everything for which one can
 * be refused. The readers are in `seed-files/`, the words for an operator in `cli/`.
 */
import type { OtpAlgorithm, OtpKind } from '../token.ts'

/** One token of a seed file. What the file leaves open, the bank's token type decides. */
export interface SeedRecord {
  /** Where it stands in the file, from 1. */
  readonly line: number
  /** As customers type it, see `normaliseSerial`. */
  readonly serial: string
  readonly seed: Uint8Array
  readonly kind?: OtpKind
  readonly algorithm: OtpAlgorithm
  readonly digits?: number
  readonly periodSeconds?: number
  /** The counter that an event-based token shows next. */
  readonly counter: number
  readonly driftSteps: number
  readonly manufacturer?: string
  readonly model?: string
  /** The days (JST) on which battery or key begin and end, `YYYY-MM-DD`. */
  readonly startsOn?: string
  readonly endsOn?: string
}

export const SEED_FAULTS = [
  // The file as such.
  'no-tokens',
  'compressed',
  'not-utf-8',
  'malformed',
  'cut-off',
  'too-large',
  'too-long',
  'too-many-tokens',
  // PSKC: the XML around the keys.
  'doctype',
  'instruction',
  'too-deep',
  'too-many-attributes',
  'not-pskc',
  'version-unsupported',
  'element-twice',
  // PSKC: how the keys are locked.
  'key-needed',
  'passphrase-needed',
  'key-length',
  'wrong-key',
  'encryption-unsupported',
  'derivation-unsupported',
  'mac-missing',
  'mac-unsupported',
  'seed-not-encrypted',
  // CSV: the table around the seeds.
  'columns',
  'column-unknown',
  'encoding-ambiguous',
  // One token.
  'field-missing',
  'field-invalid',
  'algorithm-unsupported',
  'policy-unsupported',
  'serial-invalid',
  'serial-reserved',
  'seed-length',
  'digits-unsupported',
  'period-unsupported',
  // One token beside the others.
  'serial-twice',
  'serial-taken',
] as const

export type SeedFaultReason = (typeof SEED_FAULTS)[number]

/**
 * Why a file is refused, and where. It never holds a value of the file that could be a secret: the
 * serial is told only once it has proven to be one.
 */
export interface SeedFault {
  readonly reason: SeedFaultReason
  readonly line: number
  /** The element, column or algorithm that it is about. */
  readonly about?: string
  /** Of a duplicate. */
  readonly serial?: string
  /** Of a duplicate within the file: where the serial stands first. */
  readonly firstLine?: number
}

/** How a reading ends. */
export type SeedEnd =
  | {
      readonly ok: true
      /** Keys of a token's device that are no one-time passwords (a PIN, say). */
      readonly leftOut: number
      /** The file carries a signature, which is not checked. */
      readonly signed: boolean
    }
  | { readonly ok: false; readonly fault: SeedFault }

/** The tokens of a file as they are read, some at a time. Nothing is read ahead of the asking. */
export type SeedReading = AsyncGenerator<readonly SeedRecord[], SeedEnd, undefined>

export type SeedFormat = 'pskc' | 'csv'
