/** The ceremony of two persons: see `docs/procedures/key-ceremony.md`. */
import fs from 'node:fs'
import type { Kept, KeyActions } from './key.ts'
import {
  joinShares,
  type KeyShare,
  LINES,
  readLine,
  readShare,
  shareOf,
  splitKey,
} from './key-share.ts'
import { type TypedLines, typedLines } from './typed-lines.ts'

/** Where a command reads and writes; tests hand in their own. */
export interface Desk {
  readonly input: NodeJS.ReadStream
  out(text: string): void
  err(text: string): void
  nowMs(): number
}

const terminal: Desk = {
  input: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  nowMs: Date.now,
}

const JAPAN_AHEAD_MS = 9 * 60 * 60 * 1000
const CLEAR_SCREEN = '\u001b[2J\u001b[3J\u001b[H'

/** Prints the shares, each alone on the screen, or writes each into a file of its own. */
export async function keySplitCommand(
  actions: KeyActions,
  options: { readonly key?: string; readonly shares?: readonly string[] },
  desk: Desk = terminal,
): Promise<number> {
  const { shares } = options
  if (shares !== undefined && shares.length !== 2) {
    desk.err('--shares takes two files\n')
    return 2
  }
  const read = actions.keys.read(options.key)
  if (!read.ok) return refuse(desk, read.reason)
  const [key, older] = read.value
  if (key === undefined || older !== undefined) {
    return refuse(desk, 'the key file holds two keys: let `ichido key rotate` finish first')
  }
  const day = new Date(desk.nowMs() + JAPAN_AHEAD_MS).toISOString().slice(0, 10)
  const printed = splitKey(key.bytes, key.fingerprint, day)
  if (shares !== undefined) return writeShares(desk, shares, printed)
  return showShares(desk, printed)
}

/**
 * Both files or none: a share that is left behind would only be mistaken for one of the next two.
 */
function writeShares(desk: Desk, files: readonly string[], printed: readonly string[]): number {
  const written: string[] = []
  for (const [place, file] of files.entries()) {
    try {
      fs.writeFileSync(file, printed[place] ?? '', { mode: 0o600, flag: 'wx', flush: true })
      written.push(file)
    } catch (error) {
      for (const other of written) fs.rmSync(other)
      const { code } = error as NodeJS.ErrnoException
      const why = code === 'EEXIST' ? 'exists already' : `cannot be written (${code})`
      return refuse(desk, `${file} ${why}`)
    }
  }
  for (const [place, file] of files.entries()) {
    desk.out(`share ${place + 1} is in ${file}: print it, and erase the file\n`)
  }
  return 0
}

/** On a terminal one person looks at a time, and the other's share has left the screen. */
async function showShares(desk: Desk, printed: readonly string[]): Promise<number> {
  if (desk.input.isTTY !== true) {
    desk.out(printed.join('\n'))
    return 0
  }
  const typed = typedLines(desk.input, desk.err)
  try {
    for (const [place, text] of printed.entries()) {
      const question = `Person ${place + 1} alone at the screen, then Enter: `
      if ((await typed.ask(question)) === undefined) return 1
      desk.out(`\n${text}`)
      if ((await typed.ask('\nCopied and read over? Enter clears the screen. ')) === undefined) {
        return 1
      }
      desk.out(CLEAR_SCREEN)
    }
    return 0
  } finally {
    typed.close()
  }
}

/**
 * Puts the shares together and keeps the key, once it has the fingerprint that both of them name.
 */
export async function keyJoinCommand(
  actions: KeyActions,
  files: readonly string[],
  options: { readonly out: string; readonly overwrite?: boolean },
  desk: Desk = terminal,
): Promise<number> {
  if (files.length !== 0 && files.length !== 2) {
    desk.err('join takes the files of both shares, or none\n')
    return 2
  }
  const shares = files.length === 2 ? sharesIn(files) : await typeShares(desk)
  if (!shares.ok) return refuse(desk, shares.reason)
  const joined = joinShares(...shares.value)
  if (!joined.ok) return refuse(desk, joined.reason)
  const { key, fingerprint } = joined.value
  if (actions.keys.nameOf(key) !== fingerprint) {
    return refuse(desk, `these shares do not make up the key ${fingerprint}`)
  }
  const kept = actions.keys.write(options.out, key, options.overwrite ?? false)
  if (!kept.ok) return refuse(desk, kept.reason)
  desk.out(`key ${fingerprint} is in ${options.out}\n`)
  desk.err(`${FITTING[await actions.keys.fits(key)]}\n`)
  return 0
}

const FITTING = {
  opens: 'It opens the keys of the database that the settings name.',
  'other-key': 'The keys of the database that the settings name are wrapped by another key.',
  'no-keys': 'The database that the settings name has no keys yet.',
  unreachable: 'It was not tried on a database: the settings name none that can be reached.',
} as const

type Shares = Kept<readonly [KeyShare, KeyShare]>

function sharesIn(files: readonly string[]): Shares {
  const shares: KeyShare[] = []
  for (const file of files) {
    let text: string
    try {
      text = fs.readFileSync(file, 'utf8')
    } catch {
      return { ok: false, reason: `${file} cannot be read` }
    }
    const read = readShare(text)
    if (!read.ok) return { ok: false, reason: `${file}: ${read.reason}` }
    shares.push(read.value)
  }
  return bothOf(shares)
}

/** Each person types a share, line by line; a line that was mistyped is asked again at once. */
async function typeShares(desk: Desk): Promise<Shares> {
  const typed = typedLines(desk.input, desk.err)
  const shares: KeyShare[] = []
  try {
    for (const place of [1, 2]) {
      desk.err(`Person ${place}: type the lines of the share. Nothing of it is shown.\n`)
      const share = await typeShare(desk, typed)
      if (share === undefined) return { ok: false, reason: 'the shares were not typed to the end' }
      if (!share.ok) return share
      desk.err(`Share ${share.value.number} of key ${share.value.fingerprint} is sound.\n`)
      shares.push(share.value)
    }
  } finally {
    typed.close()
  }
  return bothOf(shares)
}

async function typeShare(desk: Desk, typed: TypedLines) {
  const lines: Uint8Array[] = []
  while (lines.length < LINES) {
    const answer = await typed.ask(`  line ${lines.length + 1}: `)
    if (answer === undefined) return undefined
    const read = readLine(lines.length + 1, answer)
    if (read.ok) lines.push(read.value)
    else desk.err(`  ${read.reason}: type it again\n`)
  }
  return shareOf(lines)
}

function bothOf([one, other]: readonly KeyShare[]): Shares {
  if (one === undefined || other === undefined) throw new Error('there are two shares')
  return { ok: true, value: [one, other] }
}

function refuse(desk: Desk, reason: string): number {
  desk.err(`${reason}\n`)
  return 1
}
