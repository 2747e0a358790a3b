import { cellsOf, challengeFor } from '../../bank/confirmation.ts'
import type { Contract } from '../../bank/contract.ts'
import type { Draft } from '../../bank/draft.ts'
import type { Tx } from '../../bank/ports.ts'
import type { Refused } from '../../bank/refusal.ts'
import { type Challenge, ConfirmationFields } from '../parts/confirmation.tsx'
import { CodeField } from '../parts/fields.tsx'
import { challengeShown, confirmationErrors } from './confirmation.ts'
import { DemoCard } from './demo-card.tsx'
import { type CustomerVisit, fieldError, type Visit } from './visit.tsx'

/** What the customer's own confirmation method asks, and what the demonstration shows with it. */
interface Asked {
  readonly challenge: Challenge
  /** The cells of the customer's card, in the demonstration only, where nobody has one of paper. */
  readonly demoCells: readonly string[] | undefined
}

/** The code field of a customer with a token, or the own confirmation method of one without. */
export function AuthorisationFields(props: {
  readonly visit: CustomerVisit
  readonly asked: Asked | undefined
  readonly refusal: Refused | undefined
}) {
  const { visit, asked, refusal } = props
  const { otp, otpHint } = visit.words.banking
  return asked === undefined ? (
    <CodeField name="otp" label={otp} hint={otpHint} error={fieldError(visit, refusal, 'otp')} />
  ) : (
    <AskedFields visit={visit} asked={asked} refusal={refusal} />
  )
}

/** The fields of the confirmation method. */
export function AskedFields(props: {
  readonly visit: Visit
  readonly asked: Asked
  readonly refusal: Refused | undefined
}) {
  const { visit, refusal } = props
  const { challenge, demoCells } = props.asked
  return (
    <>
      <ConfirmationFields challenge={challenge} errors={confirmationErrors(visit, refusal)} />
      {demoCells && <DemoCard visit={visit} kind={challenge.kind} cells={demoCells} />}
    </>
  )
}

/** What a customer without a token is asked; undefined for one with a token. */
export function askedOf(visit: CustomerVisit): Promise<Asked | undefined> {
  const { bankCode, contractId } = visit.contract
  return visit.site.ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.lock(bankCode, contractId)
    if (contract === undefined || contract.token !== undefined) return undefined
    return ask(visit, tx, contract)
  })
}

/** What the customer of a draft is asked by the own confirmation method, with a token or without. */
export function askedOfDraft(visit: Visit, draft: Draft): Promise<Asked> {
  return visit.site.ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.lock(draft.bankCode, draft.contractId)
    if (contract === undefined) throw new Error('the contract of a draft has vanished')
    return ask(visit, tx, contract)
  })
}

/** The contract is locked by the caller. */
async function ask(visit: Visit, tx: Tx, contract: Contract): Promise<Asked> {
  const { ports, demo } = visit.site
  const challenge = challengeShown(await challengeFor(ports, tx, contract))
  const hasCard = contract.method !== 'confirmation-password'
  const demoCells = demo && hasCard ? await cellsOf(ports, tx, contract) : undefined
  return { challenge, demoCells }
}
