import { HASH_BYTES, hashesOf, nodeHash, rootOver } from './hashing.ts'

/** A complete subtree of 2^level leaves, the place-th of its level. */
export interface Subtree {
  readonly level: number
  readonly place: number
}

export interface StoredNode extends Subtree {
  readonly hash: Buffer
}

/** Every eighth level is stored: a proof then reads at most 255 hashes for each of its parts. */
export const STORED_LEVELS = 8

/**
 * A Merkle tree that grows at its right edge. Of all its hashes it keeps those of the complete
 * subtrees along that edge, at most one for each bit of its size, so that a batch costs its own
 * hashing and no more.
 */
export class GrowingTree {
  #size: number
  readonly #edge: Buffer[]
  #completed: StoredNode[] = []

  constructor(size = 0, edge: Buffer = Buffer.alloc(0)) {
    this.#size = size
    this.#edge = hashesOf(edge)
    if (edge.length !== HASH_BYTES * onesOf(size)) throw new Error('the edge is not of that size')
  }

  get size(): number {
    return this.#size
  }

  /** The edge as one piece of bytes, the largest subtree first. */
  get edge(): Buffer {
    return Buffer.concat(this.#edge)
  }

  append(leaf: Buffer): void {
    let hash = leaf
    let [level, place] = [0, this.#size]
    while (place % 2 === 1) {
      hash = nodeHash(this.#edge.pop() as Buffer, hash)
      place = (place - 1) / 2
      level += 1
      if (level % STORED_LEVELS === 0) this.#completed.push({ level, place, hash })
    }
    this.#edge.push(hash)
    this.#size += 1
  }

  root(): Buffer {
    return rootOver(this.#edge)
  }

  /** The nodes of stored levels that were completed since this was asked the last time. */
  takeCompleted(): readonly StoredNode[] {
    const completed = this.#completed
    this.#completed = []
    return completed
  }
}

/** How many subtrees stand along the edge: one for each bit that is set. */
function onesOf(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
