import { refused } from '../../bank/refusal.ts'
import { show, showDeadEnd, type Visit } from './visit.tsx'

/*
 * Pages that are part of no procedure: what happened, and where to go on.
 */

export function showNotFound(visit: Visit): Promise<Response> {
  const { problem, login } = visit.words.banking
  const wayOut = { href: visit.paths.login, label: login.title }
  return showPlain(visit, 404, problem.notFound, problem.notFoundText, wayOut)
}

/** What no page of ours sends: another content type, or far too much. */
export function showUnreadable(visit: Visit): Promise<Response> {
  const { problem, startAgain } = visit.words.banking
  const wayOut = { href: visit.paths.login, label: startAgain }
  return showPlain(visit, 415, problem.unreadable, problem.contentType, wayOut)
}

/** What should not have happened: nothing internal is told but the request's ID. */
export function showUnexpected(visit: Visit): Promise<Response> {
  const { problem, nav } = visit.words.banking
  const text = problem.unexpectedText(visit.request.requestId)
  const wayOut = { href: visit.paths.transfers, label: nav.history }
  return showPlain(visit, 500, problem.unexpected, text, wayOut)
}

/** The database is away. Whether something was done that was under way, the history will tell. */
export function showUnavailable(visit: Visit): Response | Promise<Response> {
  const { login } = visit.words.banking
  return showDeadEnd(visit, login.title, refused('unavailable'), visit.paths.login)
}

async function showPlain(
  visit: Visit,
  status: 404 | 415 | 500,
  title: string,
  text: string,
  wayOut: { readonly href: string; readonly label: string },
): Promise<Response> {
  const children = (
    <>
      <p>{text}</p>
      <p class="form__buttons">
        <a class="button button--primary" href={wayOut.href}>
          {wayOut.label}
        </a>
      </p>
    </>
  )
  const page = await show(visit, { title, children })
  return new Response(page.body, { status, headers: page.headers })
}
