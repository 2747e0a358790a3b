import { foldTyped } from '../oath/typed-text.ts'
import { attempt, type Request } from './attempt.ts'
import type { Contract } from './contract.ts'
import type { Ports, Tx } from './ports.ts'
import { done, type Outcome, refused } from './refusal.ts'

export interface CredentialsForm {
  readonly contractId: string
  readonly loginPassword: string
}

/** What no password exceeds; a longer text is refused before it costs anything. */
const MAX_PASSWORD_LENGTH = 64

/** With which password a customer comes: the own login password, or the one on paper. */
export interface PasswordKind {
  /** The field of the form. */
  readonly field: 'loginPassword' | 'enrolmentPassword' | 'currentPassword'
  /** The field at which a wrong one is told: the ID where that was typed too. */
  readonly toldAt: 'contractId' | 'currentPassword'
  readonly hashOf: (contract: Contract) => string | undefined
}

const LOGIN_PASSWORD: PasswordKind = {
  field: 'loginPassword',
  toldAt: 'contractId',
  hashOf: (contract) => contract.loginPasswordHash,
}

/**
 * The first step of every procedure at the foot of the login page: contract ID and login password.
 * `act` goes on in the same transaction, with the contract locked.
 *
 * Refusals: those of `withPassword`.
 */
export function withCredentials<T>(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  procedure: string,
  form: CredentialsForm,
  act: (tx: Tx, contract: Contract) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { contractId, loginPassword } = form
  const given = { contractId, password: loginPassword, kind: LOGIN_PASSWORD }
  return withPassword(ports, request, procedure, given, act)
}

/**
 * Proves a customer by contract ID and a password. Wrong ones of either kind count together.
 *
 * An unknown contract ID takes the same steps as a known one, and locks like it: the answer, its
 * length and its time tell nothing. Nor do they tell whether a contract is enrolled.
 *
 * Refusals: `invalid-input`, `too-many-requests`, `locked-password`, `wrong-credentials` (counts).
 */
export async function withPassword<T>(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  procedure: string,
  given: { readonly contractId: string; readonly password: string; readonly kind: PasswordKind },
  act: (tx: Tx, contract: Contract) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const contractId = readContractId(given.contractId)
  if (contractId === undefined) return refused('invalid-input', 'contractId')
  const { field, toldAt, hashOf } = given.kind
  const { password } = given
  if (password === '' || password.length > MAX_PASSWORD_LENGTH) {
    return refused('invalid-input', field)
  }
  const { bankCode, thresholds } = request.bank
  const known = await ports.store.tables.contracts.find(bankCode, contractId)
  const hash = known && hashOf(known)
  const right = await ports.passwords.verify(hash, password)
  if (right === 'busy') return refused('too-many-requests')

  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  return attempt(
    ports,
    customer,
    { procedure, contractId },
    async (tx) => ({
      failures: await tx.logins.lock(bankCode, contractId, ports.clock.now()),
      contract: await tx.contracts.lock(bankCode, contractId),
    }),
    async (tx, { failures, contract }) => {
      if (failures >= thresholds.password) return refused('locked-password', toldAt)
      if (!right || contract === undefined || hashOf(contract) !== hash) {
        const counts = { counter: 'password', contractId } as const
        return { ...refused('wrong-credentials', toldAt), counts }
      }
      if (failures > 0) await tx.logins.reset(bankCode, contractId)
      return act(tx, contract)
    },
  )
}

/** Six to twelve letters or digits, as banks of the centre have them. Full width is forgiven. */
export function readContractId(typed: string): string | undefined {
  const contractId = foldTyped(typed)
  return contractId !== undefined && /^[0-9A-Za-z]{6,12}$/.test(contractId) ? contractId : undefined
}

/** A customer whose service the bank has stopped does not even come in. */
export function mayLogIn(contract: Contract): Outcome<Contract> {
  return contract.frozenBy === 'bank' ? refused('frozen') : done(contract)
}

/** What a contract must be for any act that changes something or moves money. */
export function mayAct(contract: Contract): Outcome<Contract> {
  return contract.frozen ? refused('frozen') : done(contract)
}
