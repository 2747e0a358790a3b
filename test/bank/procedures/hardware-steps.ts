/** What the staff does with hardware tokens, from the shelf to the customer and back. */
import type { Application } from '../../../src/bank/hardware/hardware.ts'
import type { TokenShape } from '../../../src/bank/hardware/stock.ts'
import {
  type PaperForm,
  recordApplication,
} from '../../../src/bank/procedures/hardware-application.ts'
import { assignSerial } from '../../../src/bank/procedures/hardware-assign.ts'
import { dispatchToken } from '../../../src/bank/procedures/hardware-dispatch.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import type { TokenState } from '../../../src/bank/token.ts'
import type { HeldToken } from '../held-token.ts'
import type { TestStaff } from '../office/test-staff.ts'
import type { Customer, Process, TestBank } from '../test-bank.ts'

export function wanted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal} ${outcome.field ?? ''}`)
  return outcome.value
}

let batches = 5_000

/** A batch of one shape; its number and what makes tokens in it. */
export async function makeBatch(bank: TestBank, shape: TokenShape) {
  batches += 1
  const batchNo = String(batches)
  await bank.pool.query(
    `insert into stock_batch (bank_code, batch_no, type, format, file_name, shape, tokens,
                              actor_kind, actor_id, imported_at)
     values ('1184', $1, 'HW', 'csv', 'tokens.csv', $2, 0, 'staff', 'test', $3)`,
    [batchNo, shape, new Date(bank.clock.nowMs)],
  )
  let line = 0
  const makeToken = async (wish: { state?: TokenState; endsOn?: string } = {}) => {
    line += 1
    const state = wish.state ?? 'stocked'
    const token = await bank.makeToken({ type: 'HW', issuer: '1184', state })
    await bank.pool.query(
      `update token set batch_no = $2, batch_line = $3, ends_on = $4 where serial = $1`,
      [token.serial, batchNo, line, wish.endsOn ?? null],
    )
    return token
  }
  return { batchNo, makeToken }
}

export const paperOf = ({ contractId }: Customer, change: Partial<PaperForm> = {}): PaperForm => ({
  contractId,
  appliedOn: '2026-11-20',
  shape: 'any',
  fee: 'taken',
  waiver: '',
  sealChecked: 'yes',
  ...change,
})

let parcels = 0

/** A parcel number that no other test uses. */
export function newParcelNo(): string {
  parcels += 1
  return `9${String(parcels).padStart(10, '0')}`
}

/** A customer whose application stands at the given state, with the token meant for it. */
export async function onTheWay(
  bank: TestBank,
  clerk: TestStaff,
  until: 'received' | 'assigned' | 'shipped',
  shape: TokenShape = 1,
) {
  const customer = await bank.open()
  const token = await (await makeBatch(bank, shape)).makeToken()
  const { ports } = bank
  const recorded = wanted(await recordApplication(ports, clerk.request, paperOf(customer)))
  const { applicationNo } = recorded
  const parcelNo = newParcelNo()
  const { serial } = token
  if (until !== 'received') {
    wanted(await assignSerial(ports, clerk.request, { applicationNo, serial }))
  }
  if (until === 'shipped') {
    wanted(await dispatchToken(ports, clerk.request, { applicationNo, parcelNo }))
  }
  return { customer, token, applicationNo, parcelNo }
}

export async function applicationOf(
  { ports }: Process,
  applicationNo: string,
): Promise<Application | undefined> {
  return ports.store.tables.hardware.applications.find('1184', applicationNo)
}

export async function stateOf({ ports }: Process, token: HeldToken): Promise<TokenState> {
  const found = await ports.store.tables.tokens.get(token)
  if (found === undefined) throw new Error('the token of the test has vanished')
  return found.state
}
