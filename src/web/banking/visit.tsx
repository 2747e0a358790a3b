import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Request } from '../../bank/attempt.ts'
import type { BankProfile, Contract } from '../../bank/contract.ts'
import { type Draft, lastMomentOf } from '../../bank/draft.ts'
import type { Announcement, Ports, Session } from '../../bank/ports.ts'
import { isStaffRefusal, type Refusal, type Refused } from '../../bank/refusal.ts'
import type { BrowserIdentity, Browsers } from '../browser.ts'
import { clean } from '../form.ts'
import { type HelpHere, helpTopicsOf } from '../help-topics.ts'
import type { Lang, Look } from '../parts/look.ts'
import { RefusalBanner } from '../parts/messages.tsx'
import { Page, type Steps } from '../parts/page.tsx'
import type { Timeout } from '../parts/timeout.tsx'
import { REFUSAL_STATUS } from '../refusals.ts'
import type { RequestVariables } from '../request-log.ts'
import type { RefusalsHere } from '../words/ja/account.ts'
import type { Words } from '../words/words.ts'
import { displayLinks, displayOf, wordsIn } from './display.ts'
import { type Paths, pathsOf } from './paths.ts'
import { isForGood, wayOutOf } from './ways-out.ts'

export type BankingContext = Context<{ Variables: RequestVariables & { nonce: string } }>

/** What all pages share, wired once. */
export interface Site {
  readonly ports: Ports
  readonly browsers: Browsers
  readonly tokenOrigin: () => string
  /** Whether the site is public by https. */
  readonly isSecure: () => boolean
  readonly announcements: (bankCode: string) => Promise<readonly Announcement[]>
  readonly demo: boolean
}

/** One request to a page of one bank. */
export interface Visit {
  readonly site: Site
  readonly c: BankingContext
  readonly bank: BankProfile
  readonly browser: BrowserIdentity
  readonly words: Words
  readonly paths: Paths
  readonly look: Look
  /** A value of the address after `?`, without what no keyboard types, as in forms. */
  readonly query: (name: string) => string | undefined
  /** The same of the path; its name is that of the route. */
  readonly param: (name: string) => string
  /** The request as procedures know it, before anyone is known to be signed in. */
  readonly request: Omit<Request, 'actor'>
}

/** The visit of a customer who is signed in. */
export interface CustomerVisit extends Visit {
  readonly contract: Contract
  readonly session: Session
  readonly customerRequest: Request
}

export function visitOf(site: Site, c: BankingContext, bank: BankProfile): Visit {
  const paths = pathsOf(bank.bankCode)
  const now = displayOf(c, site.isSecure())
  const words = wordsIn(now.lang)
  return {
    site,
    c,
    bank,
    words,
    paths,
    browser: site.browsers.of(c),
    query(name) {
      const value = c.req.query(name)
      return value === undefined ? undefined : clean(value)
    },
    param: (name) => clean(c.req.param(name) ?? ''),
    look: {
      words: words.parts,
      lang: words.lang,
      nonce: c.get('nonce'),
      paths,
      bank: shownBank(bank, now.lang),
      display: { now, change: displayLinks(c, paths.display) },
    },
    request: { bank, requestId: c.get('requestId') },
  }
}

/** The bank as it calls itself in that language. */
function shownBank({ name, contact, english }: BankProfile, lang: Lang): Look['bank'] {
  if (lang === 'ja' || english === undefined) return { name, contact }
  const { department, hours } = english
  return { name: english.name, contact: { ...contact, department, hours } }
}

/** Ten minutes without a request, or an hour in all, and the customer has to log in again. */
export const IDLE_MS = 10 * 60 * 1000
const ABSOLUTE_MS = 60 * 60 * 1000

/** The signed-in customer of a visit, if there is one. */
export async function customerOf(visit: Visit): Promise<CustomerVisit | undefined> {
  const { ports } = visit.site
  const { tables } = ports.store
  const { bankCode } = visit.bank
  const limits = { nowMs: ports.clock.now(), idleMs: IDLE_MS, absoluteMs: ABSOLUTE_MS }
  const session = await tables.sessions.touch(visit.browser.hash, bankCode, limits)
  if (session === undefined) return undefined
  const { contract } = session
  const actor = { kind: 'customer', id: contract.contractId } as const
  return { ...visit, contract, session, customerRequest: { ...visit.request, actor } }
}

export interface Shown {
  readonly title: string
  readonly steps?: Steps
  readonly customer?: CustomerVisit
  /** Why the form is shown again; decides the status. */
  readonly refused?: Refused | undefined
  readonly help?: HelpHere
  /** The draft that ends with this page, where no session does. */
  readonly draft?: Draft
  readonly children: Child
}

/** Answers with a page: 200, or the status of the refusal that it tells. */
export function show(visit: Visit, shown: Shown): Response | Promise<Response> {
  const { refused } = shown
  const status = refused === undefined ? 200 : REFUSAL_STATUS[refused.refusal]
  return visit.c.html(
    <Page
      look={visit.look}
      title={shown.title}
      steps={shown.steps}
      signedIn={shown.customer && signedInOf(shown.customer)}
      timeout={shown.draft && draftTimeoutOf(visit, shown.draft)}
    >
      {refused && <Told visit={visit} refused={refused} help={shown.help} />}
      {shown.children}
    </Page>,
    status,
  )
}

