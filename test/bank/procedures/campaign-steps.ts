/** Steps of campaigns: each test has types of token of its own, so that none meets another's. */
import { addDays, dayOf } from '../../../src/bank/calendar.ts'
import type { Campaign, CampaignPlan } from '../../../src/bank/office/campaign.ts'
import type { FourEyesAct } from '../../../src/bank/office/four-eyes.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import type { HeldToken } from '../held-token.ts'
import type { TestStaff } from '../office/test-staff.ts'
import { type Customer, MORNING_MS, type Process, type TestBank } from '../test-bank.ts'

export const TODAY = dayOf(MORNING_MS)
export const inDays = (days: number): string => addDays(TODAY, days)
const REASON = '会議で決定'

let types = 0

/** A type of token that the bank takes. */
export async function newType({ pool }: TestBank): Promise<string> {
  types += 1
  const type = `X${types}`
  await pool.query(
    `insert into token_type values ('1184', $1, 'テストトークン', 'phone', 'totp', 'SHA256', 6, 30)`,
    [type],
  )
  return type
}

export interface User extends Customer {
  readonly token: HeldToken
}

/** So many customers who use the type. */
export async function usersOf(bank: TestBank, type: string, count: number): Promise<User[]> {
  const users: User[] = []
  for (let place = 0; place < count; place += 1) {
    const token = await bank.makeToken({ type })
    users.push({ ...(await bank.open({ token, otpAtLogin: true })), token })
  }
  return users
}

export interface Office {
  readonly clerk: TestStaff
  readonly supervisor: TestStaff
}

export const prepare = (
  { ports }: Process,
  { clerk }: Pick<Office, 'clerk'>,
  act: FourEyesAct,
  subject: string,
  facts: object = {},
) => act.propose(ports, clerk.request, { subject, facts: { ...facts } }, REASON)

/** Prepares it and has it approved. */
export async function decide(
  process: Process,
  office: Office,
  act: FourEyesAct,
  subject: string,
  facts: object = {},
): Promise<string> {
  const id = proposalIdOf(await prepare(process, office, act, subject, facts))
  const approved = await act.approve(process.ports, office.supervisor.request, id, '')
  if (!approved.ok) throw new Error(`the approval was refused: ${approved.refusal}`)
  return id
}

export function proposalIdOf(outcome: Outcome<{ readonly id: string }>): string {
  if (!outcome.ok) throw new Error(`the proposal was refused: ${outcome.refusal}`)
  return outcome.value.id
}

export async function campaignOf({ ports }: Process, id: string): Promise<Campaign> {
  const campaign = await ports.store.tables.campaigns.find('1184', id)
  if (campaign === undefined) throw new Error('the campaign of the test has vanished')
  return campaign
}

/** A plan for a type that is open: closed from tomorrow on. */
export const planFor = (more: Partial<CampaignPlan> = {}): CampaignPlan => ({
  closedFrom: inDays(1),
  reminderDays: [],
  ...more,
})
