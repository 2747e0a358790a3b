import { type Draft, draftAtStep } from '../../bank/draft.ts'
import { type LoginStep, login, loginWithCode } from '../../bank/procedures/login.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { ActionList } from '../parts/action-list.tsx'
import { CodeField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { Operation } from '../parts/operation.tsx'
import { Announcements } from './announcements.tsx'
import { CredentialsFields } from './credentials-step.tsx'
import { fieldError, IDLE_MS, isDeadEnd, show, showDeadEnd, type Visit } from './visit.tsx'

/** ログイン: `/login` → (`/login/code`) → `/home`. */
export function loginPage(visit: Visit) {
  return showLogin(visit, '')
}

export async function loginSubmit(visit: Visit, form: SubmittedForm) {
  const { ports } = visit.site
  const afterLogin = visit.site.browsers.renew()
  const browsers = { now: visit.browser.hash, afterLogin: afterLogin.hash }
  const contractId = form.text('contractId')
  const loginPassword = form.text('loginPassword')
  const outcome = await login(ports, visit.request, browsers, { contractId, loginPassword })
  if (!outcome.ok) return showLogin(visit, contractId, outcome)
  return goOn(visit, outcome.value, () => visit.site.browsers.keep(visit.c, afterLogin))
}

export async function loginCodePage(visit: Visit) {
  const id = visit.query('draft')
  const { drafts } = visit.site.ports.store.tables
  const draft = await drafts.find(visit.browser.hash, 'login', id)
  if (draft?.step === 'done') return visit.c.redirect(visit.paths.home, 303)
  const open = draftAtStep(draft, 'code', visit.site.ports.clock.now())
  return open.ok ? showCode(visit, open.value) : showDeadCode(visit, open)
}

export async function loginCodeSubmit(visit: Visit, form: SubmittedForm) {
  const { ports, browsers } = visit.site
  const afterLogin = browsers.renew()
  const draftId = form.text('draft') || undefined
  const outcome = await loginWithCode(
    ports,
    visit.request,
    { now: visit.browser.hash, afterLogin: afterLogin.hash },
    { draftId, otp: form.text('otp') },
  )
  if (outcome.ok) return goOn(visit, outcome.value, () => browsers.keep(visit.c, afterLogin))
  const { drafts } = ports.store.tables
  const draft = await drafts.find(visit.browser.hash, 'login', draftId)
  if (draft === undefined || isDeadEnd(outcome)) return showDeadCode(visit, outcome)
  return showCode(visit, draft, outcome)
}

/**
 * Ends the session; the browser gets a new identifier, so that nothing of before can be reached.
 */
export async function logoutSubmit(visit: Visit) {
  const { ports, browsers } = visit.site
  await ports.store.tables.sessions.end(visit.browser.hash)
  browsers.keep(visit.c, browsers.renew())
  return visit.c.redirect(visit.paths.loggedOut, 303)
}

function goOn(visit: Visit, step: LoginStep, signIn: () => void) {
  if (step.next === 'code') return visit.c.redirect(visit.paths.loginCodeOf(step.draftId), 303)
  if (step.begun) signIn()
  return visit.c.redirect(visit.paths.home, 303)
}

function showLogin(visit: Visit, contractId: string, refusal?: Refused) {
  const { banking, account } = visit.words
  const { paths } = visit
  const action = (href: string, [label, description]: readonly string[]) => ({
    href,
    label: label ?? '',
    description,
  })
  return show(visit, {
    title: banking.login.title,
    refused: refusal,
    children: (
      <>
        <WhyHere visit={visit} />
        <Announcements visit={visit} />
        <Form action={paths.login} csrf={visit.browser.csrf} submit={banking.login.submit}>
          <CredentialsFields visit={visit} contractId={contractId} refusal={refusal} />
        </Form>
        <p class="note">{banking.login.backButton}</p>
        <h2>{banking.login.foot}</h2>
        <ActionList
          label={banking.login.foot}
          items={[
            action(paths.otpStart, banking.login.start),
            action(paths.otpExchange, banking.login.exchange),
            action(paths.otpStop, banking.login.stop),
            action(paths.otpResync, banking.resync.link),
          ]}
        />
        <h2>{account.login.more}</h2>
        <ActionList
          label={account.login.more}
          items={[
            action(paths.enrol, account.login.enrol),
            action(paths.freeze, account.login.freeze),
          ]}
        />
      </>
    ),
  })
}

/** Says why the customer stands before the login page again. */
function WhyHere({ visit }: { visit: Visit }) {
  const { login } = visit.words.banking
  const notice = visit.query('notice')
  if (notice === 'ended') {
    return (
      <Notice kind="warning" heading={login.ended}>
        <p>{login.endedText(IDLE_MS)}</p>
      </Notice>
    )
  }
  if (notice !== 'logged-out') return null
  return (
    <Notice kind="success" heading={login.loggedOut}>
      <p>{login.loggedOutText}</p>
    </Notice>
  )
}

function showCode(visit: Visit, draft: Draft, refusal?: Refused) {
  const { banking } = visit.words
  const words = banking.loginCode
  return show(visit, {
    title: words.title,
    steps: { labels: words.steps, current: 2 },
    refused: refusal,
    draft,
    children: (
      <>
        <Operation name={words.operation} lines={[]} />
        <Form
          action={visit.paths.loginCode}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={words.submit}
          secondary={{ href: visit.paths.login, label: banking.backToLogin }}
        >
          <CodeField
            name="otp"
            label={banking.otp}
            hint={banking.otpHint}
            error={fieldError(visit, refusal, 'otp')}
          />
        </Form>
      </>
    ),
  })
}

const showDeadCode = (visit: Visit, refusal: Refused = refused('out-of-order')) =>
  showDeadEnd(visit, visit.words.banking.loginCode.title, refusal, visit.paths.login)
