import { type IdentityCheck, USUAL_CHECK } from '../../../bank/office/identity-check.ts'
import { setIdentityQuestions } from '../../../bank/procedures/identity-questions.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import type { OfficeRoute } from '../route.ts'
import { fieldError, type StaffVisit, show } from '../visit.tsx'

const words = japanese.office.identity
const FIELDS = Array.from({ length: 10 }, (_, place) => place + 1)

/** 本人確認の項目: the administrator's page. */
export const identityRoutes: readonly OfficeRoute[] = [
  {
    method: 'get',
    path: '/identity-questions',
    act: 'identity-settings',
    page: async (visit) => showForm(visit, await checkOf(visit)),
  },
  { method: 'post', path: '/identity-questions', act: 'identity-settings', submit },
]

async function checkOf(visit: StaffVisit): Promise<IdentityCheck> {
  const { identityChecks } = visit.site.ports.store.tables
  return (await identityChecks.of(visit.bank.bankCode)) ?? USUAL_CHECK
}

async function submit(visit: StaffVisit, form: SubmittedForm) {
  const questions = FIELDS.map((number) => form.text(`question${number}`))
  const least = form.text('least')
  const given = { questions, least }
  const outcome = await setIdentityQuestions(visit.site.ports, visit.staffRequest, given)
  if (outcome.ok) return visit.c.redirect(visit.paths.identitySaved, 303)
  return showForm(visit, given, outcome)
}

interface Shown {
  readonly questions: readonly string[]
  readonly least: string | number
}

function showForm(visit: StaffVisit, { questions, least }: Shown, refusal?: Refused) {
  const isSaved = refusal === undefined && visit.c.req.query('notice') === 'saved'
  return show(visit, {
    title: words.title,
    staff: visit,
    refused: refusal?.field === 'questions' ? { ...refusal, field: 'question1' } : refusal,
    children: (
      <>
        {isSaved && <Notice kind="success" heading={words.saved} />}
        <p>{words.text}</p>
        <Form action={visit.paths.identity} csrf={visit.browser.csrf} submit={words.submit}>
          {FIELDS.map((number) => (
            <TextField
              name={`question${number}`}
              label={words.question(number)}
              hint={number === 1 ? words.questionHint : undefined}
              value={questions[number - 1] ?? ''}
              maxLength={40}
              error={number === 1 ? fieldError(refusal, 'questions') : undefined}
            />
          ))}
          <TextField
            name="least"
            label={words.least}
            hint={words.leastHint}
            value={String(least)}
            inputMode="numeric"
            width="short"
            error={fieldError(refusal, 'least')}
          />
        </Form>
      </>
    ),
  })
}
