import type { Child } from 'hono/jsx'
import type { Request } from '../../bank/attempt.ts'
import type { CredentialsForm } from '../../bank/credentials.ts'
import type { Browser, Ports } from '../../bank/ports.ts'
import type { Outcome, Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { PasswordField, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { fieldError, show, type Visit } from './visit.tsx'

/**
 * A procedure that begins, from the foot of the login page, with contract ID and login password.
 */
export interface FootProcedure {
  readonly title: string
  readonly steps: readonly string[]
  readonly action: string
  /** What stands above the form. */
  readonly before?: Child
  readonly begin: (
    ports: Ports,
    request: Omit<Request, 'actor'>,
    browser: Browser,
    form: CredentialsForm,
  ) => Promise<Outcome<{ draftId: string }>>
  /** The address of the next step of that draft. */
  readonly next: (draftId: string) => string
}

/** The first step of such a procedure: its page, and what its form does. */
export function credentialsStep(procedureOf: (visit: Visit) => FootProcedure) {
  return {
    page: (visit: Visit) => showCredentials(visit, procedureOf(visit), ''),

    async submit(visit: Visit, form: SubmittedForm) {
      const procedure = procedureOf(visit)
      const contractId = form.text('contractId')
      const loginPassword = form.text('loginPassword')
      const credentials = { contractId, loginPassword }
      const { ports } = visit.site
      const outcome = await procedure.begin(ports, visit.request, visit.browser.hash, credentials)
      if (!outcome.ok) return showCredentials(visit, procedure, contractId, outcome)
      return visit.c.redirect(procedure.next(outcome.value.draftId), 303)
    },
  }
}

function showCredentials(
  visit: Visit,
  procedure: FootProcedure,
  contractId: string,
  refusal?: Refused,
) {
  const { credentials, backToLogin } = visit.words.banking
  return show(visit, {
    title: procedure.title,
    steps: { labels: procedure.steps, current: 1 },
    refused: refusal,
    children: (
      <>
        {procedure.before}
        <p>{credentials}</p>
        <Form
          action={procedure.action}
          csrf={visit.browser.csrf}
          secondary={{ href: visit.paths.login, label: backToLogin }}
        >
          <CredentialsFields visit={visit} contractId={contractId} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

/** Contract ID and login password. The password is never sent back to the page. */
export function CredentialsFields(props: {
  readonly visit: Visit
  readonly contractId: string
  readonly refusal: Refused | undefined
}) {
  const { visit, contractId, refusal } = props
  const { banking } = visit.words
  return (
    <>
      <TextField
        name="contractId"
        label={banking.contractId}
        hint={banking.contractIdHint}
        value={contractId}
        inputMode="numeric"
        autoComplete="username"
        width="medium"
        error={fieldError(visit, refusal, 'contractId')}
      />
      <PasswordField
        name="loginPassword"
        label={banking.loginPassword}
        hint={banking.loginPasswordHint}
        error={fieldError(visit, refusal, 'loginPassword')}
      />
    </>
  )
}
