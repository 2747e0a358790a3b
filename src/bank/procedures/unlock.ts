import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import type { BankProfile } from '../contract.ts'
import { type FourEyesAct, fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import { type HeldCustomer, holdCustomer } from '../office/held-customer.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

/** The counters that lock, each for itself. */
export const LOCKS = ['password', 'confirmation', 'code'] as const

export type Lock = (typeof LOCKS)[number]

/** As the customer's notice calls what was locked. */
const NAMES = {
  password: 'ログインパスワード',
  confirmation: '確認用パスワード・カード',
  code: 'ワンタイムパスワード',
} as const satisfies Record<Lock, string>

export interface HeldWithCounter extends HeldCustomer {
  /** Consecutive wrong login passwords. */
  readonly loginFailures: number
}

/**
 * ロック解除 of one counter: a clerk prepares it with the reason, a supervisor approves. A seed that was
 * guessed at a hundred times stays locked for good: that token has to be reissued.
 *
 * Refusals: `unknown-contract`, `no-token`, `wrong-state` (nothing is locked, or it never opens).
 */
export const unlock = Object.fromEntries(
  LOCKS.map((lock) => [
    lock,
    fourEyesAct<HeldWithCounter>({
      act: `unlock-${lock}`,
      hold: holdWithCounter,
      guard: async (_ports, _tx, held, _prepared, request) => mayUnlock(lock, held, request.bank),
      execute: (ports, tx, request, held) => open(lock, ports, tx, request, held),
    }),
  ]),
) as Record<Lock, FourEyesAct>

/** The counter first, as the login does. */
async function holdWithCounter(
  ports: Ports,
  tx: Tx,
  bankCode: string,
  prepared: Prepared,
): Promise<HeldWithCounter> {
  const loginFailures = await tx.logins.lock(bankCode, prepared.subject, ports.clock.now())
  return { ...(await holdCustomer(tx, bankCode, prepared.subject)), loginFailures }
}

/** Whether there is something to open. */
export function mayUnlock(lock: Lock, held: HeldWithCounter, bank: BankProfile): Outcome<true> {
  const { thresholds } = bank
  const { contract, token, loginFailures } = held
  // 1. There is such a customer, and a token where it is about one.
  if (contract === undefined) return refused('unknown-contract')
  if (lock === 'code' && token === undefined) return refused('no-token')
  // 2. It is locked, and can be opened.
  const locked = {
    password: loginFailures >= thresholds.password,
    confirmation: contract.confirmationFailures >= thresholds.confirmation,
    code:
      token !== undefined &&
      token.failures >= thresholds.code &&
      token.guesses < thresholds.seedGuesses,
  }
  return locked[lock] ? done(true) : refused('wrong-state')
}

async function open(
  lock: Lock,
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract, token }: HeldWithCounter,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined) return refused('unknown-contract')
  const { bankCode, contractId } = contract
  if (lock === 'password') await tx.logins.reset(bankCode, contractId)
  else if (lock === 'confirmation') await tx.contracts.resetConfirmationFailures(contract)
  else if (token !== undefined) await tx.tokens.resetFailures(token)
  const receipt = await drawReceipt(ports, tx)
  await recordAct(ports, tx, request, {
    attempted: {
      procedure: `unlock-${lock}`,
      contractId,
      ...(lock === 'code' && token && { serial: token.serial }),
    },
    contract,
    receipt,
    notice: { act: 'ロック解除', lines: [['解除したもの', NAMES[lock]]] },
  })
  return done(receipt)
}
