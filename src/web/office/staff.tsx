import type { Staff } from '../../bank/office/staff.ts'
import {
  issueFirstPassword,
  resetStaff,
  setStaffDisabled,
} from '../../bank/procedures/staff-administration.ts'
import { staffRenewal } from '../../bank/procedures/staff-renewal.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Facts } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { japanese } from '../words/words.ts'
import { ReasonField } from './reason-field.tsx'
import type { OfficeRoute } from './route.ts'
import { appointPage, appointSubmit } from './staff-appoint.tsx'
import { type StaffVisit, show } from './visit.tsx'
import { WorkTable } from './work-table.tsx'
import { shortTime } from './written-time.ts'

const words = japanese.office.staff
const { names } = japanese.office.roles

/** 職員: the administrator's pages. */
export const staffRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/staff', act: 'staff-manage', page: listPage },
  { method: 'get', path: '/staff/appoint', act: 'staff-manage', page: appointPage },
  { method: 'post', path: '/staff/appoint', act: 'staff-manage', submit: appointSubmit },
  { method: 'get', path: '/staff/:staffId', act: 'staff-manage', page: (v) => memberPage(v) },
  { method: 'post', path: '/staff/:staffId/disable', act: 'staff-manage', submit: disableAs(true) },
  { method: 'post', path: '/staff/:staffId/enable', act: 'staff-manage', submit: disableAs(false) },
  { method: 'post', path: '/staff/:staffId/reset', act: 'staff-manage', submit: resetSubmit },
  { method: 'post', path: '/staff/:staffId/renewal', act: 'staff-manage', submit: renewalSubmit },
  { method: 'post', path: '/staff/:staffId/first-password', act: 'staff-manage', submit: handOver },
]

function stateOf(staff: Staff): string {
  if (staff.disabled) return words.disabled
  if (staff.passwordState === 'due') return words.passwordDue
  return staff.token === undefined ? words.notYet : words.active
}

const lastLogin = (staff: Staff) =>
  staff.lastLoginAtMs === undefined ? words.never : shortTime(staff.lastLoginAtMs)

async function listPage(visit: StaffVisit) {
  const { columns } = words
  const all = await visit.site.ports.store.tables.staff.list(visit.bank.bankCode)
  return show(visit, {
    title: words.title,
    staff: visit,
    wide: true,
    children: (
      <>
        <p>
          <a class="button button--secondary" href={visit.paths.staffAppoint}>
            {words.appoint}
          </a>
        </p>
        <WorkTable
          caption={words.caption}
          columns={[columns.staffId, columns.name, columns.role, columns.state, columns.lastLogin]}
          empty={words.empty}
          rows={all.map((staff) => [
            <a href={visit.paths.staffMember(staff.staffId)}>{staff.staffId}</a>,
            staff.name,
            names[staff.role],
            stateOf(staff),
            lastLogin(staff),
          ])}
        />
      </>
    ),
  })
}

const staffIdOf = (visit: StaffVisit) => visit.c.req.param('staffId') ?? ''

async function memberPage(visit: StaffVisit, refusal?: Refused) {
  const { tables } = visit.site.ports.store
  const staff = await tables.staff.find(visit.bank.bankCode, staffIdOf(visit))
  if (staff === undefined) return visit.c.notFound()
  const token = staff.token && (await tables.tokens.get(staff.token))
  const isSelf = staff.staffId === visit.staff.staffId
  return show(visit, {
    title: staff.name,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <Facts
          items={[
            { field: 'staffId', label: words.columns.staffId, value: staff.staffId, large: true },
            { field: 'role', label: words.columns.role, value: names[staff.role] },
            { field: 'state', label: words.columns.state, value: stateOf(staff) },
            { field: 'lastLogin', label: words.columns.lastLogin, value: lastLogin(staff) },
          ]}
        />
        {isSelf ? (
          <Notice kind="info">
            <p>{words.selfText}</p>
          </Notice>
        ) : (
          <Changes
            visit={visit}
            staff={staff}
            isProven={token?.state === 'active'}
            refusal={refusal}
          />
        )}
      </>
    ),
  })
}

