/** Reservations as customers make and cancel them, and the run that executes them. */
import { expect } from 'vitest'
import type { Authorisation } from '../../../src/bank/authorisation.ts'
import type { Ports } from '../../../src/bank/ports.ts'
import { cancelReservation } from '../../../src/bank/procedures/reservation-cancel.ts'
import { runReservations } from '../../../src/bank/procedures/reservation-run.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import { type Customer, contractOf, requestOf, rightAnswers, type TestBank } from '../test-bank.ts'
import { type review, reviewed } from './transfer-steps.ts'

/** The day after the tests' own. */
export const TOMORROW = '2026-11-25'
export const TOMORROW_8_MS = Date.parse(`${TOMORROW}T08:00:00+09:00`)

const fails = (error: unknown) => {
  throw error
}

/** One run of a process, which is not expected to meet trouble. */
export const run = (ports: Ports) => runReservations(ports, 'a run', fails)

export async function withToken(bank: TestBank, balanceYen = 1_000_000) {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token, balanceYen }) }
}

/** Reserves a transfer for tomorrow and lets a minute pass; returns its receipt number. */
export async function reserved(
  bank: TestBank,
  customer: Customer,
  token: HeldToken | undefined,
  change: Parameters<typeof review>[2] = {},
): Promise<string> {
  const { send } = await reviewed(bank, customer, token, { date: TOMORROW, ...change })
  const outcome = await send()
  if (!outcome.ok) throw new Error(outcome.refusal)
  expect(outcome.value.status).toBe('reserved')
  bank.clock.nowMs += 60_000
  return outcome.value.receiptNo
}

export async function recordOf(bank: TestBank, customer: Customer, receiptNo: string) {
  const contract = await contractOf(bank, customer)
  return bank.ports.store.tables.transfers.find(contract, receiptNo)
}

export const usedOn = async (bank: TestBank, customer: Customer, day: string) =>
  bank.ports.store.tables.transfers.usedYen(await contractOf(bank, customer), day)

export async function cancel(
  bank: TestBank,
  customer: Customer,
  token: HeldToken | undefined,
  receiptNo: string,
  { given = {}, ports = bank.ports }: { given?: Partial<Authorisation>; ports?: Ports } = {},
) {
  return cancelReservation(ports, requestOf(customer), {
    receiptNo,
    otp: token ? codeAt(token, bank.clock.now()) : '',
    answers: token ? {} : await rightAnswers(bank, customer),
    ...given,
  })
}
