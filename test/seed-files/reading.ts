/** Reads whole seed files in tests, and makes their ends easy to compare. */
import fs from 'node:fs'
import type { SeedEnd, SeedFault, SeedReading, SeedRecord } from '../../src/bank/hardware/seed.ts'
import { readSeedFile, type SeedFileForm } from '../../src/seed-files/seed-file.ts'

/** The bytes in pieces of one size: whatever it is, the reading has to come out the same. */
export async function* pieces(content: string | Uint8Array, size = 70_000) {
  const bytes = Buffer.from(content)
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

export interface WholeReading {
  readonly records: readonly SeedRecord[]
  readonly end: SeedEnd
}

export async function drain(reading: SeedReading): Promise<WholeReading> {
  const records: SeedRecord[] = []
  for (;;) {
    const piece = await reading.next()
    if (piece.done) return { records, end: piece.value }
    records.push(...piece.value)
  }
}

export const read = (
  content: string | Uint8Array,
  form: Partial<SeedFileForm> = {},
  size?: number,
): Promise<WholeReading> => drain(readSeedFile(pieces(content, size), { format: 'pskc', ...form }))

/** The fault for which a file is refused; undefined when it is not. */
export async function faultOf(
  content: string | Uint8Array,
  form: Partial<SeedFileForm> = {},
): Promise<SeedFault | undefined> {
  const { end } = await read(content, form)
  return end.ok ? undefined : end.fault
}

export const figure = (number: number): string =>
  fs.readFileSync(new URL(`../vectors/pskc/rfc6030-figure${number}.xml`, import.meta.url), 'utf8')

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