interface ChangesProps {
  readonly visit: StaffVisit
  readonly staff: Staff
  /** Whether the person's own token was proven by a code: alone, nobody else comes in then. */
  readonly isProven: boolean
  readonly refusal: Refused | undefined
}

function Changes({ visit, staff, isProven, refusal }: ChangesProps) {
  const { paths } = visit
  const { csrf } = visit.browser
  const { staffId, passwordState } = staff
  return (
    <>
      {passwordState === 'due' && (
        <>
          <h2>{words.handOver}</h2>
          <p>{words.handOverText}</p>
          <Form action={paths.staffFirstPassword(staffId)} csrf={csrf} submit={words.handOver} />
        </>
      )}
      {isProven && (
        <>
          <h2>{words.reset}</h2>
          <p>{words.resetText}</p>
          <Form action={paths.staffReset(staffId)} csrf={csrf} submit={words.reset} />
        </>
      )}
      {passwordState !== 'due' && (
        <>
          <h2>{words.renew}</h2>
          <p>{words.renewText}</p>
          <Form
            action={paths.staffRenewal(staffId)}
            csrf={csrf}
            submit={japanese.office.proposals.prepare}
          >
            <ReasonField hint={words.reasonHint} refusal={refusal} />
          </Form>
        </>
      )}
      <h2>{staff.disabled ? words.enable : words.disable}</h2>
      {staff.disabled ? (
        <Form action={paths.staffEnable(staff.staffId)} csrf={csrf} submit={words.enable} />
      ) : (
        <>
          <p>{words.disableText}</p>
          <Form
            action={paths.staffDisable(staff.staffId)}
            csrf={csrf}
            submit={words.disable}
            tone="danger"
          />
        </>
      )}
    </>
  )
}

function disableAs(disabled: boolean) {
  return async (visit: StaffVisit) => {
    const { ports } = visit.site
    const staffId = staffIdOf(visit)
    const outcome = await setStaffDisabled(ports, visit.staffRequest, staffId, disabled)
    if (!outcome.ok) return memberPage(visit, outcome)
    return visit.c.redirect(visit.paths.staffMember(staffId), 303)
  }
}

async function resetSubmit(visit: StaffVisit) {
  const { ports } = visit.site
  const staffId = staffIdOf(visit)
  const outcome = await resetStaff(ports, visit.staffRequest, staffId, false)
  if (!outcome.ok) return memberPage(visit, outcome)
  return showPassword(visit, words.resetDone, staffId, outcome.value.password)
}

async function renewalSubmit(visit: StaffVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const prepared = { subject: staffIdOf(visit), facts: {} }
  const reason = form.text('reason')
  const outcome = await staffRenewal.propose(ports, visit.staffRequest, prepared, reason)
  if (!outcome.ok) return memberPage(visit, outcome)
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

async function handOver(visit: StaffVisit) {
  const { ports } = visit.site
  const staffId = staffIdOf(visit)
  const outcome = await issueFirstPassword(ports, visit.staffRequest, staffId)
  if (!outcome.ok) return memberPage(visit, outcome)
  return showPassword(visit, words.handedOver, staffId, outcome.value.password)
}

/** Shown once, for the paper that the person gets: it is kept nowhere but as a hash. */
function showPassword(visit: StaffVisit, heading: string, staffId: string, password: string) {
  return show(visit, {
    title: words.title,
    staff: visit,
    children: (
      <>
        <Notice kind="success" heading={heading}>
          <p>{words.passwordNext}</p>
        </Notice>
        <Facts
          items={[{ field: 'staffId', label: words.columns.staffId, value: staffId, large: true }]}
        />
        <p>{words.passwordOnce}</p>
        <p class="secret" data-field="password">
          {password}
        </p>
        <p>
          <a class="button button--primary" href={visit.paths.staff}>
            {words.toList}
          </a>
        </p>
      </>
    ),
  })
}
