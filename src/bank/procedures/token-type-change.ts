import { attempt, eventOf, type Request } from '../attempt.ts'
import { isDay } from '../calendar.ts'
import { readLine } from '../plain-text.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { TokenType } from '../token-type.ts'

const PROCEDURE = 'token-type-change'

/** What is not named stays, or is as usual in a new type. */
export interface TokenTypeForm {
  readonly name?: string
  readonly medium?: TokenType['medium']
  readonly kind?: TokenType['kind']
  readonly algorithm?: TokenType['algorithm']
  readonly digits?: number
  readonly periodSeconds?: number
  /** `YYYY-MM-DD`, or `none`. */
  readonly openFrom?: string
  readonly closedFrom?: string
}

const USUAL = { kind: 'totp', algorithm: 'SHA256', digits: 6, periodSeconds: 30 } as const
const NONE = 'none'
const MOST_CHARACTERS = 60

/**
 * Makes a type of token known to a bank, or changes what is named of one that it knows. Tokens that
 * exist go on computing as they were made: a type only says what is newly taken.
 *
 * Refusals: `invalid-input` with the field; `medium` also when a known type would get another one,
 * because it decides whose a token is.
 */
export async function changeTokenType(
  ports: Ports,
  request: Request,
  type: string,
  form: TokenTypeForm,
): Promise<Outcome<TokenType>> {
  // 1. The form is one that a type can have.
  const wrong = wrongField(type, form)
  if (wrong !== undefined) return refused('invalid-input', wrong)
  const { bankCode } = request.bank
  const attempted = { procedure: PROCEDURE }
  return attempt(
    ports,
    request,
    attempted,
    async (tx) => ({
      bank: await tx.administration.lockBank(bankCode),
      known: await tx.banks.tokenType(bankCode, type),
    }),
    async (tx, { bank, known }) => {
      // 2. The bank is served here; a new type has a name and a medium, a known one keeps its own.
      if (bank === undefined) return refused('invalid-input', 'bankCode')
      const name = form.name?.trim() ?? known?.name
      const medium = known?.medium ?? form.medium
      if (name === undefined) return refused('invalid-input', 'name')
      if (medium === undefined || (form.medium ?? medium) !== medium) {
        return refused('invalid-input', 'medium')
      }
      // 3. It takes effect, and the event tells what was named.
      const changed = withForm({ ...USUAL, ...known, type, name, medium }, form)
      await tx.administration.putTokenType(bankCode, changed)
      const detail = { type, ...form }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done(changed)
    },
  )
}

/** A prefix of serials, as `GM`; longer ones leave no room for the number. */
const TYPE = /^[A-Z][0-9A-Z]{1,3}$/

function wrongField(type: string, form: TokenTypeForm): string | undefined {
  const { name, digits, periodSeconds, openFrom, closedFrom } = form
  if (!TYPE.test(type)) return 'type'
  if (name !== undefined && readLine(name, MOST_CHARACTERS) === undefined) return 'name'
  if (digits !== undefined && digits !== 6 && digits !== 8) return 'digits'
  if (periodSeconds !== undefined && periodSeconds !== 30 && periodSeconds !== 60) {
    return 'periodSeconds'
  }
  if (!isDayOrNone(openFrom)) return 'openFrom'
  return isDayOrNone(closedFrom) ? undefined : 'closedFrom'
}

const isDayOrNone = (text: string | undefined): boolean =>
  text === undefined || text === NONE || isDay(text)

function withForm(before: TokenType, form: TokenTypeForm): TokenType {
  const { openFrom, closedFrom, ...lasting } = before
  const opens = form.openFrom ?? openFrom
  const closes = form.closedFrom ?? closedFrom
  return {
    ...lasting,
    kind: form.kind ?? before.kind,
    algorithm: form.algorithm ?? before.algorithm,
    digits: form.digits ?? before.digits,
    periodSeconds: form.periodSeconds ?? before.periodSeconds,
    ...(opens !== undefined && opens !== NONE && { openFrom: opens }),
    ...(closes !== undefined && closes !== NONE && { closedFrom: closes }),
  }
}
