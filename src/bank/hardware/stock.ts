/** The stock of hardware tokens (在庫) of each bank, as the import of seed files fills it. */
import type { Actor } from '../event.ts'
import type { NewToken } from '../tables.ts'
import type { SeedFormat } from './seed.ts'

export interface Stock {
  /** Lets the imports of one bank come one after another, until the transaction ends. */
  lock(bankCode: string): Promise<void>
  openBatch(batch: NewBatch): Promise<StockBatch>
  /**
   * Puts the tokens on stock, and tells which of them could not be: serials that this bank or the
   * centre has already, be it since this very batch.
   */
  add(batch: StockBatch, tokens: readonly StockToken[]): Promise<readonly TakenSerial[]>
  closeBatch(batch: StockBatch, contents: BatchContents): Promise<void>
  /** How far an import has come, for whoever watches it, in whichever process. */
  noteProgress(progress: ImportProgress, nowMs: number): Promise<void>
  progress(bankCode: string, watch: string): Promise<ImportProgress | undefined>
}

export interface ImportProgress {
  readonly bankCode: string
  /** Drawn with the form that began the import. */
  readonly watch: string
  readonly staffId: string
  readonly state: 'running' | 'done' | 'failed'
  readonly tokens: number
}

/** Which of the three hardware tokens in the customer's guide a batch consists of. */
export const TOKEN_SHAPES = [1, 2, 3] as const
export type TokenShape = (typeof TOKEN_SHAPES)[number]

export interface NewBatch {
  readonly bankCode: string
  readonly type: string
  readonly format: SeedFormat
  readonly fileName: string
  readonly shape?: TokenShape
  readonly importedBy: Actor
  readonly importedAtMs: number
}

export interface StockBatch extends NewBatch {
  readonly batchNo: string
}

export interface BatchContents {
  readonly tokens: number
  readonly manufacturer?: string
  readonly model?: string
}

export interface StockToken
  extends Pick<NewToken, 'serial' | 'kind' | 'algorithm' | 'digits' | 'periodSeconds' | 'seed'> {
  /** Its line in the batch's file. */
  readonly line: number
  /** Of an event-based token the counter before the next one; -1 before the first. */
  readonly lastAccepted: number
  readonly driftSteps: number
  readonly startsOn?: string
  readonly endsOn?: string
}

export interface TakenSerial {
  readonly serial: string
  readonly line: number
  /** Where the serial stands first, if that is in the same file. */
  readonly firstLine?: number
}
