import fs from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { type Head, type LogKey, openNote } from '../../evidence/head.ts'

export interface PublishedHead extends Head {
  readonly note: string
}

/** A published head on its line: the note says everything, the rest is for the eye. */
export const headLine = ({ bankCode, size, note }: PublishedHead): string =>
  JSON.stringify({ bankCode, size, note })

export interface PublishedHeads {
  /** By bank and size; more than one of a size would be a finding. */
  readonly byBank: ReadonlyMap<string, ReadonlyMap<number, readonly PublishedHead[]>>
  /** The numbers of lines, by the bank they name, that no key of the log has signed. */
  readonly unsigned: readonly { readonly bankCode: string; readonly line: number }[]
}

/**
 * Reads a file of published heads. A line that is not whole is passed over: the process or the
 * machine died while it was written. Throws when the file cannot be read.
 */
export async function readPublishedHeads(
  file: string,
  keys: readonly LogKey[],
): Promise<PublishedHeads> {
  const byBank = new Map<string, Map<number, PublishedHead[]>>()
  const unsigned: { bankCode: string; line: number }[] = []
  const input = createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity })
  let line = 0
  for await (const text of input) {
    line += 1
    const read = readLine(text)
    if (read === undefined) continue
    const head = openNote(read.note, keys)
    if (head === undefined) {
      unsigned.push({ bankCode: read.bankCode, line })
      continue
    }
    const heads = byBank.get(head.bankCode) ?? new Map<number, PublishedHead[]>()
    const ofSize = heads.get(head.size) ?? []
    // Each process publishes: the same head is there more than once.
    if (!ofSize.some(({ root }) => root.equals(head.root)))
      ofSize.push({ ...head, note: read.note })
    heads.set(head.size, ofSize)
    byBank.set(head.bankCode, heads)
  }
  return { byBank, unsigned }
}

function readLine(text: string): { bankCode: string; note: string } | undefined {
  try {
    const { bankCode, note } = JSON.parse(text) as Record<string, unknown>
    if (typeof bankCode !== 'string' || typeof note !== 'string') return undefined
    return { bankCode, note }
  } catch {
    return undefined
  }
}

/** Thousands of lines: each bank that publishes is among them. */
const TAIL_BYTES = 1024 * 1024

/** The last head of each bank near the end of a file, which may be long; none if there is no file. */
export async function lastHeads(
  file: string,
  keys: readonly LogKey[],
): Promise<Map<string, PublishedHead>> {
  const last = new Map<string, PublishedHead>()
  for (const text of (await tailOf(file)).split('\n').reverse()) {
    const read = readLine(text)
    if (read === undefined || last.has(read.bankCode)) continue
    const head = openNote(read.note, keys)
    if (head !== undefined) last.set(head.bankCode, { ...head, note: read.note })
  }
  return last
}

async function tailOf(file: string): Promise<string> {
  if (!fs.existsSync(file)) return ''
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
