import { type Refusal, refused } from '../../bank/refusal.ts'
import type { Unreadable } from '../form.ts'
import type { RefusalWords } from '../words/ja/refusals.ts'
import {
  type CustomerVisit,
  customerOf,
  show,
  showDeadEnd,
  type Visit,
  wordedFor,
} from './visit.tsx'

/*
 * Pages that are part of no procedure: what happened, and where to go on. Programs find the refusal
 * on them as on every other page.
 */

/** Who is signed in stays so, and goes on at home. */
export async function showNotFound(visit: Visit): Promise<Response> {
  const { problem, login, backToHome } = visit.words.banking
  const { paths } = visit
  const customer = await customerOf(visit)
  const wayOut = customer
    ? { href: paths.home, label: backToHome }
    : { href: paths.login, label: login.title }
  const told = { heading: problem.notFound, wayOut: problem.notFoundText }
  return showPlain(visit, 404, 'invalid-input', told, wayOut, customer)
}

/** What no page of ours sends: another content type, or far too much. */
export function showUnreadable(visit: Visit, status: Unreadable): Promise<Response> {
  const { problem, startAgain } = visit.words.banking
  const wayOut = { href: visit.paths.login, label: startAgain }
  const heading = status === 413 ? problem.tooLarge : problem.unreadable
  return showPlain(visit, status, 'invalid-input', { heading, wayOut: problem.nothingDone }, wayOut)
}

/** What should not have happened: nothing internal is told but the request's ID. */
export function showUnexpected(visit: Visit): Promise<Response> {
  const { problem, nav } = visit.words.banking
  const text = problem.unexpectedText(visit.request.requestId)
  const wayOut = { href: visit.paths.transfers, label: nav.history }
  const told = { heading: problem.unexpected, wayOut: text, contact: true } as const
  return showPlain(visit, 500, 'unavailable', told, wayOut)
}

/** The database is away. Whether something was done that was under way, the history will tell. */
export function showUnavailable(visit: Visit): Response | Promise<Response> {
  const { login } = visit.words.banking
  return showDeadEnd(visit, login.title, refused('unavailable'), visit.paths.login)
}

async function showPlain(
  visit: Visit,
  status: 404 | 500 | Unreadable,
  refusal: Refusal,
  told: RefusalWords,
  wayOut: { readonly href: string; readonly label: string },
  customer?: CustomerVisit,
): Promise<Response> {
  const children = (
    <p class="form__buttons">
      <a class="button button--primary" href={wayOut.href}>
        {wayOut.label}
      </a>
    </p>
  )
  const page = await show(wordedFor(visit, { refusals: { [refusal]: told } }), {
    title: visit.words.parts.internetBanking,
    refused: refused(refusal),
    ...(customer && { customer }),
    children,
  })
  return new Response(page.body, { status, headers: page.headers })
}
