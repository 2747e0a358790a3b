import { changeStaffPassword } from '../../bank/procedures/staff-administration.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { PasswordField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { japanese } from '../words/words.ts'
import { firstRoomOf } from './navigation.ts'
import type { OfficeRoute } from './route.ts'
import { fieldError, type StaffVisit, show } from './visit.tsx'

const words = japanese.office.staff

export const PASSWORD_PATH = '/password'

/** パスワードの変更 by every staff member. */
export const passwordRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: PASSWORD_PATH, act: 'signed-in', page: (visit) => showForm(visit) },
  { method: 'post', path: PASSWORD_PATH, act: 'signed-in', submit: passwordSubmit },
]

async function passwordSubmit(visit: StaffVisit, form: SubmittedForm) {
  const outcome = await changeStaffPassword(visit.site.ports, visit.staffRequest, {
    currentPassword: form.text('currentPassword'),
    newPassword: form.text('newPassword'),
  })
  return outcome.ok ? showForm(visit, undefined, true) : showForm(visit, outcome)
}

function showForm(visit: StaffVisit, refusal?: Refused, done = false) {
  return show(visit, {
    title: words.passwordTitle,
    staff: visit,
    refused: refusal,
    children: done ? (
      <Notice kind="success" heading={words.passwordDone}>
        <p>
          <a href={firstRoomOf(visit.staff.role, visit.paths)}>{words.toFirstRoom}</a>
        </p>
      </Notice>
    ) : (
      <>
        {visit.staff.passwordState !== 'own' && (
          <Notice kind="warning" heading={words.passwordFirst}>
            <p>{words.passwordFirstText}</p>
          </Notice>
        )}
        <Form action={visit.paths.password} csrf={visit.browser.csrf} submit={words.passwordSubmit}>
          <PasswordField
            name="currentPassword"
            label={words.currentPassword}
            error={fieldError(refusal, 'currentPassword')}
          />
          <PasswordField
            name="newPassword"
            label={words.newPassword}
            autoComplete="new-password"
            error={fieldError(refusal, 'newPassword')}
          />
        </Form>
      </>
    ),
  })
}
