import { attempt, eventOf, type Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import { type CredentialsForm, mayLogIn, withCredentials } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { type Held, hold } from '../hold.ts'
import { acceptCode } from '../one-time-password.ts'
import type { Browser, Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'login'

export type LoginStep =
  /** `begun` is false for a second click, whose first one has begun the session. */
  | { readonly next: 'home'; readonly begun: boolean }
  | { readonly next: 'code'; readonly draftId: string }

/**
 * ログイン, step 1: contract ID and login password.
 *
 * Refusals: those of `withCredentials`, `frozen` (stopped by the bank).
 */
export function login(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browsers: Browsers,
  form: CredentialsForm,
): Promise<Outcome<LoginStep>> {
  return withCredentials<LoginStep>(ports, request, PROCEDURE, form, async (tx, contract) => {
    // 1. The bank has not stopped the service.
    const may = mayLogIn(contract)
    if (!may.ok) return may
    // 2. A contract that asks for a code at login goes on to the code; nobody is signed in yet.
    if (contract.otpAtLogin && contract.token !== undefined) {
      const draft = await openDraft(ports, tx, {
        browser: browsers.now,
        contract,
        procedure: PROCEDURE,
        step: 'code',
      })
      return done({ next: 'code', draftId: draft.id })
    }
    // 3. Else the session begins, under a new identifier; it ends every other one.
    await beginSession(ports, tx, request, browsers, contract)
    return done({ next: 'home', begun: true })
  })
}

/**
 * ログイン, step 2: the one-time password, for contracts that ask for it at login.
 *
 * Refusals: `out-of-order`, `draft-expired`, `no-token`, `frozen`, and those of `acceptCode`.
 */
export async function loginWithCode(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browsers: Browsers,
  form: { readonly draftId: string | undefined; readonly otp: string },
): Promise<Outcome<LoginStep>> {
  const found = await ports.store.tables.drafts.find(browsers.now, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  return attempt<Held, LoginStep>(
    ports,
    customer,
    { procedure: PROCEDURE, contractId },
    (tx) =>
      hold(tx, {
        browser: browsers.now,
        procedure: PROCEDURE,
        draftId: found.id,
        bankCode,
        contractId,
      }),
    async (tx, { draft, contract, token }) => {
      // 1. The customer has just given the password, in this browser. A second click changes
      // nothing.
      if (draft?.step === 'done') return done({ next: 'home', begun: false })
      const open = draftAtStep(draft, 'code', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract still has a token, and the bank has not stopped the service meanwhile.
      if (contract === undefined || token === undefined) return refused('no-token', 'otp')
      const may = mayLogIn(contract)
      if (!may.ok) return may
      // 3. The code is right and fresh: it is spent with the login.
      const accepted = await acceptCode(ports, tx, token, form.otp, request.bank.thresholds)
      if (!accepted.ok) return accepted
      // 4. The session begins, under a new identifier; it ends every other one.
      await beginSession(ports, tx, request, browsers, contract, token.serial)
      await tx.drafts.finish(open.value, {})
      return done({ next: 'home', begun: true })
    },
  )
}

/** The browser's identifier as it came, and the new one under which the session will run. */
export interface Browsers {
  readonly now: Browser
  readonly afterLogin: Browser
}

async function beginSession(
  ports: Ports,
  tx: Tx,
  request: Omit<Request, 'actor'>,
  browsers: Browsers,
  contract: Contract,
  serial?: string,
): Promise<void> {
  const nowMs = ports.clock.now()
  const { bankCode, contractId, lastLoginAtMs } = contract
  await tx.sessions.begin(browsers.afterLogin, {
    bankCode,
    contractId,
    startedAtMs: nowMs,
    lastSeenAtMs: nowMs,
    ...(lastLoginAtMs !== undefined && { previousLoginAtMs: lastLoginAtMs }),
  })
  await tx.contracts.noteLogin(contract, nowMs)
  const actor = { kind: 'customer', id: contractId } as const
  const attempted = { procedure: PROCEDURE, contractId, ...(serial && { serial }) }
  await tx.journal.append(eventOf(ports, { ...request, actor }, attempted, 'done'))
}
