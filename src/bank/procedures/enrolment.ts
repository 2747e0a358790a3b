import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import { mayAct, type PasswordKind, withPassword } from '../credentials.ts'
import { type Draft, draftAtStep, openDraft } from '../draft.ts'
import { readNewPassword } from '../login-password.ts'
import { readMailAddress } from '../mail-address.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'enrolment'

export interface EnrolmentCredentials {
  readonly contractId: string
  /** As it came on paper. */
  readonly enrolmentPassword: string
}

export interface EnrolmentForm {
  readonly draftId: string | undefined
  readonly loginPassword: string
  readonly loginPasswordAgain: string
  readonly mail: string
}

export interface EnrolmentResult extends ReceiptFacts {
  readonly mail: string
}

const ENROLMENT_PASSWORD: PasswordKind = {
  field: 'enrolmentPassword',
  toldAt: 'contractId',
  hashOf: (contract) => contract.enrolment?.hash,
}

/**
 * 利用登録, step 1: contract ID and the enrolment password from paper.
 *
 * Refusals: those of `withPassword`, `frozen`, `draft-expired` (the enrolment password is too old).
 */
export function beginEnrolment(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: EnrolmentCredentials,
): Promise<Outcome<{ draftId: string }>> {
  const { contractId, enrolmentPassword: password } = form
  const given = { contractId, password, kind: ENROLMENT_PASSWORD }
  return withPassword(ports, request, PROCEDURE, given, async (tx, contract) => {
    // 1. The contract may act, and its enrolment password is still good.
    const may = mayEnrol(contract, ports.clock.now())
    if (!may.ok) return may
    // 2. The draft waits for the login password.
    const draft = await openDraft(ports, tx, {
      browser,
      contract,
      procedure: PROCEDURE,
      step: 'password',
    })
    return done({ draftId: draft.id })
  })
}

/**
 * 利用登録, step 2: the login password, twice, and the mail address. The enrolment password is used
 * up by it. Sent again it answers with the first result.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `invalid-input`.
 */
export async function completeEnrolment(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: EnrolmentForm,
): Promise<Outcome<EnrolmentResult>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  if (found.step === 'done') return done(found.result as EnrolmentResult)
  const { bankCode, contractId } = found
  // 1. The form is whole. The password is hashed before anything is held.
  const { loginPassword, loginPasswordAgain } = form
  const chosen = readNewPassword(contractId, 'loginPassword', loginPassword, loginPasswordAgain)
  if (!chosen.ok) return chosen
  const mail = readMailAddress(form.mail)
  if (mail === undefined) return refused('invalid-input', 'mail')
  const passwordHash = await ports.passwords.hash(chosen.value)

  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<EnrolmentHeld, EnrolmentResult>(
    ports,
    customer,
    attempted,
    async (tx) => ({
      draft: await tx.drafts.lock(browser, PROCEDURE, found.id),
      contract: await tx.contracts.lock(bankCode, contractId),
    }),
    async (tx, { draft, contract }) => {
      // 2. The draft waits for this; a second click gets the first click's result.
      if (draft?.step === 'done') return done(draft.result as EnrolmentResult)
      const open = draftAtStep(draft, 'password', ports.clock.now())
      if (!open.ok) return open
      // 3. The contract may still act, and the enrolment password is still good and unused.
      if (contract?.enrolment === undefined) return refused('out-of-order')
      const may = mayEnrol(contract, ports.clock.now())
      if (!may.ok) return may
      // 4. Login password and mail address take effect: one conditional write.
      if (!(await tx.contracts.enrol(contract, passwordHash, mail))) return refused('out-of-order')
      // 5. Receipt, event and notice: to the new address, and to one that the bank knew before.
      const receipt = await drawReceipt(ports, tx)
      const result: EnrolmentResult = { ...receipt, mail }
      await recordAct(ports, tx, customer, {
        attempted,
        contract: { ...contract, mail },
        receipt,
        notice: { act: 'インターネットバンキング利用登録', lines: [] },
        ...(contract.mail !== '' && { alsoTo: contract.mail }),
      })
      await tx.drafts.finish(open.value, result)
      return done(result)
    },
  )
}

interface EnrolmentHeld {
  readonly draft: Draft | undefined
  readonly contract: Contract | undefined
}

function mayEnrol(contract: Contract, nowMs: number): Outcome<Contract> {
  const may = mayAct(contract)
  if (!may.ok) return may
  const expired = contract.enrolment !== undefined && nowMs >= contract.enrolment.expiresAtMs
  return expired ? refused('draft-expired') : done(contract)
}
