import type { PasswordState, Staff, StaffRole } from '../../bank/office/staff.ts'
import type { StaffSession, StaffSessions, StaffTable } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface StaffRow {
  bank_code: string
  staff_id: string
  name: string
  role: StaffRole
  password_hash: string
  password_state: PasswordState
  token_issuer: string | null
  token_serial: string | null
  disabled: boolean
  last_login_at: Date | null
}

const COLUMNS = `s.bank_code, s.staff_id, s.name, s.role, s.password_hash, s.password_state,
  s.token_issuer, s.token_serial, s.disabled, s.last_login_at`

function staffOf(found: StaffRow): Staff {
  return {
    bankCode: found.bank_code,
    staffId: found.staff_id,
    name: found.name,
    role: found.role,
    passwordHash: found.password_hash,
    passwordState: found.password_state,
    disabled: found.disabled,
    ...(found.token_issuer !== null &&
      found.token_serial !== null && {
        token: { issuer: found.token_issuer, serial: found.token_serial },
      }),
    ...(found.last_login_at !== null && { lastLoginAtMs: found.last_login_at.getTime() }),
  }
}

const THIS = 'bank_code = $1 and staff_id = $2'
const key = (of: Pick<Staff, 'bankCode' | 'staffId'>) => [of.bankCode, of.staffId]

export function staffOn(on: Runner): StaffTable {
  const read = async (bankCode: string, staffId: string, lock: string) => {
    const text = `select ${COLUMNS} from staff s where ${THIS} ${lock}`
    const found = await row<StaffRow>(on, text, [bankCode, staffId])
    return found && staffOf(found)
  }
  return {
    find: (bankCode, staffId) => read(bankCode, staffId, ''),
    lock: (bankCode, staffId) => read(bankCode, staffId, 'for update'),

    async list(bankCode) {
      const text = `select ${COLUMNS} from staff s where bank_code = $1 order by staff_id`
      return (await rows<StaffRow>(on, text, [bankCode])).map(staffOf)
    },

    async insert(staff) {
      const { name, role, passwordHash, passwordState, disabled } = staff
      const text = `insert into staff (bank_code, staff_id, name, role, password_hash,
                                       password_state, disabled)
                    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`
      const values = [...key(staff), name, role, passwordHash, passwordState, disabled]
      return (await changes(on, text, values)) === 1
    },

    async setToken(staff, token) {
      const text = `update staff set token_issuer = $3, token_serial = $4
                     where ${THIS} and token_serial is not distinct from $5`
      const values = [token?.issuer ?? null, token?.serial ?? null, staff.token?.serial ?? null]
      return (await changes(on, text, [...key(staff), ...values])) === 1
    },

    async setPassword(staff, passwordHash, state) {
      const text = `update staff set password_hash = $3, password_state = $4 where ${THIS}`
      return (await changes(on, text, [...key(staff), passwordHash, state])) === 1
    },

    async setDisabled(staff, disabled) {
      const text = `update staff set disabled = $3 where ${THIS} and disabled <> $3`
      return (await changes(on, text, [...key(staff), disabled])) === 1
    },

    async noteLogin(staff, nowMs) {
      const text = `update staff set last_login_at = $3 where ${THIS}`
      await changes(on, text, [...key(staff), new Date(nowMs)])
    },
  }
}

interface SessionRow {
  bank_code: string
  staff_id: string
  stage: StaffSession['stage']
  started_at: Date
  last_seen_at: Date
}

const sessionOf = (found: SessionRow): StaffSession => ({
  bankCode: found.bank_code,
  staffId: found.staff_id,
  stage: found.stage,
  startedAtMs: found.started_at.getTime(),
  lastSeenAtMs: found.last_seen_at.getTime(),
})

export function staffSessionsOn(on: Runner): StaffSessions {
  return {
    async begin(browser, session) {
      const { bankCode, staffId, stage } = session
      if (stage === 'open') {
        const ended = `delete from staff_session where ${THIS} and stage = 'open'`
        await changes(on, ended, [bankCode, staffId])
      }
      await changes(
        on,
        `insert into staff_session (browser, bank_code, staff_id, stage, started_at, last_seen_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (browser) do update
            set bank_code = excluded.bank_code, staff_id = excluded.staff_id,
                stage = excluded.stage, started_at = excluded.started_at,
                last_seen_at = excluded.last_seen_at`,
        [
          browser,
          bankCode,
          staffId,
          stage,
          new Date(session.startedAtMs),
          new Date(session.lastSeenAtMs),
        ],
      )
    },

    async find(browser, bankCode) {
      const text = `select bank_code, staff_id, stage, started_at, last_seen_at
                      from staff_session where browser = $1 and bank_code = $2`
      const found = await row<SessionRow>(on, text, [browser, bankCode])
      return found && sessionOf(found)
    },

    async touch(browser, bankCode, limits) {
      // One statement, so that a staff member who is disabled meanwhile is not let in once more.
      const found = await row<SessionRow & StaffRow>(
        on,
        `update staff_session x set last_seen_at = $3
           from staff s
          where x.browser = $1 and x.bank_code = $2 and x.stage = 'open'
            and x.last_seen_at > $4 and x.started_at > $5
            and s.bank_code = x.bank_code and s.staff_id = x.staff_id and not s.disabled
          returning x.stage, x.started_at, x.last_seen_at, ${COLUMNS}`,
        [
          browser,
          bankCode,
          new Date(limits.nowMs),
          new Date(limits.nowMs - limits.idleMs),
          new Date(limits.nowMs - limits.absoluteMs),
        ],
      )
      return found && { ...sessionOf(found), staff: staffOf(found) }
    },

    async end(browser) {
      await changes(on, 'delete from staff_session where browser = $1', [browser])
    },

    async endAll(staff) {
      await changes(on, `delete from staff_session where ${THIS}`, key(staff))
    },
  }
}
