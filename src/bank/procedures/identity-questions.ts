import { attempt, eventOf, type Request } from '../attempt.ts'
import { type IdentityCheck, readIdentityCheck } from '../office/identity-check.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'identity-questions'

/**
 * 本人確認の項目: what clerks ask who calls, and how much of it has to be right.
 *
 * Refusals: `invalid-input` (at `questions`, at `least`).
 */
export function setIdentityQuestions(
  ports: Ports,
  request: Request,
  form: { readonly questions: readonly string[]; readonly least: string },
): Promise<Outcome<IdentityCheck>> {
  const { bankCode } = request.bank
  const attempted = { procedure: PROCEDURE }
  return attempt<undefined, IdentityCheck>(
    ports,
    request,
    attempted,
    async () => undefined,
    async (tx) => {
      // 1. There are some, and the number can be reached.
      const check = readIdentityCheck(form.questions, form.least)
      if ('wrong' in check) return refused('invalid-input', check.wrong)
      // 2. From now on they are asked.
      await tx.identityChecks.set(bankCode, check)
      const detail = { questions: check.questions.join('・'), least: check.least }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done(check)
    },
  )
}
