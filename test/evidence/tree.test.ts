import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrowingTree, STORED_LEVELS, type Subtree } from '../../src/evidence/growing-tree.ts'
import { EMPTY_ROOT, hashesOf, leafHash, nodeHash, rootOver } from '../../src/evidence/hashing.ts'
import {
  consistencyRanges,
  inclusionRanges,
  provesConsistency,
  provesInclusion,
  type Range,
  subtreesOf,
} from '../../src/evidence/proofs.ts'
import vectors from '../vectors/rfc6962.json' with { type: 'json' }

const hex = (bytes: Buffer): string => bytes.toString('hex')
const base64 = (text: string): Buffer => Buffer.from(text, 'base64')

const publishedLeaves = vectors.leaves.map((leaf) =>
  leafHash(Buffer.from(leaf, 'hex').toString('latin1')),
)

/** RFC 6962 §2.1 word for word: what everything else is compared with. */
function plainRoot(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves
  if (first === undefined) return EMPTY_ROOT
  if (leaves.length === 1) return first
  let power = 1
  while (power * 2 < leaves.length) power *= 2
  return nodeHash(plainRoot(leaves.slice(0, power)), plainRoot(leaves.slice(power)))
}

const grown = (leaves: readonly Buffer[]): GrowingTree => {
  const tree = new GrowingTree()
  for (const leaf of leaves) tree.append(leaf)
  return tree
}

const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, place) => leafHash(`leaf ${place}`))

/** The hash of a range, put together from complete subtrees as the store does it. */
const hashOf = (leaves: readonly Buffer[], range: Range): Buffer =>
  rootOver(
    subtreesOf(range).map(({ level, place }: Subtree) =>
      plainRoot(leaves.slice(place * 2 ** level, (place + 1) * 2 ** level)),
    ),
  )

describe('RFC 6962, the published tree of eight leaves', () => {
  test('hashes of leaves and of the empty tree', () => {
    expect(hex(EMPTY_ROOT)).toBe(vectors.roots[0])
    expect(hex(leafHash(''))).toBe(vectors.emptyLeaf)
    expect(hex(leafHash('L123456'))).toBe(vectors.leafL123456)
    expect(publishedLeaves.map(hex)).toEqual(vectors.levels[0])
  })

  test.each(vectors.roots.map((root, size) => ({ size, root })))(
    'root of $size',
    ({ size, root }) => {
      expect(hex(grown(publishedLeaves.slice(0, size)).root())).toBe(root)
    },
  )

  test.each(
    vectors.levels.flatMap((level, height) =>
      level.map((hash, place) => ({ height, place, hash })),
    ),
  )('node $height/$place', ({ height, place, hash }) => {
    const range = { first: place * 2 ** height, end: (place + 1) * 2 ** height }
    expect(hex(hashOf(publishedLeaves, range))).toBe(hash)
  })
})

describe('RFC 6962, published proofs, good and bad', () => {
  test.each(vectors.inclusion)('inclusion $name: $valid', (vector) => {
    const proof = vector.proof.map(base64)
    const hash = base64(vector.leafHash)
    expect(provesInclusion(vector, hash, proof, base64(vector.root))).toBe(vector.valid)
  })

  test.each(vectors.consistency)('consistency $name: $valid', (vector) => {
    const earlier = { size: vector.size1, root: base64(vector.root1) }
    const later = { size: vector.size2, root: base64(vector.root2) }
    expect(provesConsistency(earlier, later, vector.proof.map(base64))).toBe(vector.valid)
  })

  test.each(vectors.inclusion.filter(({ valid, size }) => valid && size > 1))(
    'inclusion $name is what we make',
    ({ leaf, size, proof }) => {
      const ranges = inclusionRanges(leaf, { first: 0, end: size })
      const made = ranges.map((range) => hashOf(publishedLeaves, range).toString('base64'))
      expect(made).toEqual(proof)
    },
  )

  test.each(vectors.consistency.filter(({ valid, size2 }) => valid && size2 > 1))(
    'consistency $name is what we make',
    ({ size1, size2, proof }) => {
      const ranges = consistencyRanges(size1, { first: 0, end: size2 })
      const made = ranges.map((range) => hashOf(publishedLeaves, range).toString('base64'))
      expect(made).toEqual(proof)
    },
  )
})

