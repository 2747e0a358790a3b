/**
 * Proofs of RFC 6962: that a leaf stands in a tree (§2.1.1), and that a tree only grew (§2.1.2). A
 * proof is a list of hashes of ranges of leaves; which ranges is known without any hash.
 */
import type { Subtree } from './growing-tree.ts'
import { HASH_BYTES, nodeHash } from './hashing.ts'

/** The leaves from `first` up to, but without, `end`. */
export interface Range {
  readonly first: number
  readonly end: number
}

/** The ranges whose hashes prove the leaf in the tree of that size, from the leaf upwards. */
export function inclusionRanges(leaf: number, { first, end }: Range): Range[] {
  if (end - first <= 1) return []
  const middle = first + largestPowerBelow(end - first)
  return leaf < middle
    ? [...inclusionRanges(leaf, { first, end: middle }), { first: middle, end }]
    : [...inclusionRanges(leaf, { first: middle, end }), { first, end: middle }]
}

/**
 * The ranges whose hashes prove that the tree of `size` leaves begins with the one of `earlier`.
 * `known`: the earlier tree's root is the range's own hash, which the verifier has.
 */
export function consistencyRanges(earlier: number, { first, end }: Range, known = true): Range[] {
  if (earlier === end) return known ? [] : [{ first, end }]
  const middle = first + largestPowerBelow(end - first)
  return earlier <= middle
    ? [...consistencyRanges(earlier, { first, end: middle }, known), { first: middle, end }]
    : [...consistencyRanges(earlier, { first: middle, end }, false), { first, end: middle }]
}

/** The fewest complete subtrees that make up the range, from left to right. */
export function subtreesOf({ first, end }: Range): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = first; at < end; ) {
    let level = 0
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1
    subtrees.push({ level, place: at / 2 ** level })
    at += 2 ** level
  }
  return subtrees
}

function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** Whether the proof leads from the leaf's hash to the root (RFC 9162 §2.1.3.2). */
export function provesInclusion(
  { leaf, size }: { readonly leaf: number; readonly size: number },
  hash: Buffer,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (leaf >= size || ![hash, ...proof].every(isHash)) return false
  let [place, last] = [leaf, size - 1]
  let reached = hash
  for (const sibling of proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      reached = nodeHash(sibling, reached)
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, half(last)]
    } else {
      reached = nodeHash(reached, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && reached.equals(root)
}

export interface Sized {
  readonly size: number
  readonly root: Buffer
}

/** Whether the proof shows that the later tree begins with the earlier one (RFC 9162 §2.1.4.2). */
export function provesConsistency(earlier: Sized, later: Sized, proof: readonly Buffer[]): boolean {
  // Every tree begins with the empty one: that would prove nothing.
  if (earlier.size < 1 || earlier.size > later.size) return false
  if (earlier.size === later.size) return proof.length === 0 && earlier.root.equals(later.root)
  if (![earlier.root, later.root, ...proof].every(isHash)) return false
  let [place, last] = [earlier.size - 1, later.size - 1]
  while (place % 2 === 1) [place, last] = [half(place), half(last)]
  // Of a complete earlier tree the proof leaves the root out.
  const [start, ...rest] = place === 0 ? [earlier.root, ...proof] : proof
  if (start === undefined) return false
  let [before, after] = [start, start]
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, half(last)]
    } else {
      after = nodeHash(after, sibling)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && before.equals(earlier.root) && after.equals(later.root)
}

const isHash = (bytes: Buffer): boolean => bytes.length === HASH_BYTES
const half = (count: number): number => Math.floor(count / 2)
