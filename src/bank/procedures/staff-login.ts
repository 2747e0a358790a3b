import { printOtpauthUri } from '../../oath/otpauth-uri.ts'
import { printSerial, SERIALS_PER_PREFIX } from '../../oath/serial.ts'
import { attempt, eventOf, type Request } from '../attempt.ts'
import { STAFF_TOKEN_TYPE, type Staff } from '../office/staff.ts'
import { counterOf } from '../office/staff-counter.ts'
import { acceptCode } from '../one-time-password.ts'
import type { Browser, Ports, StaffSession, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'

const PROCEDURE = 'staff-login'

/** So long the page for the code waits after the password. */
export const PENDING_MS = 10 * 60 * 1000

/** RFC 4226 §4, R6: at least 128 bits, 160 recommended; 256 as for the customers' tokens. */
const SEED_BYTES = 32

const MAX_PASSWORD_LENGTH = 64

/**
 * 職員ログイン, step 1: staff ID and password. An unknown ID takes the same steps as a known one, and
 * locks like it. At the first login the staff member's own token is made, for step 2 to show.
 *
 * Refusals: `invalid-input`, `too-many-requests`, `locked-password`, `wrong-credentials` (counts).
 */
export async function beginStaffLogin(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: { readonly staffId: string; readonly password: string },
): Promise<Outcome<StaffSession>> {
  const staffId = form.staffId.trim().toLowerCase()
  if (!/^[a-z0-9.-]{3,32}$/.test(staffId)) return refused('invalid-input', 'staffId')
  if (form.password === '' || form.password.length > MAX_PASSWORD_LENGTH) {
    return refused('invalid-input', 'password')
  }
  const { bankCode, thresholds } = request.bank
  const known = await ports.store.tables.staff.find(bankCode, staffId)
  const right = await ports.passwords.verify(known?.passwordHash, form.password)
  if (right === 'busy') return refused('too-many-requests')
  const counter = counterOf(staffId)
  return attempt<{ failures: number; staff: Staff | undefined }, StaffSession>(
    ports,
    { ...request, actor: { kind: 'staff', id: staffId } },
    { procedure: PROCEDURE },
    async (tx) => ({
      failures: await tx.logins.lock(bankCode, counter, ports.clock.now()),
      staff: await tx.staff.lock(bankCode, staffId),
    }),
    async (tx, { failures, staff }) => {
      // 1. Not locked; the password is right, and the person still works here.
      if (failures >= thresholds.password) return refused('locked-password', 'staffId')
      const isThem = right && staff?.passwordHash === known?.passwordHash
      if (!isThem || staff === undefined || staff.disabled) {
        const counts = { counter: 'password', contractId: counter } as const
        return { ...refused('wrong-credentials', 'staffId'), counts }
      }
      if (failures > 0) await tx.logins.reset(bankCode, counter)
      // 2. Whoever has no token yet gets one; it counts from its first code on.
      if (staff.token === undefined) await makeToken(ports, tx, staff)
      // 3. The session waits for the code. Nobody is signed in yet.
      const nowMs = ports.clock.now()
      const times = { startedAtMs: nowMs, lastSeenAtMs: nowMs }
      const session = { bankCode, staffId, stage: 'pending', ...times } as const
      await tx.staffSessions.begin(browser, session)
      return done(session)
    },
  )
}

/**
 * 職員ログイン, step 2: the one-time password of the staff member's own token.
 *
 * Refusals: `out-of-order`, `draft-expired`, those of `acceptCode`.
 */
export async function completeStaffLogin(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browsers: { readonly now: Browser; readonly afterLogin: Browser },
  otp: string,
): Promise<Outcome<Staff>> {
  const { bankCode, thresholds } = request.bank
  const found = await ports.store.tables.staffSessions.find(browsers.now, bankCode)
  if (found?.stage !== 'pending') return refused('out-of-order')
  const { staffId } = found
  const themselves: Request = { ...request, actor: { kind: 'staff', id: staffId } }
  const attempted = { procedure: PROCEDURE }
  return attempt<{ staff: Staff | undefined; token: Token | undefined }, Staff>(
    ports,
    themselves,
    attempted,
    async (tx) => {
      const staff = await tx.staff.lock(bankCode, staffId)
      return { staff, token: staff?.token && (await tx.tokens.lock(staff.token)) }
    },
    async (tx, { staff, token }) => {
      // 1. The password was given in this browser a short while ago.
      const pending = await tx.staffSessions.find(browsers.now, bankCode)
      if (pending?.stage !== 'pending') return refused('out-of-order')
      const nowMs = ports.clock.now()
      if (nowMs - pending.startedAtMs > PENDING_MS) return refused('draft-expired')
      if (staff === undefined || staff.disabled || token === undefined) {
        return refused('out-of-order')
      }
      // 2. The code is right and fresh; a new token is proven by it.
      const accepted = await acceptCode(ports, tx, token, otp, thresholds)
      if (!accepted.ok) return accepted
      if (token.state === 'provisioned') await tx.tokens.move(token, 'active')
      // 3. The session begins, under a new identifier; it ends every other one.
      await tx.staffSessions.end(browsers.now)
      const times = { startedAtMs: nowMs, lastSeenAtMs: nowMs }
      const session = { bankCode, staffId, stage: 'open', ...times } as const
      await tx.staffSessions.begin(browsers.afterLogin, session)
      await tx.staff.noteLogin(staff, nowMs)
      await tx.journal.append(eventOf(ports, themselves, attempted, 'done'))
      return done(staff)
    },
  )
}

/**
 * What step 2 shows at the first login, for the staff member's authenticator: the key URI of a
 * token that no code has proven yet. Afterwards it is never shown again.
 */
export async function newSecondFactor(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
): Promise<string | undefined> {
  const { tables } = ports.store
  const { bankCode, name } = request.bank
  const session = await tables.staffSessions.find(browser, bankCode)
  if (session?.stage !== 'pending') return undefined
  const staff = await tables.staff.find(bankCode, session.staffId)
  const token = staff?.token && (await tables.tokens.get(staff.token))
  if (token?.state !== 'provisioned') return undefined
  return printOtpauthUri({
    type: 'totp',
    issuer: name,
    account: session.staffId,
    secret: await ports.vault.openSeed(token),
    algorithm: token.algorithm,
    digits: token.digits as 6,
    periodSeconds: token.periodSeconds,
  })
}

async function makeToken(ports: Ports, tx: Tx, staff: Staff): Promise<void> {
  const issuer = staff.bankCode
  const algorithm = 'SHA256'
  const serial = printSerial(STAFF_TOKEN_TYPE, ports.random.below(SERIALS_PER_PREFIX))
  const seed = await ports.vault.sealSeed(
    { issuer, serial, algorithm },
    ports.random.bytes(SEED_BYTES),
  )
  const shape = { kind: 'totp', algorithm, digits: 6, periodSeconds: 30 } as const
  const token = { issuer, serial, type: STAFF_TOKEN_TYPE, ...shape, seed }
  const made = await tx.tokens.insert({ ...token, state: 'provisioned' })
  if (!made) throw new Error('a serial of staff was drawn twice')
  await tx.staff.setToken(staff, { issuer, serial })
}