function signedInOf(visit: CustomerVisit) {
  const { nav } = visit.words.banking
  const { nav: more } = visit.words.account
  const { path } = visit.c.req
  const isHere = (href: string) => path === href || path.startsWith(`${href}/`)
  const link = (href: string, label: string) => ({ href, label, current: isHere(href) })
  return {
    name: visit.contract.name,
    csrf: visit.browser.csrf,
    timeout: timeoutOf(visit),
    links: [
      link(visit.paths.home, nav.home),
      link(visit.paths.transfer, nav.transfer),
      link(visit.paths.bill, visit.words.bill.nav),
      link(visit.paths.transfers, nav.history),
      link(visit.paths.settings, more.settings),
      link(visit.paths.freeze, more.freeze),
    ],
  }
}

/** When the session ends unless another request comes. */
export function timeoutOf(visit: CustomerVisit): Timeout {
  const { startedAtMs, lastSeenAtMs } = visit.session
  const untilMs = Math.min(lastSeenAtMs + IDLE_MS, startedAtMs + ABSOLUTE_MS)
  return {
    of: 'session',
    ...ending(visit, untilMs, startedAtMs + ABSOLUTE_MS),
    extend: visit.paths.sessionExtend,
    ended: visit.paths.loginEnded,
  }
}

/** When the draft ends unless it is put off. Its page itself says then that it has. */
export function draftTimeoutOf(visit: Visit, draft: Draft): Timeout {
  return {
    of: 'draft',
    draft: draft.id,
    ...ending(visit, draft.expiresAtMs, lastMomentOf(draft)),
    extend: visit.paths.draftExtend,
    ended: visit.paths.againAt(visit.c.req.path, draft.id),
  }
}

function ending({ site, browser }: Visit, untilMs: number, lastMs: number) {
  return {
    until: new Date(untilMs),
    leftSeconds: Math.max(0, Math.ceil((untilMs - site.ports.clock.now()) / 1000)),
    isLast: untilMs === lastMs,
    csrf: browser.csrf,
  }
}

/** Customers are never refused what only staff can be: that would be a mistake in our order. */
const toldOf = (visit: Visit, refusal: Refusal) =>
  visit.words.refusals[isStaffRefusal(refusal) ? 'out-of-order' : refusal]

function Told(props: { visit: Visit; refused: Refused; help: HelpHere | undefined }) {
  const { visit, refused, help } = props
  const told = toldOf(visit, refused.refusal)
  const topics = helpTopicsOf(refused.refusal, help)
  const href = wayOutOf(visit, refused.refusal)
  return (
    <RefusalBanner
      refusal={refused.refusal}
      heading={told.heading}
      wayOut={told.wayOut}
      go={href !== undefined && told.go ? { href, label: told.go } : undefined}
      help={topics.map((topic) => ({
        href: visit.paths.helpOn(topic),
        trouble: visit.words.help.topics[topic].trouble,
      }))}
      contact={told.contact}
      field={refused.field}
    />
  )
}

/** What stands beside a field: why it was refused, in a sentence with the way out. */
export function fieldError(visit: Visit, refused: Refused | undefined, name: string) {
  if (refused?.field !== name) return undefined
  if (refused.refusal === 'invalid-input') return visit.words.fields[name]
  return toldOf(visit, refused.refusal).heading
}

/** The visit with words that say better, at this page, what a refusal or a wrong field means. */
export function wordedFor<V extends Visit>(
  visit: V,
  here: { readonly refusals?: RefusalsHere; readonly fields?: Words['fields'] },
): V {
  const { words } = visit
  const refusals = { ...words.refusals, ...here.refusals }
  return { ...visit, words: { ...words, refusals, fields: { ...words.fields, ...here.fields } } }
}

/** A dead end: nothing to fill in, only the way back to the beginning, or out. */
export function showDeadEnd(
  visit: Visit,
  title: string,
  refused: Refused,
  again: string,
  customer?: CustomerVisit,
): Response | Promise<Response> {
  const { startAgain, backToHome, backToLogin } = visit.words.banking
  const { home, login } = visit.paths
  const out = customer ? { href: home, label: backToHome } : { href: login, label: backToLogin }
  const way = isForGood(refused.refusal) ? out : { href: again, label: startAgain }
  return show(visit, {
    title,
    refused,
    ...(customer && { customer }),
    children: (
      <p class="form__buttons">
        <a class="button button--primary" href={way.href}>
          {way.label}
        </a>
      </p>
    ),
  })
}

const DEAD_ENDS: readonly Refusal[] = [
  'out-of-order',
  'draft-expired',
  'frozen',
  'has-token',
  'no-token',
  'already-paid',
]

/** Whether a refusal ends the procedure: the form would only be refused again. */
export function isDeadEnd({ refusal }: Refused): boolean {
  return DEAD_ENDS.includes(refusal)
}
