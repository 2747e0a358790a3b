import { putOffDrafts } from '../../bank/draft.ts'
import { refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import type { Timeout } from '../parts/timeout.tsx'
import { type CustomerVisit, draftTimeoutOf, showDeadEnd, timeoutOf, type Visit } from './visit.tsx'

/**
 * `POST /session/extend`: the request itself has extended the session, and what the customer is in
 * the middle of is put off with it; the script learns until when.
 */
export async function sessionExtend(visit: CustomerVisit): Promise<Response> {
  await putOffDrafts(visit.site.ports, visit.browser.hash)
  return tell(visit, timeoutOf(visit))
}

/** `POST /draft/extend`: the same for whoever is not signed in. */
export async function draftExtend(visit: Visit, form: SubmittedForm): Promise<Response> {
  const { site, browser, words, paths } = visit
  const [draft] = await putOffDrafts(site.ports, browser.hash, form.text('draft'))
  if (draft !== undefined) return tell(visit, draftTimeoutOf(visit, draft))
  return showDeadEnd(visit, words.banking.login.title, refused('draft-expired'), paths.login)
}

function tell(visit: Visit, { of, until, leftSeconds, isLast }: Timeout): Response {
  const words = visit.words.parts.timeout
  return visit.c.json({ leftSeconds, isLast, told: words[of].until(words.clockTime(until)) })
}