const sizes = fc.integer({ min: 1, max: 600 })
const leaves = leavesOf(600)

describe('a growing tree', () => {
  test('has the root that RFC 6962 defines, in whatever batches it grew', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 6 }), (batches) => {
        let tree = new GrowingTree()
        let size = 0
        for (const count of batches) {
          // As the next batch finds it: nothing but size and edge is known.
          tree = new GrowingTree(size, tree.edge)
          for (let next = 0; next < count; next += 1) tree.append(leafHash(`leaf ${size + next}`))
          size += count
          expect(tree.size).toBe(size)
          expect(hex(tree.root())).toBe(hex(plainRoot(leavesOf(size))))
        }
      }),
    )
  })

  test('gives out every complete subtree of a stored level once', () => {
    const tree = new GrowingTree()
    const taken = leavesOf(1000).flatMap((leaf) => {
      tree.append(leaf)
      return tree.takeCompleted()
    })
    expect(taken.map(({ level, place }) => [level, place])).toEqual([
      [STORED_LEVELS, 0],
      [STORED_LEVELS, 1],
      [STORED_LEVELS, 2],
    ])
    expect(hex(taken[1]?.hash ?? EMPTY_ROOT)).toBe(hex(plainRoot(leavesOf(1000).slice(256, 512))))
    expect(tree.takeCompleted()).toEqual([])
  })

  test('refuses an edge of another size', () => {
    const { edge } = grown(leavesOf(5))
    expect(hashesOf(edge)).toHaveLength(2)
    expect(() => new GrowingTree(7, edge)).toThrow('edge')
    expect(() => new GrowingTree(2 ** 52, Buffer.alloc(32))).not.toThrow()
  })
})

describe('proofs', () => {
  test('of inclusion hold for every leaf, and for nothing else', () => {
    fc.assert(
      fc.property(sizes, fc.nat(599), fc.nat(20), fc.nat(255), (size, drawn, which, bit) => {
        const leaf = drawn % size
        const root = plainRoot(leaves.slice(0, size))
        const proof = inclusionRanges(leaf, { first: 0, end: size }).map((r) => hashOf(leaves, r))
        const hash = leaves[leaf] as Buffer
        expect(provesInclusion({ leaf, size }, hash, proof, root)).toBe(true)
        expect(provesInclusion({ leaf: leaf + 1, size }, hash, proof, root)).toBe(false)
        expect(provesInclusion({ leaf, size }, leafHash('another'), proof, root)).toBe(false)
        const bent = [hash, ...proof].map((bytes) => Buffer.from(bytes))
        const target = bent[which % bent.length] as Buffer
        target[bit >> 3] = (target[bit >> 3] as number) ^ (1 << (bit & 7))
        expect(provesInclusion({ leaf, size }, bent[0] as Buffer, bent.slice(1), root)).toBe(false)
      }),
    )
  })

  test('of consistency hold for every two sizes, and not for a tree that was changed', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.nat(599), (one, other, drawn) => {
        const [small, size] = [Math.min(one, other), Math.max(one, other)]
        const proof = consistencyRanges(small, { first: 0, end: size }).map((r) =>
          hashOf(leaves, r),
        )
        const earlier = { size: small, root: plainRoot(leaves.slice(0, small)) }
        const later = { size, root: plainRoot(leaves.slice(0, size)) }
        expect(provesConsistency(earlier, later, proof)).toBe(true)
        const changed = leaves.slice(0, size)
        changed[drawn % small] = leafHash('changed')
        const other_ = { size, root: plainRoot(changed) }
        const made = consistencyRanges(small, { first: 0, end: size }).map((r) =>
          hashOf(changed, r),
        )
        expect(provesConsistency(earlier, other_, made)).toBe(false)
      }),
    )
  })

  test('name ranges of millions of leaves without touching one', () => {
    const size = 2 ** 40 - 1
    const ranges = inclusionRanges(2 ** 39 + 12_345, { first: 0, end: size })
    expect(ranges).toHaveLength(40)
    const parts = subtreesOf({ first: 0, end: size })
    expect(parts).toHaveLength(40)
    expect(parts[0]).toEqual({ level: 39, place: 0 })
    expect(subtreesOf({ first: 0, end: 2 ** 49 - 1 })[0]?.level).toBe(48)
  })
})
