/** The commands `import pskc` and `import csv`, wired to files, database and terminal. */
import fs from 'node:fs'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import type { SeedFormat } from '../bank/hardware/seed.ts'
import type { SeedImportRefused, SeedImportResult } from '../bank/procedures/seed-import.ts'
import type { Done } from '../bank/refusal.ts'
import { seedFaultWords } from '../cli/seed-fault-words.ts'
import { hexKey, type ImportActions, type ImportOptions } from '../cli/seed-import.ts'
import type { OpenPorts } from '../open-ports.ts'
import { importSeedFile } from '../seed-files/import-seed-file.ts'
import { DEMO_SEED_LIMITS } from '../seed-files/read.ts'
import type { Settings } from '../settings.ts'
import type { AsCommand } from './command.ts'

/** A key file is at most 64 hex digits and a line break. */
const MOST_SECRET_BYTES = 4096
const PROGRESS_EVERY = 10_000

const err = (line: string) => process.stderr.write(`${line}\n`)
const out = (line: string) => process.stdout.write(`${line}\n`)

export function seedImportCommands(asCommand: AsCommand): ImportActions {
  return {
    async importSeedFile(file, format, options) {
      const unlocking = await unlockingOf(options)
      if (unlocking === undefined) return options.keyHex === undefined ? 1 : 2
      const seeds = await openFile(file)
      if (seeds === undefined) return 1
      try {
        return await asCommand((parts, settings) =>
          run(parts, settings, { file, seeds, format, unlocking, options }),
        )
      } finally {
        await seeds.close()
      }
    },
  }
}

interface Wish {
  readonly file: string
  readonly seeds: FileHandle
  readonly format: SeedFormat
  readonly unlocking: { readonly key?: Uint8Array; readonly passphrase?: string }
  readonly options: ImportOptions
}

async function run({ ports }: OpenPorts, settings: Settings, wish: Wish): Promise<number> {
  const { file, seeds, format, unlocking, options } = wish
  const bank = await ports.store.tables.banks.profile(options.bank)
  if (bank === undefined) {
    err(`there is no bank ${options.bank}`)
    return 1
  }
  const request = {
    bank,
    actor: { kind: 'system', id: 'cli' },
    requestId: ports.random.id(),
  } as const
  const bytes = seeds.createReadStream({ autoClose: false })
  const outcome = await importSeedFile(ports, request, bytes, {
    format,
    unlocking,
    fileName: file,
    type: options.type,
    ...(options.shape !== undefined && { shape: options.shape }),
    ...(settings.mode === 'demo' && { limits: DEMO_SEED_LIMITS }),
    ...(process.stderr.isTTY && { onProgress: progress() }),
  })
  return tell(outcome, options)
}

function tell(outcome: Done<SeedImportResult> | SeedImportRefused, options: ImportOptions): number {
  if (!outcome.ok) {
    for (const fault of outcome.faults) err(seedFaultWords(fault))
    if (outcome.more > 0) err(`and ${outcome.more.toLocaleString('en-US')} more`)
    if (outcome.field === 'type') {
      err(`bank ${options.bank} has no hardware tokens of type ${options.type}`)
    }
    err('nothing was imported')
    return 1
  }
  const { batch, imported, remarks } = outcome.value
  const { leftOut, expired, weak, signed } = remarks
  if (leftOut > 0) err(`left out: ${leftOut} keys that are no one-time passwords, such as PINs`)
  if (expired > 0) err(`mind: the last day of ${expired} tokens has passed`)
  if (weak > 0) err(`mind: ${weak} seeds are shorter than 128 bits; production refuses them`)
  if (signed) err('mind: the signature of the file was not checked')
  out(options.json ? JSON.stringify({ imported, batch }) : `${imported} tokens are batch ${batch}`)
  return 0
}

/** A line every ten thousand tokens. */
function progress(): (tokens: number) => void {
  let told = 0
  return (tokens) => {
    const due = Math.floor(tokens / PROGRESS_EVERY) * PROGRESS_EVERY
    if (due > told) err(`${due.toLocaleString('en-US')} tokens …`)
    told = due
  }
}

/** What opens the file; undefined, and told, when it cannot be read. */
async function unlockingOf(options: ImportOptions): Promise<Wish['unlocking'] | undefined> {
  if (options.keyHex !== undefined) {
    const key = hexKey(options.keyHex)
    if (key === undefined) err('--key-hex must be hexadecimal digits')
    return key && { key }
  }
  const secretFile = options.keyFile ?? options.passphraseFile
  if (secretFile === undefined) return {}
  const content = await readSecret(secretFile)
  if (content === undefined) return undefined
  if (options.keyFile !== undefined) return { key: hexKey(content.toString('latin1')) ?? content }
  return { passphrase: content.toString('utf8').replace(/\r?\n$/, '') }
}

async function readSecret(file: string): Promise<Buffer | undefined> {
  try {
    if (fs.statSync(file).size <= MOST_SECRET_BYTES) return await readFile(file)
    err(`${file} is too large to be a key or a passphrase`)
  } catch (error) {
    err(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`)
  }
  return undefined
}

async function openFile(file: string): Promise<FileHandle | undefined> {
  try {
    const opened = await open(file)
    if ((await opened.stat()).isFile()) return opened
    await opened.close()
    err(`cannot read ${file}: it is no file`)
  } catch (error) {
    err(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`)
  }
  return undefined
}
