/** What an examination of a log can find, and how it is told in one line. */

const MEANINGS = {
  edited: 'the event is not the one that was sealed',
  reordered: 'the events of two numbers were exchanged',
  deleted: 'the event is gone, and no retention declares it',
  inserted: 'the event stands among sealed ones, but was never sealed',
  duplicated: 'the same event stands there twice',
  late: 'the event was sealed long after its neighbours',
  misdated: 'the time of the event does not fit in with those around it',
  unsealed: 'events wait to be sealed',
  'cut-off': 'the log ends before a head that was signed',
  'broken-log': 'the stored log does not fit together',
  'head-differs': 'the log does not have the root that was signed',
  'bad-signature': 'the head was not signed by the key of the log',
  'key-replaced': 'the key of the log is not the one it was',
} as const

export type FindingKind = keyof typeof MEANINGS

export interface Finding {
  readonly bankCode: string
  readonly kind: FindingKind
  readonly leaf?: number
  readonly seq?: number
  readonly eventId?: string
  /** What else there is to say about this one. */
  readonly more?: string
}

export function findingLine({ bankCode, kind, leaf, seq, eventId, more }: Finding): string {
  const where = [
    leaf === undefined ? '' : ` leaf ${leaf}`,
    seq === undefined ? '' : ` seq ${seq}`,
    eventId === undefined ? '' : ` event ${JSON.stringify(eventId)}`,
  ].join('')
  return `${bankCode} ${kind}${where}: ${MEANINGS[kind]}${more === undefined ? '' : ` (${more})`}`
}

/** Of each kind so many are told one by one; the rest is counted. */
const MOST_OF_A_KIND = 100

/** Findings of one bank, in constant memory however many there are. */
export class FindingList {
  readonly #bankCode: string
  readonly #told: Finding[] = []
  readonly #counts = new Map<FindingKind, number>()

  constructor(bankCode: string) {
    this.#bankCode = bankCode
  }

  add(kind: FindingKind, where: Omit<Finding, 'bankCode' | 'kind'> = {}): void {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    if (count <= MOST_OF_A_KIND) this.#told.push({ bankCode: this.#bankCode, kind, ...where })
  }

  /** All that was found; the last of a kind with very many says how many there are besides. */
  all(): readonly Finding[] {
    const uncounted = [...this.#counts].filter(([, count]) => count > MOST_OF_A_KIND)
    return [
      ...this.#told,
      ...uncounted.map(([kind, count]) => ({
        bankCode: this.#bankCode,
        kind,
        more: `and ${count - MOST_OF_A_KIND} more`,
      })),
    ]
  }
}
