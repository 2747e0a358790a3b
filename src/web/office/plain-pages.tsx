import type { Unreadable } from '../form.ts'
import { japanese } from '../words/words.ts'
import { firstRoomOf } from './navigation.ts'
import { type OfficeVisit, type StaffVisit, show, staffOf } from './visit.tsx'

const words = japanese.office

/*
 * Pages that are part of no act: what happened, and where to go on.
 */

export async function showNotFound(visit: OfficeVisit): Promise<Response> {
  return showPlain(visit, 404, words.notFound, words.notFoundText, await staffOf(visit))
}

/** What no page of ours sends: another content type, or far too much. */
export function showUnreadable(visit: OfficeVisit, status: Unreadable): Promise<Response> {
  return showPlain(visit, status, words.unreadable[status], words.nothingDone)
}

/** What should not have happened, or the database is away: nothing is told but the request's ID. */
export function showUnexpected(visit: OfficeVisit, status: 500 | 503): Promise<Response> {
  const { heading, text } = words.unexpected
  return showPlain(visit, status, heading, text(visit.request.requestId))
}

async function showPlain(
  visit: OfficeVisit,
  status: 404 | 500 | 503 | Unreadable,
  title: string,
  text: string,
  staff?: StaffVisit,
): Promise<Response> {
  const { paths } = visit
  const page = await show(visit, {
    title,
    ...(staff && { staff }),
    children: (
      <>
        <p>{text}</p>
        <p class="form__buttons">
          <a
            class="button button--primary"
            href={staff ? firstRoomOf(staff.staff.role, paths) : paths.login}
          >
            {staff ? words.toFirstRoom : words.backToLogin}
          </a>
        </p>
      </>
    ),
  })
  return new Response(page.body, { status, headers: page.headers })
}
