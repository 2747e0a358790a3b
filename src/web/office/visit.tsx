import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Request } from '../../bank/attempt.ts'
import type { BankProfile } from '../../bank/contract.ts'
import type { Staff } from '../../bank/office/staff.ts'
import type { Ports, StaffSession } from '../../bank/ports.ts'
import type { Refusal, Refused } from '../../bank/refusal.ts'
import type { SeedLimits } from '../../seed-files/read.ts'
import type { BrowserIdentity, Browsers } from '../browser.ts'
import type { Look } from '../parts/look.ts'
import { RefusalBanner } from '../parts/messages.tsx'
import { Page, type Steps } from '../parts/page.tsx'
import { REFUSAL_STATUS } from '../refusals.ts'
import type { RequestVariables } from '../request-log.ts'
import type { RefusalWords } from '../words/ja/refusals.ts'
import { staffRefusals } from '../words/ja/staff-refusals.ts'
import { japanese } from '../words/words.ts'
import { navigationOf } from './navigation.ts'
import { type OfficePaths, officePathsOf } from './paths.ts'

export type OfficeContext = Context<{ Variables: RequestVariables & { nonce: string } }>

/** What all pages of the back office share, wired once. */
export interface OfficeParts {
  readonly ports: Ports
  readonly browsers: Browsers
  /** Bounds of seed files that are other than the usual. */
  readonly seedLimits: Partial<SeedLimits>
}

/** One request to a page of one bank's back office. */
export interface OfficeVisit {
  readonly site: OfficeParts
  readonly c: OfficeContext
  readonly bank: BankProfile
  readonly browser: BrowserIdentity
  readonly paths: OfficePaths
  readonly look: Look
  readonly request: Omit<Request, 'actor'>
}

/** The visit of a staff member who is signed in. */
export interface StaffVisit extends OfficeVisit {
  readonly staff: Staff
  readonly session: StaffSession
  readonly staffRequest: Request
}

const words = japanese.office

/** What customers can be told too, what only staff can, and what is said better to staff. */
const REFUSAL_WORDS: Readonly<Record<Refusal, RefusalWords>> = {
  ...japanese.refusals,
  ...staffRefusals,
  ...words.refusals,
}

export function officeVisitOf(site: OfficeParts, c: OfficeContext, bank: BankProfile): OfficeVisit {
  const paths = officePathsOf(bank.bankCode)
  return {
    site,
    c,
    bank,
    paths,
    browser: site.browsers.of(c),
    look: officeLook(bank, c.get('nonce'), paths),
    request: { bank, requestId: c.get('requestId') },
  }
}

/** The look of the bank site with the words and ways of the back office. */
function officeLook(bank: BankProfile, nonce: string, paths: OfficePaths): Look {
  const { service, roles } = words
  const customerName = (name: string) => name
  return {
    words: { ...japanese.parts, internetBanking: service, guide: roles.title, customerName },
    lang: japanese.lang,
    nonce,
    paths: { ...paths, home: paths.inbox, guide: paths.roles },
    bank: { name: bank.name, contact: bank.contact },
  }
}

/** Short, because the screens stand where others pass by. */
export const STAFF_IDLE_MS = 10 * 60 * 1000
export const STAFF_ABSOLUTE_MS = 4 * 60 * 60 * 1000

/** The signed-in staff member of a visit, if there is one. */
export async function staffOf(visit: OfficeVisit): Promise<StaffVisit | undefined> {
  const { ports } = visit.site
  const limits = {
    nowMs: ports.clock.now(),
    idleMs: STAFF_IDLE_MS,
    absoluteMs: STAFF_ABSOLUTE_MS,
  }
  const { staffSessions } = ports.store.tables
  const session = await staffSessions.touch(visit.browser.hash, visit.bank.bankCode, limits)
  if (session === undefined) return undefined
  const { staff } = session
  const actor = { kind: 'staff', id: staff.staffId } as const
  return { ...visit, staff, session, staffRequest: { ...visit.request, actor } }
}

export interface Shown {
  readonly title: string
  readonly staff?: StaffVisit
  readonly steps?: Steps
  readonly wide?: boolean
  /** Why the form is shown again; decides the status. */
  readonly refused?: Refused | undefined
  readonly children: Child
}

/** Answers with a page: 200, or the status of the refusal that it tells. */
export function show(visit: OfficeVisit, shown: Shown): Response | Promise<Response> {
  const { refused, staff } = shown
  const status = refused === undefined ? 200 : REFUSAL_STATUS[refused.refusal]
  return visit.c.html(
    <Page
      look={visit.look}
      title={shown.title}
      steps={shown.steps}
      wide={shown.wide}
      signedIn={
        staff && {
          name: words.signedIn(staff.staff.name, words.roles.names[staff.staff.role]),
          csrf: staff.browser.csrf,
          links: navigationOf(staff.staff.role, staff.paths, staff.c.req.path),
        }
      }
    >
      {refused && <Told visit={visit} refused={refused} />}
      {shown.children}
    </Page>,
    status,
  )
}

function Told({ refused }: { visit: OfficeVisit; refused: Refused }) {
  const told = REFUSAL_WORDS[refused.refusal]
  return (
    <RefusalBanner
      refusal={refused.refusal}
      heading={told.heading}
      wayOut={told.wayOut}
      field={refused.field}
    />
  )
}

/** A refusal in the words that the staff reads, for the records of what was tried. */
export const refusalHeading = (refusal: Refusal): string => REFUSAL_WORDS[refusal].heading

/** What stands beside a field: why it was refused, in a sentence with the way out. */
export function fieldError(refused: Refused | undefined, name: string): string | undefined {
  if (refused?.field !== name) return undefined
  if (refused.refusal === 'invalid-input') return words.fields[name] ?? words.fieldWrong
  return REFUSAL_WORDS[refused.refusal].heading
}

/** A dead end: nothing to fill in, only the way back. */
export function showDeadEnd(
  visit: OfficeVisit,
  title: string,
  refused: Refused,
  again: { readonly href: string; readonly label: string },
  staff?: StaffVisit,
): Response | Promise<Response> {
  return show(visit, {
    title,
    refused,
    ...(staff && { staff }),
    children: (
      <p>
        <a class="button button--primary" href={again.href}>
          {again.label}
        </a>
      </p>
    ),
  })
}
