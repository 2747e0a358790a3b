import { eventText, readEventText } from './event-text.ts'
import { EventTimes } from './event-times.ts'
import { FindingList } from './findings.ts'
import { GrowingTree, type StoredNode } from './growing-tree.ts'
import { HASH_BYTES, hashesOf, leafHash } from './hashing.ts'
import { type Head, isSigned, type LogKey, momentOf } from './head.ts'

/** A batch as it is stored, with the head that was signed with it. */
export interface StoredBatch {
  readonly firstLeaf: number
  readonly seqs: readonly number[]
  readonly leafHashes: Buffer
  readonly root: Buffer
  readonly atMs: number
  readonly key: LogKey | undefined
  readonly signature: Buffer
}

/** The kind of event that declares that rows were exported and removed. */
export const RETENTION = 'evidence-retention'

/** A sealed declaration that the rows of all leaves below `leaves` were exported and removed. */
export interface Retention {
  readonly leaf: number
  readonly leaves: number
  readonly eventId: string
  readonly atMs: number
  readonly exportSha256: string
}

/** An event that is not what its leaf says. */
interface Changed {
  readonly leaf: number
  readonly seq: number
  readonly sealed: Buffer
  readonly text: string
}

interface Missing {
  readonly firstLeaf: number
  lastLeaf: number
  readonly seq: number
}

/** Among so many changed events it is looked for pairs that were exchanged. */
const MOST_COMPARED = 200
const MOST_REMEMBERED = 10_000

/**
 * Examines one log from its first leaf to its last, batch by batch, in constant memory. Nothing
 * that is stored is believed: leaves are hashed anew from the events, roots from the leaves, and
 * each signed head is compared with the root that the tree has at its size.
 */
export class LogCheck {
  readonly findings: FindingList
  readonly #bankCode: string
  readonly #published: ReadonlyMap<number, readonly Head[]>
  readonly #tree = new GrowingTree()
  readonly #times: EventTimes
  readonly #changed: Changed[] = []
  readonly #missing: Missing[] = []
  readonly #retentions: Retention[] = []
  /** False once leaves are missing: from there on no root can be known. */
  #whole = true
  readonly #differing = { stored: { first: 0, count: 0 }, published: { first: 0, count: 0 } }

  /** `published`: the heads that someone else has kept, by size. */
  constructor(bankCode: string, published: ReadonlyMap<number, readonly Head[]>) {
    this.#bankCode = bankCode
    this.#published = published
    this.findings = new FindingList(bankCode)
    this.#times = new EventTimes(this.findings)
  }

  get leaves(): number {
    return this.#tree.size
  }

  get retentions(): readonly Retention[] {
    return this.#retentions
  }

  /** Takes the next batch, and the events of its numbers that are there. */
  batch(batch: StoredBatch, events: ReadonlyMap<number, string>): readonly StoredNode[] {
    const { firstLeaf, seqs, leafHashes } = batch
    if (firstLeaf !== this.#tree.size || leafHashes.length !== HASH_BYTES * seqs.length) {
      const more = `a batch begins at leaf ${firstLeaf} where ${this.#tree.size} was expected`
      this.findings.add('broken-log', { leaf: firstLeaf, more })
      this.#whole = false
    }
    this.#times.startBatch(batch.atMs)
    const sealed = hashesOf(leafHashes)
    for (const [place, seq] of seqs.entries()) {
      const hash = sealed[place]
      if (hash === undefined) break
      const leaf = firstLeaf + place
      const text = events.get(seq)
      if (text === undefined) this.#miss(leaf, seq)
      else if (leafHash(text).equals(hash)) this.#hold(leaf, seq, text)
      else this.#change({ leaf, seq, sealed: hash, text })
      this.#tree.append(hash)
      this.#compareHeads(this.#published.get(this.#tree.size) ?? [], 'published')
    }
    this.#checkHead(batch)
    return this.#whole ? this.#tree.takeCompleted() : []
  }

  /** Says what can be said only at the end: what was exchanged, gone, or cut off. */
  end(stored: { readonly size: number; readonly edge: Buffer } | undefined): void {
    this.#tellChanged()
    this.#tellMissing()
    this.#tellDiffering()
    this.#times.end()
    const { size } = this.#tree
    for (const [published, heads] of this.#published) {
      if (published <= size) continue
      const at = momentOf(heads[0]?.atMs ?? 0)
      const more = `a head of ${published} leaves was published at ${at}, there are ${size}`
      this.findings.add('cut-off', { leaf: size, more })
    }
    const stands = stored ?? { size: 0, edge: Buffer.alloc(0) }
    if (stands.size > size) {
      const more = `the log had come to ${stands.size} leaves, there are ${size}`
      this.findings.add('cut-off', { leaf: size, more })
    } else if (this.#whole && (stands.size < size || !stands.edge.equals(this.#tree.edge))) {
      const more = `it will not go on from its ${size} leaves, but from others`
      this.findings.add('broken-log', { leaf: size, more })
    }
  }

