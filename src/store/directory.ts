import { createRequire } from 'node:module'
import type { BankDirectory, NamedCode } from '../bank/ports.ts'

interface ZenginEntry {
  readonly code: string
  readonly name: string
  readonly kana: string
  readonly hira: string
  readonly roma: string
}
type ZenginBank = ZenginEntry & { readonly branches: Readonly<Record<string, ZenginEntry>> }

/** More hits than this help nobody: the customer is asked to type more. */
const MOST_HITS = 30

/**
 * All banks and branches of Japan, from the npm package `zengin-code` (five megabytes: read once).
 */
export function zenginDirectory(): BankDirectory {
  let read: Readonly<Record<string, ZenginBank>> | undefined
  const banks = () => {
    read ??= createRequire(import.meta.url)('zengin-code') as Record<string, ZenginBank>
    return read
  }
  const branches = (bankCode: string) => own(banks(), bankCode)?.branches ?? {}
  return {
    bank: (bankCode) => own(banks(), bankCode),
    branch: (bankCode, branchCode) => own(branches(bankCode), branchCode),
    searchBanks: (text) => search(Object.values(banks()), text),
    searchBranches: (bankCode, text) => search(Object.values(branches(bankCode)), text),
  }
}

/** A property of the object itself: `constructor` is nobody's bank code. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** The best match first: an exact name, then names that begin so, then names that contain it. */
function search(entries: readonly ZenginEntry[], text: string): readonly NamedCode[] {
  const wanted = foldName(text)
  if (wanted === '') return []
  const ranked = entries
    .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((one, other) => one.rank - other.rank || (one.entry.code < other.entry.code ? -1 : 1))
  return ranked.slice(0, MOST_HITS).map(({ entry }) => entry)
}

const NO_MATCH = 3

function rankOf(entry: ZenginEntry, wanted: string): number {
  const names = [entry.name, entry.kana, entry.hira, entry.roma].map(foldName)
  if (entry.code === wanted || names.includes(wanted)) return 0
  if (names.some((name) => name.startsWith(wanted))) return 1
  return names.some((name) => name.includes(wanted)) ? 2 : NO_MATCH
}

/**
 * One spelling for what people type: full or half width, hiragana or katakana, small or large, and
 * 信用金庫 or 銀行 in full, where the data has 信金 and leaves 銀行 out.
 */
function foldName(text: string): string {
  return text
    .slice(0, 40)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace('信用金庫', '信金')
    .replace('しんようきんこ', 'しんきん')
    .replace(/銀行$|ぎんこう$|支店$|してん$|\s/g, '')
}
