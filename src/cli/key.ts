import { type Command, Option } from 'commander'
import { keyJoinCommand, keySplitCommand } from './key-ceremony.ts'
import { type RotationStep, rotationWords } from './rotation-words.ts'

/** A wrapping key with its name. */
export interface NamedKey {
  readonly fingerprint: string
  readonly bytes: Uint8Array
}

export type Kept<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

export interface RotationWish {
  readonly wrapping: boolean
  readonly data: boolean
  /** Only the data key of this bank. */
  readonly bankCode?: string
  /** Leaves what takes time to the running servers. */
  readonly background: boolean
  /** So long the servers have time to read a new wrapping key. */
  readonly waitSeconds: number
}

/** What `main.ts` hands in for the keys. */
export interface KeyActions {
  readonly keys: {
    make(): NamedKey
    nameOf(bytes: Uint8Array): string
    /** The keys of the file, or of the key file of the settings; the newest first. */
    read(file: string | undefined): Kept<readonly NamedKey[]>
    write(file: string, bytes: Uint8Array, overwrite: boolean): Kept<undefined>
    /** Whether it opens the keys of the database of the settings, where one can be reached. */
    fits(bytes: Uint8Array): Promise<'opens' | 'other-key' | 'no-keys' | 'unreachable'>
    rotate(wish: RotationWish, tell: (step: RotationStep) => void): Promise<number>
  }
}

const out = (line: string) => process.stdout.write(`${line}\n`)
const err = (line: string) => process.stderr.write(`${line}\n`)

type Run = (exitCode: number) => void

export function addKey(ichido: Command, actions: KeyActions, run: Run): void {
  const key = ichido.command('key').description('the keys of the installation')
  addRotate(key, actions, run)
  key
    .command('new')
    .description('make a wrapping key')
    .requiredOption('--out <file>', 'the key file (readable by you alone)')
    .option('--overwrite', 'even if the file exists: the key in it is lost')
    .action((options: { out: string; overwrite?: true }) => {
      const made = actions.keys.make()
      const kept = actions.keys.write(options.out, made.bytes, options.overwrite ?? false)
      if (kept.ok) out(`key ${made.fingerprint}`)
      else err(kept.reason)
      run(kept.ok ? 0 : 1)
    })
  key
    .command('fingerprint')
    .description('name the keys of a key file, the newest first')
    .argument('[file]', 'the key file; without it the one of the settings')
    .option('--json', 'as one JSON array')
    .action((file: string | undefined, options: { json?: true }) => {
      const read = actions.keys.read(file)
      if (!read.ok) {
        err(read.reason)
        return run(1)
      }
      const names = read.value.map(({ fingerprint }) => fingerprint)
      if (options.json) out(JSON.stringify(names))
      else for (const name of names) out(`key ${name}`)
    })
  key
    .command('split')
    .description('print the wrapping key as two shares on paper, each for another person')
    .option('--key <file>', 'the key file; without it the one of the settings')
    .option('--shares <files...>', 'two files that get a share each, instead of the screen')
    .action(async (options: { key?: string; shares?: string[] }) =>
      run(await keySplitCommand(actions, options)),
    )
  key
    .command('join')
    .description('put the two shares together again, from files or typed in')
    .argument('[shares...]', 'two files; without them each person types a share')
    .requiredOption('--out <file>', 'the key file (readable by you alone)')
    .option('--overwrite', 'even if the file exists: the key in it is lost')
    .action(async (files: string[], options: { out: string; overwrite?: true }) =>
      run(await keyJoinCommand(actions, files, options)),
    )
}

interface RotateOptions {
  readonly wrapping?: true
  readonly data?: true
  readonly bank?: string
  readonly background?: true
  readonly wait: number
  readonly json?: true
}

function addRotate(key: Command, actions: KeyActions, run: Run): void {
  key
    .command('rotate')
    .description('give the installation new keys, beside running servers')
    .option('--wrapping', 'only the wrapping key of the key file')
    .option('--data', 'only the data keys of the banks')
    .option('--bank <code>', 'only the data key of this bank; 0000 is the centre')
    .option('--background', 'leave sealing anew to the running servers')
    .addOption(
      new Option('--wait <seconds>', 'how long servers may take to read a new wrapping key')
        .default(60)
        .argParser(Number),
    )
    .option('--json', 'one JSON object for each step')
    .action(async (options: RotateOptions) => {
      const { bank, background = false, wait } = options
      if (bank !== undefined && (!/^\d{4}$/.test(bank) || options.wrapping)) {
        err('--bank takes four digits, and rotates a data key only')
        return run(2)
      }
      if (!(wait >= 0 && wait <= 86_400)) {
        err('--wait takes seconds, from 0 to 86400')
        return run(2)
      }
      const both = !options.wrapping && !options.data && bank === undefined
      const wish = {
        wrapping: both || options.wrapping === true,
        data: both || options.data === true || bank !== undefined,
        background,
        waitSeconds: wait,
        ...(bank !== undefined && { bankCode: bank }),
      }
      const tell = (step: RotationStep) =>
        out(options.json ? JSON.stringify(step) : rotationWords(step))
      run(await actions.keys.rotate(wish, tell))
    })
}