  #miss(leaf: number, seq: number): void {
    const last = this.#missing.at(-1)
    if (last?.lastLeaf === leaf - 1) last.lastLeaf = leaf
    else if (this.#missing.length < MOST_REMEMBERED) {
      this.#missing.push({ firstLeaf: leaf, lastLeaf: leaf, seq })
    }
  }

  #hold(leaf: number, seq: number, text: string): void {
    this.#times.add(leaf, seq, text)
    if (!text.includes(`"${RETENTION}","done"`)) return
    const event = readEventText(text)
    if (event?.kind !== RETENTION || event.detail === null) return
    const detail = (JSON.parse(event.detail) ?? {}) as Record<string, unknown>
    const { leaves, exportSha256 } = detail
    // What it declares lies before it.
    if (typeof leaves !== 'number' || leaves > leaf) return
    this.#retentions.push({
      leaf,
      leaves,
      eventId: event.id ?? '',
      atMs: Number(event.atMs),
      exportSha256: String(exportSha256),
    })
  }

  #change(changed: Changed): void {
    if (this.#changed.length < MOST_COMPARED) this.#changed.push(changed)
    else this.findings.add('edited', { leaf: changed.leaf, seq: changed.seq })
  }

  #checkHead({ root, atMs, key, signature, seqs, firstLeaf }: StoredBatch): void {
    const head: Head = { bankCode: this.#bankCode, size: firstLeaf + seqs.length, root, atMs }
    if (key === undefined || !isSigned(head, signature, key)) {
      this.findings.add('bad-signature', {
        leaf: head.size - 1,
        more: `head of ${head.size} leaves`,
      })
    }
    this.#compareHeads([head], 'stored')
  }

  #compareHeads(heads: readonly Head[], from: 'stored' | 'published'): void {
    if (!this.#whole || heads.length === 0) return
    const root = this.#tree.root()
    if (heads.every((head) => head.root.equals(root))) return
    const differing = this.#differing[from]
    if (differing.count === 0) differing.first = this.#tree.size
    differing.count += 1
  }

  /** One changed leaf changes all roots after it: the first one says where. */
  #tellDiffering(): void {
    for (const [from, { first, count }] of Object.entries(this.#differing)) {
      if (count === 0) continue
      const others = count > 1 ? `, and ${count - 1} after it` : ''
      const more = `the ${from} head of ${first} leaves${others}`
      this.findings.add('head-differs', { leaf: first - 1, more })
    }
  }

  /** Each is the other's event under its own number: then the two were exchanged. */
  #tellChanged(): void {
    const told = new Set<Changed>()
    for (const [place, one] of this.#changed.entries()) {
      if (told.has(one)) continue
      const other = this.#changed
        .slice(place + 1)
        .find((other) => !told.has(other) && areExchanged(one, other))
      const eventId = readEventText(one.text)?.id ?? undefined
      const where = { leaf: one.leaf, seq: one.seq, ...(eventId !== undefined && { eventId }) }
      if (other === undefined) {
        this.findings.add('edited', where)
      } else {
        told.add(other)
        this.findings.add('reordered', {
          ...where,
          more: `with leaf ${other.leaf} seq ${other.seq}`,
        })
      }
    }
  }

  #tellMissing(): void {
    const declared = Math.max(0, ...this.#retentions.map(({ leaves }) => leaves))
    for (const { firstLeaf, lastLeaf, seq } of this.#missing) {
      const from = Math.max(firstLeaf, declared)
      if (from > lastLeaf) continue
      const where = { leaf: from, ...(from === firstLeaf && { seq }) }
      this.findings.add(
        'deleted',
        from === lastLeaf ? where : { ...where, more: `to leaf ${lastLeaf}` },
      )
    }
  }
}

const areExchanged = (one: Changed, other: Changed): boolean =>
  isSealedAs(other.text, one) && isSealedAs(one.text, other)

function isSealedAs(text: string, { seq, sealed }: Changed): boolean {
  const event = readEventText(text)
  return event !== undefined && leafHash(eventText({ ...event, seq: String(seq) })).equals(sealed)
}
