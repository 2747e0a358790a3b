import type { Pool } from 'pg'
import { GrowingTree, STORED_LEVELS, type Subtree } from '../../evidence/growing-tree.ts'
import { hashesOf, rootOver } from '../../evidence/hashing.ts'
import {
  consistencyRanges,
  inclusionRanges,
  type Range,
  subtreesOf,
} from '../../evidence/proofs.ts'
import { rows } from '../connection.ts'

/** Hashes that the log must have are not there: it was changed by hand. */
export class LogNotWhole extends Error {
  constructor(bankCode: string) {
    super(`the log of bank ${bankCode} is not whole: run audit verify`)
  }
}

/** Reads the hashes of a bank's tree that proofs are made of: a few hundred, of however many leaves. */
export interface TreeReading {
  /** The proof that the leaf stands in the tree of that size (RFC 6962 §2.1.1). */
  inclusion(leaf: number, size: number): Promise<Buffer[]>
  /** The proof that the tree of that size begins with the earlier one (RFC 6962 §2.1.2). */
  consistency(earlier: number, size: number): Promise<Buffer[]>
  /** The hashes of the complete subtrees that make up the range, from left to right. */
  cover(range: Range): Promise<Buffer[]>
}

export function treeOf(pool: Pool, bankCode: string): TreeReading {
  const hashOf = async ({ level, place }: Subtree): Promise<Buffer> => {
    const above = level % STORED_LEVELS
    const count = 2 ** above
    const range = { first: place * count, end: (place + 1) * count }
    const hashes = await stored(level - above, range)
    if (hashes.length !== count) throw new LogNotWhole(bankCode)
    const tree = new GrowingTree()
    for (const hash of hashes) tree.append(hash)
    return tree.root()
  }
  const stored = (level: number, range: Range) =>
    level === 0 ? leaves(pool, bankCode, range) : nodes(pool, bankCode, level, range)

  const cover = async (range: Range): Promise<Buffer[]> => {
    const hashes: Buffer[] = []
    for (const subtree of subtreesOf(range)) hashes.push(await hashOf(subtree))
    return hashes
  }
  const proof = async (ranges: readonly Range[]): Promise<Buffer[]> => {
    const hashes: Buffer[] = []
    for (const range of ranges) hashes.push(rootOver(await cover(range)))
    return hashes
  }
  return {
    cover,
    inclusion: (leaf, size) => proof(inclusionRanges(leaf, { first: 0, end: size })),
    consistency: (earlier, size) => proof(consistencyRanges(earlier, { first: 0, end: size })),
  }
}

async function leaves(pool: Pool, bankCode: string, { first, end }: Range): Promise<Buffer[]> {
  const found = await rows<{ first_leaf: number; leaf_hashes: Buffer }>(
    pool,
    `select first_leaf, leaf_hashes from evidence_batch
      where bank_code = $1 and first_leaf < $3
        and first_leaf >= (select max(b.first_leaf) from evidence_batch b
                            where b.bank_code = $1 and b.first_leaf <= $2)
      order by first_leaf`,
    [bankCode, first, end],
  )
  return found.flatMap(({ first_leaf, leaf_hashes }) =>
    hashesOf(leaf_hashes).slice(Math.max(0, first - first_leaf), Math.max(0, end - first_leaf)),
  )
}

async function nodes(
  pool: Pool,
  bankCode: string,
  level: number,
  { first, end }: Range,
): Promise<Buffer[]> {
  const found = await rows<{ hash: Buffer }>(
    pool,
    `select hash from evidence_node
      where bank_code = $1 and level = $2 and place >= $3 and place < $4 order by place`,
    [bankCode, level, first, end],
  )
  return found.map(({ hash }) => hash)
}

/** The leaf of an event; undefined while it is not sealed. */
export async function leafOf(pool: Pool, bankCode: string, seq: number) {
  const [found] = await rows<{ leaf: number }>(
    pool,
    `select first_leaf + array_position(seqs, $2) - 1 as leaf from evidence_batch
      where bank_code = $1 and max_seq >= $2 and min_seq <= $2 and $2 = any (seqs)
      order by max_seq limit 1`,
    [bankCode, seq],
  )
  return found?.leaf
}
