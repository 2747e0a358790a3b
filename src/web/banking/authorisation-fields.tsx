import { challengeFor } from '../../bank/confirmation.ts'
import type { Refused } from '../../bank/refusal.ts'
import { type Challenge, ConfirmationFields } from '../parts/confirmation.tsx'
import { CodeField } from '../parts/fields.tsx'
import { challengeShown, confirmationErrors } from './confirmation.ts'
import { type CustomerVisit, fieldError } from './visit.tsx'

/** The code field of a customer with a token, or the own confirmation method of one without. */
export function AuthorisationFields(props: {
  readonly visit: CustomerVisit
  readonly challenge: Challenge | undefined
  readonly refusal: Refused | undefined
}) {
  const { visit, challenge, refusal } = props
  const { otp, otpHint } = visit.words.banking
  return challenge === undefined ? (
    <CodeField name="otp" label={otp} hint={otpHint} error={fieldError(visit, refusal, 'otp')} />
  ) : (
    <ConfirmationFields challenge={challenge} errors={confirmationErrors(visit, refusal)} />
  )
}

/** What a customer without a token is asked; undefined for one with a token. */
export function challengeOf(visit: CustomerVisit): Promise<Challenge | undefined> {
  const { ports } = visit.site
  const { bankCode, contractId } = visit.contract
  return ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.lock(bankCode, contractId)
    if (contract === undefined || contract.token !== undefined) return undefined
    return challengeShown(await challengeFor(ports, tx, contract))
  })
}
