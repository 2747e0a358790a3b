import { type CustomerVisit, timeoutOf } from './visit.tsx'

/** `POST /session/extend`: the request itself has extended the session; the script learns until when. */
export function sessionExtend(visit: CustomerVisit): Response {
  const { until, leftSeconds, isLast } = timeoutOf(visit)
  const words = visit.words.parts.timeout
  return visit.c.json({ leftSeconds, isLast, told: words.until(words.clockTime(until)) })
}
