import { STAFF_ROLES, type Staff } from '../../bank/office/staff.ts'
import {
  appointStaff,
  resetStaff,
  setStaffDisabled,
} from '../../bank/procedures/staff-administration.ts'
import type { Refused } from '../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../form.ts'
import { Facts } from '../parts/facts.tsx'
import { RadioGroup, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { japanese } from '../words/words.ts'
import type { OfficeRoute } from './route.ts'
import { fieldError, type StaffVisit, show } from './visit.tsx'
import { WorkTable } from './work-table.tsx'
import { shortTime } from './written-time.ts'

const words = japanese.office.staff
const { names } = japanese.office.roles

/** 職員: the administrator's pages. */
export const staffRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/staff', act: 'staff-manage', page: listPage },
  { method: 'get', path: '/staff/appoint', act: 'staff-manage', page: (v) => showAppoint(v) },
  { method: 'post', path: '/staff/appoint', act: 'staff-manage', submit: appointSubmit },
  { method: 'get', path: '/staff/:staffId', act: 'staff-manage', page: (v) => memberPage(v) },
  { method: 'post', path: '/staff/:staffId/disable', act: 'staff-manage', submit: disableAs(true) },
  { method: 'post', path: '/staff/:staffId/enable', act: 'staff-manage', submit: disableAs(false) },
  { method: 'post', path: '/staff/:staffId/reset', act: 'staff-manage', submit: resetSubmit },
]

const stateOf = (staff: Staff) =>
  staff.disabled ? words.disabled : staff.token === undefined ? words.notYet : words.active

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

async function appointSubmit(visit: StaffVisit, form: SubmittedForm) {
  const outcome = await appointStaff(visit.site.ports, visit.staffRequest, {
    staffId: form.text('staffId'),
    name: form.text('name'),
    role: form.text('role'),
  })
  if (!outcome.ok) return showAppoint(visit, outcome, form)
  return showPassword(visit, words.appointed, outcome.value.staffId, outcome.value.password)
}

function showAppoint(visit: StaffVisit, refusal?: Refused, form = EMPTY_FORM) {
  return show(visit, {
    title: words.appointTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{words.appointText}</p>
        <Form
          action={visit.paths.staffAppoint}
          csrf={visit.browser.csrf}
          submit={words.appoint}
          secondary={{ href: visit.paths.staff, label: japanese.office.back }}
        >
          <TextField
            name="staffId"
            label={words.columns.staffId}
            value={form.text('staffId')}
            width="medium"
            error={fieldError(refusal, 'staffId')}
          />
          <TextField
            name="name"
            label={words.nameLabel}
            value={form.text('name')}
            error={fieldError(refusal, 'name')}
          />
          <RadioGroup
            name="role"
            legend={words.roleLabel}
            options={STAFF_ROLES.map((role) => ({ value: role, label: names[role] }))}
            value={form.text('role')}
            error={fieldError(refusal, 'role')}
          />
        </Form>
      </>
    ),
  })
}

const staffIdOf = (visit: StaffVisit) => visit.c.req.param('staffId') ?? ''

async function memberPage(visit: StaffVisit, refusal?: Refused) {
  const { staff: table } = visit.site.ports.store.tables
  const staff = await table.find(visit.bank.bankCode, staffIdOf(visit))
  if (staff === undefined) return visit.c.notFound()
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
          <Changes visit={visit} staff={staff} />
        )}
      </>
    ),
  })
}

function Changes({ visit, staff }: { visit: StaffVisit; staff: Staff }) {
  const { paths } = visit
  const { csrf } = visit.browser
  return (
    <>
      <h2>{words.reset}</h2>
      <p>{words.resetText}</p>
      <Form action={paths.staffReset(staff.staffId)} csrf={csrf} submit={words.reset}>
        <RadioGroup
          name="newToken"
          legend={words.newToken}
          options={[
            { value: 'no', label: words.newTokenNo },
            { value: 'yes', label: words.newTokenYes },
          ]}
          value="no"
        />
      </Form>
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

async function resetSubmit(visit: StaffVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const staffId = staffIdOf(visit)
  const newToken = form.text('newToken') === 'yes'
  const outcome = await resetStaff(ports, visit.staffRequest, staffId, newToken)
  if (!outcome.ok) return memberPage(visit, outcome)
  return showPassword(visit, words.resetDone, staffId, outcome.value.password)
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
            {words.title}
          </a>
        </p>
      </>
    ),
  })
}
