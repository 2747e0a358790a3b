import { eventOf, type Request } from '../attempt.ts'
import { dayOf } from '../calendar.ts'
import type { SeedEnd, SeedFault, SeedFormat, SeedReading, SeedRecord } from '../hardware/seed.ts'
import { type SeedRemarks, SeedTally } from '../hardware/seed-tally.ts'
import type { StockBatch, StockToken, TakenSerial, TokenShape } from '../hardware/stock.ts'
import type { Ports, Tx } from '../ports.ts'
import { type Done, done, type Refused, refused } from '../refusal.ts'
import type { TokenType } from '../token-type.ts'

const PROCEDURE = 'seed-import'
/** Few, so that what waits stays young: more would take more memory and be no faster. */
const TOKENS_PER_STATEMENT = 500
const MOST_NAME_CHARACTERS = 120

export interface SeedImportForm {
  readonly type: string
  readonly format: SeedFormat
  readonly fileName: string
  readonly shape?: TokenShape
  /** Is told from time to time how many tokens are on stock so far. */
  readonly onProgress?: (tokens: number) => void
}

export interface SeedImportResult {
  readonly batch: string
  readonly imported: number
  /** What the importer should look at, though it keeps nothing from being used. */
  readonly remarks: SeedRemarks
}

export interface SeedImportRefused extends Refused {
  /** In order of lines; none where the form is at fault. */
  readonly faults: readonly SeedFault[]
  /** How many more there are. */
  readonly more: number
}

/**
 * Import of a seed file into the stock of one bank: all of its tokens, or nothing but the event
 * that tells of the attempt. The file is read as a stream, once; a reading that throws (a broken
 * upload) undoes everything.
 *
 * Refusals: `invalid-input` at `type` (no hardware of this bank) or at `file` (the faults tell
 * why), `serial-in-use` (the faults tell which).
 */
export async function importSeeds(
  ports: Ports,
  request: Request,
  form: SeedImportForm,
  reading: SeedReading,
): Promise<Done<SeedImportResult> | SeedImportRefused> {
  const { bankCode } = request.bank
  const fileName = shownName(form.fileName)
  const tally = new SeedTally()
  try {
    const outcome = await ports.store.attempt<void, SeedImportResult>(
      (tx) => tx.stock.lock(bankCode),
      async (tx) => {
        // 1. The type is one of hardware at this bank.
        const type = await tx.banks.tokenType(bankCode, form.type)
        if (type?.medium !== 'hardware') return refused('invalid-input', 'type')
        // 2. The batch, which every token of the file will name.
        const batch = await tx.stock.openBatch({
          bankCode,
          type: type.type,
          format: form.format,
          fileName,
          ...(form.shape !== undefined && { shape: form.shape }),
          importedBy: request.actor,
          importedAtMs: ports.clock.now(),
        })
        // 3. Every token is sealed and put on stock; all duplicates are found on the way.
        const end = await stockAll(ports, tx, { batch, type, reading, form, tally })
        // 4. Nothing stays unless all could.
        if (!end.ok) tally.note(end.fault)
        if (!end.ok) return refused('invalid-input', 'file')
        if (tally.faults.length > 0) return refused('serial-in-use', 'file')
        // 5. The batch as it came to be, and the event.
        await tx.stock.closeBatch(batch, tally.contents())
        const { batchNo } = batch
        const detail = { batch: batchNo, file: fileName, format: form.format, tokens: tally.tokens }
        await tx.journal.append(
          eventOf(ports, request, { procedure: PROCEDURE }, 'done', { detail }),
        )
        const { leftOut, signed } = end
        const remarks = { ...tally.remarks(), leftOut, signed }
        return done({ batch: batchNo, imported: tally.tokens, remarks })
      },
      async (tx, refusal) => {
        const detail = { file: fileName, format: form.format, ...tally.summary() }
        await tx.journal.append(
          eventOf(ports, request, { procedure: PROCEDURE }, refusal.refusal, { detail }),
        )
        return refusal
      },
    )
    return outcome.ok ? outcome : { ...outcome, ...tally.told() }
  } finally {
    // Lets go of the file, wherever the reading stands.
    await reading.return(UNREAD)
  }
}

const UNREAD: SeedEnd = { ok: false, fault: { reason: 'cut-off', line: 1 } }

interface Stocking {
  readonly batch: StockBatch
  readonly type: TokenType
  readonly reading: SeedReading
  readonly form: SeedImportForm
  readonly tally: SeedTally
}

/** While the database takes some tokens, the next ones are read and sealed. */
async function stockAll(ports: Ports, tx: Tx, stocking: Stocking): Promise<SeedEnd> {
  const { batch, type, reading, form, tally } = stocking
  const today = dayOf(ports.clock.now())
  // A transaction that was undone for the sake of others is run again, but the file has gone by.
  if (tally.tokens > 0) throw new Error('the import was disturbed and undone: run it again')
  let waiting: SeedRecord[] = []
  let adding: Promise<readonly TakenSerial[]> = Promise.resolve([])
  const settle = async () => tally.noteTaken(await adding)
  const add = async () => {
    const tokens = await Promise.all(waiting.map((record) => sealed(ports, batch, type, record)))
    waiting = []
    await settle()
    form.onProgress?.(tally.tokens)
    adding = tx.stock.add(batch, tokens)
    // Its failure is met at the next `settle`, not before.
    adding.catch(() => {})
  }
  for (;;) {
    const piece = await reading.next()
    if (piece.done) {
      if (waiting.length > 0) await add()
      await settle()
      return piece.value
    }
    for (const record of piece.value) {
      tally.count(record, today)
      waiting.push(record)
      if (waiting.length === TOKENS_PER_STATEMENT) await add()
    }
  }
}

/** The token with what the file leaves open taken from its type, and its seed sealed. */
async function sealed(
  ports: Ports,
  { bankCode }: StockBatch,
  type: TokenType,
  record: SeedRecord,
): Promise<StockToken> {
  const { serial, algorithm, line, driftSteps, startsOn, endsOn } = record
  const kind = record.kind ?? type.kind
  const seed = await ports.vault.sealSeed({ issuer: bankCode, serial, algorithm }, record.seed)
  record.seed.fill(0)
  return {
    line,
    serial,
    algorithm,
    kind,
    seed,
    digits: record.digits ?? type.digits,
    periodSeconds: record.periodSeconds ?? type.periodSeconds,
    // The window begins behind the last accepted counter, so the next one is the first in it.
    lastAccepted: kind === 'hotp' ? record.counter - 1 : -1,
    driftSteps: kind === 'totp' ? driftSteps : 0,
    ...(startsOn !== undefined && { startsOn }),
    ...(endsOn !== undefined && { endsOn }),
  }
}

/** The name of the file without its folders, fit for a table and a page. */
function shownName(fileName: string): string {
  const name = fileName.replace(/^.*[\\/]/s, '').toWellFormed()
  return [...name.replace(/\p{C}/gu, '')].slice(0, MOST_NAME_CHARACTERS).join('')
}
