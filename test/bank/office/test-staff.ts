/** Staff of the tests: each test appoints its own, with a token of the type of staff. */
import type { Request } from '../../../src/bank/attempt.ts'
import { STAFF_TOKEN_TYPE, type StaffRole } from '../../../src/bank/office/staff.ts'
import { DEMO_BANK, DEMO_STAFF } from '../../../src/store/demo/demo-bank.ts'
import type { HeldToken } from '../held-token.ts'
import { request, type TestBank } from '../test-bank.ts'

export interface TestStaff {
  readonly staffId: string
  readonly password: string
  readonly role: StaffRole
  readonly token: HeldToken
  /** A request of this staff member, signed in. */
  readonly request: Request
}

let appointed = 0

/** Appoints a staff member whose password is that of the demonstration's one with this role. */
export async function appoint(
  bank: TestBank,
  role: StaffRole,
  wish: { readonly enrolled?: boolean } = {},
): Promise<TestStaff> {
  const { bankCode } = DEMO_BANK
  const like = DEMO_STAFF.find((staff) => staff.role === role)
  if (like === undefined) throw new Error('the demonstration has changed')
  appointed += 1
  const staffId = `${role}-${appointed}`
  const token = await bank.makeToken({ type: STAFF_TOKEN_TYPE, issuer: bankCode })
  const enrolled = wish.enrolled ?? true
  await bank.pool.query(
    `insert into staff (bank_code, staff_id, name, role, password_hash, token_issuer, token_serial)
     select bank_code, $3, $4, role, password_hash, $5, $6
       from staff where bank_code = $1 and staff_id = $2`,
    [
      bankCode,
      like.staffId,
      staffId,
      `テスト　${appointed}`,
      enrolled ? token.issuer : null,
      enrolled ? token.serial : null,
    ],
  )
  const actor = { kind: 'staff', id: staffId } as const
  return { staffId, password: like.password, role, token, request: { ...request, actor } }
}

/** The events of a staff member in order, as `kind outcome`. */
export async function eventsOfStaff({ pool }: TestBank, staffId: string): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string; outcome: string }>(
    `select kind, outcome from event where actor_kind = 'staff' and actor_id = $1 order by seq`,
    [staffId],
  )
  return rows.map(({ kind, outcome }) => `${kind} ${outcome}`)
}
