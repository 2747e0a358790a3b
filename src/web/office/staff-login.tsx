import {
  beginStaffLogin,
  completeStaffLogin,
  newSecondFactor,
} from '../../bank/procedures/staff-login.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { CodeField, PasswordField, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { QrCode } from '../parts/qr-code.tsx'
import { japanese } from '../words/words.ts'
import { firstRoomOf } from './navigation.ts'
import { fieldError, type OfficeVisit, show, showDeadEnd } from './visit.tsx'

const words = japanese.office

/** 職員ログイン: `/login` → `/login/code` → the first room of the role. */
export const loginPage = (visit: OfficeVisit) => showLogin(visit, '')

export async function loginSubmit(visit: OfficeVisit, form: SubmittedForm) {
  const staffId = form.text('staffId')
  const given = { staffId, password: form.text('password') }
  const { ports } = visit.site
  const outcome = await beginStaffLogin(ports, visit.request, visit.browser.hash, given)
  if (!outcome.ok) return showLogin(visit, staffId, outcome)
  return visit.c.redirect(visit.paths.loginCode, 303)
}

export async function codePage(visit: OfficeVisit) {
  const { staffSessions } = visit.site.ports.store.tables
  const session = await staffSessions.find(visit.browser.hash, visit.bank.bankCode)
  if (session?.stage === 'pending') return showCode(visit)
  if (session?.stage === 'open') return visit.c.redirect(`/${visit.bank.bankCode}`, 303)
  return showDead(visit, refused('out-of-order'))
}

export async function codeSubmit(visit: OfficeVisit, form: SubmittedForm) {
  const { ports, browsers } = visit.site
  const afterLogin = browsers.renew()
  const both = { now: visit.browser.hash, afterLogin: afterLogin.hash }
  const outcome = await completeStaffLogin(ports, visit.request, both, form.text('otp'))
  if (outcome.ok) {
    browsers.keep(visit.c, afterLogin)
    return visit.c.redirect(firstRoomOf(outcome.value.role, visit.paths), 303)
  }
  const isOver = outcome.refusal === 'out-of-order' || outcome.refusal === 'draft-expired'
  return isOver ? showDead(visit, outcome) : showCode(visit, outcome)
}

/** Ends the session; the browser gets a new identifier. */
export async function logoutSubmit(visit: OfficeVisit) {
  const { ports, browsers } = visit.site
  await ports.store.tables.staffSessions.end(visit.browser.hash)
  browsers.keep(visit.c, browsers.renew())
  return visit.c.redirect(visit.paths.loggedOut, 303)
}

function showLogin(visit: OfficeVisit, staffId: string, refusal?: Refused) {
  return show(visit, {
    title: words.login.title,
    steps: { labels: words.login.steps, current: 1 },
    refused: refusal,
    children: (
      <>
        <WhyHere visit={visit} />
        <Form action={visit.paths.login} csrf={visit.browser.csrf} submit={words.login.submit}>
          <TextField
            name="staffId"
            label={words.login.staffId}
            value={staffId}
            autoComplete="username"
            width="medium"
            error={fieldError(refusal, 'staffId')}
          />
          <PasswordField
            name="password"
            label={words.login.password}
            error={fieldError(refusal, 'password')}
          />
        </Form>
      </>
    ),
  })
}

function WhyHere({ visit }: { visit: OfficeVisit }) {
  const notice = visit.c.req.query('notice')
  const { login } = words
  if (notice === 'ended') {
    return (
      <Notice kind="warning" heading={login.ended}>
        <p>{login.endedText}</p>
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

async function showCode(visit: OfficeVisit, refusal?: Refused) {
  const { ports } = visit.site
  const uri = await newSecondFactor(ports, visit.request, visit.browser.hash)
  return show(visit, {
    title: words.code.title,
    steps: { labels: words.login.steps, current: 2 },
    refused: refusal,
    children: (
      <>
        {uri !== undefined && <Enrolment uri={uri} />}
        <Form
          action={visit.paths.loginCode}
          csrf={visit.browser.csrf}
          submit={words.code.submit}
          secondary={{ href: visit.paths.login, label: words.backToLogin }}
        >
          <CodeField
            name="otp"
            label={words.code.otp}
            hint={words.code.otpHint}
            error={fieldError(refusal, 'otp')}
          />
        </Form>
      </>
    ),
  })
}

/** The first login: the key of the own token, for the authenticator, until its first code. */
function Enrolment({ uri }: { uri: string }) {
  const { code } = words
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <section aria-labelledby="enrol-heading">
      <h2 id="enrol-heading">{code.enrolHeading}</h2>
      <ol>
        {code.enrolSteps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <QrCode text={uri} label={code.qr} hint={code.qrHint} link={code.qrLink} />
      <p>{code.secret}</p>
      <p class="secret" data-field="secret">
        {secret.replace(/.{4}(?=.)/g, '$& ')}
      </p>
      <p class="note">{code.enrolOnce}</p>
    </section>
  )
}

const showDead = (visit: OfficeVisit, refusal: Refused) =>
  showDeadEnd(visit, words.code.title, refusal, {
    href: visit.paths.login,
    label: words.backToLogin,
  })
