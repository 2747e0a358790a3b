/**
 * The one byte form of an event, of which its leaf is the hash: a JSON array of strings and nulls
 * without white space, in UTF-8, in the order of `EVENT_FIELDS`. The store has the database write
 * it (`store/evidence/event-rows.ts`), exactly as `eventText` does.
 */

export const EVENT_FIELDS = [
  'bankCode',
  /** The number that the database gave it, in the order in which numbers were asked for. */
  'seq',
  'id',
  /** Milliseconds since 1970-01-01 UTC. */
  'atMs',
  'actorKind',
  'actorId',
  'contractId',
  'serial',
  'kind',
  'outcome',
  'receiptNo',
  'requestId',
  /** A JSON object as the database writes it: short names first, one blank after colon and comma. */
  'detail',
] as const

export type EventRecord = Readonly<Record<(typeof EVENT_FIELDS)[number], string | null>>

export const eventText = (event: EventRecord): string =>
  JSON.stringify(EVENT_FIELDS.map((field) => event[field]))

/** Undefined when the text is not the form of an event. */
export function readEventText(text: string): EventRecord | undefined {
  const values = arrayOf(text)
  const ofText = (value: unknown) => value === null || typeof value === 'string'
  if (values?.length !== EVENT_FIELDS.length || !values.every(ofText)) return undefined
  const event = Object.fromEntries(EVENT_FIELDS.map((field, place) => [field, values[place]]))
  return eventText(event as EventRecord) === text ? (event as EventRecord) : undefined
}

function arrayOf(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
