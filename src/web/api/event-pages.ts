import type { Context } from 'hono'
import type { RecordedEvent } from '../../bank/event-reading.ts'
import { withoutDiagnosis } from '../../bank/office/code-diagnosis.ts'
import type { Ports } from '../../bank/ports.ts'
import { invalid } from '../json/problem.ts'

export const USUAL_EVENTS = 100
export const MOST_EVENTS = 500

/**
 * `GET /v1/events?after=<cursor>&limit=`: what happened at the bank since the last page, in order.
 * The answer always has the cursor to go on with; a reader who does so sees every event once.
 */
export async function eventPage(c: Context, ports: Ports, bankCode: string): Promise<Response> {
  const asked = readQuery(c)
  if (asked instanceof Response) return asked
  const { seq, limit } = asked
  const { events, more } = await ports.store.events.after(bankCode, seq, limit)
  const next = cursorOf(events.at(-1)?.seq ?? seq)
  const answer = { events: events.map(answerOf), next, more }
  return c.json(answer, 200, { 'Cache-Control': 'no-store' })
}

function readQuery(c: Context): { readonly seq: number; readonly limit: number } | Response {
  const given = new URL(c.req.url).searchParams
  const names = [...given.keys()]
  const unknown = names.find((name) => name !== 'after' && name !== 'limit')
  if (unknown !== undefined) return invalid('Unknown parameter', unknown)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) return invalid('Given twice', twice)
  const after = given.get('after')
  const seq = after === null ? 0 : readCursor(after)
  if (seq === undefined) return invalid('No cursor of ours', 'after')
  const text = given.get('limit') ?? String(USUAL_EVENTS)
  const limit = Number(text)
  if (!/^\d{1,3}$/.test(text) || limit < 1 || limit > MOST_EVENTS) {
    return invalid(`A number from 1 to ${MOST_EVENTS}`, 'limit')
  }
  return { seq, limit }
}

/** What a cursor says is ours to change: channels keep it as a text and give it back. */
const cursorOf = (seq: number): string => Buffer.from(`after ${seq}`).toString('base64url')

function readCursor(text: string): number | undefined {
  if (!/^[\w-]{1,40}$/.test(text)) return undefined
  const said = /^after (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString())?.[1]
  return said === undefined || cursorOf(Number(said)) !== text ? undefined : Number(said)
}

/** As it was recorded, but for why a code was refused: that is for the bank's staff. */
function answerOf({ seq: _, bankCode: __, atMs, detail, ...event }: RecordedEvent) {
  const told = detail && { detail: withoutDiagnosis(detail) }
  return { ...event, ...told, at: new Date(atMs).toISOString() }
}
