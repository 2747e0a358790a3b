/**
 * 交換 under kill -9: at whatever moment the server dies, each contract has exactly one token whose
 * codes count, the books say the same, and the form sent once more ends what was begun.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt, type HeldToken } from './bank/held-token.ts'
import {
  type Customer,
  openTestBank,
  type TestBank,
  tokenOf,
  WRAPPING_KEY,
} from './bank/test-bank.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { type Page, type Visitor, visitor } from './web/visitor.ts'

const CUSTOMERS = 16
const PERIOD_MS = 30_000
/** The server is killed when so many have got their answer, while the others are under way. */
const KILLED_AFTER_ANSWERS = [0, 1, 3, 6, 10]
const WITHIN_MS = 120_000

let bank: TestBank
let server: ServerProcess
let folder: string
beforeAll(async () => {
  bank = await openTestBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-exchange-'))
  fs.writeFileSync(path.join(folder, 'key'), WRAPPING_KEY.toString('hex'))
  server = await start('0')
})
afterAll(async () => {
  await server?.stop()
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const start = (port: string): Promise<ServerProcess> =>
  startServer({
    ICHIDO_MODE: 'demo',
    ICHIDO_DATA: folder,
    DATABASE_URL: bank.connectionString,
    BANKING_PORT: port,
  })

/** A customer before the last form, with both tokens at hand. */
interface Exchanging {
  readonly customer: Customer
  readonly old: HeldToken
  readonly successor: HeldToken
  readonly browser: Visitor
  readonly form: Page
  readonly typed: Record<string, string>
}

async function toLastForm(): Promise<Exchanging> {
  const old = await bank.makeToken()
  const successor = await bank.makeToken({ state: 'provisioned' })
  const customer = await bank.open({ token: old })
  const { contractId, loginPassword } = customer
  const browser = visitor(server.origins.banking)
  const first = await browser.open('/1184/otp/exchange')
  const current = await browser.submit(first, { contractId, loginPassword })
  const form = await browser.submit(current, { otp: codeAt(old, Date.now()) })
  expect(form.path).toContain('/otp/exchange/new')
  const typed = { serial: successor.serial, otp: codeAt(successor, Date.now()) }
  return { customer, old, successor, browser, form, typed }
}

/** Whether the form was answered with its result; the server may be gone before. */
async function submit({ browser, form, typed }: Exchanging): Promise<boolean> {
  try {
    return (await browser.submit(form, typed)).path.includes('/otp/exchange/done')
  } catch {
    return false
  }
}

/** What another channel is told of a code that the token has not shown yet. */
async function verdict({ customer }: Exchanging, token: HeldToken): Promise<string> {
  const answer = await fetch(`${server.origins.api}/v1/verifications`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      contractId: customer.contractId,
      otp: codeAt(token, Date.now() + PERIOD_MS),
      purpose: 'other',
    }),
  })
  const { result, code } = (await answer.json()) as { result: string; code?: string }
  return code ?? result
}

/** How often the exchange stands in the books. */
async function recorded({ customer }: Exchanging): Promise<number[]> {
  const { rows } = await bank.pool.query<{ counts: number[] }>(
    `select array[
       (select count(*) from receipt where contract_id = $1 and procedure = 'otp-exchange'),
       (select count(*) from event
         where contract_id = $1 and kind = 'otp-exchange' and outcome = 'done'),
       (select count(*) from notice where contract_id = $1),
       (select count(*) from draft where contract_id = $1 and step = 'done')]::int[] as counts`,
    [customer.contractId],
  )
  return rows[0]?.counts ?? []
}

/** Exactly one of the two counts, and everything agrees on which. */
async function expectOneToken(exchanging: Exchanging): Promise<boolean> {
  const { old, successor } = exchanging
  const verdicts = [await verdict(exchanging, old), await verdict(exchanging, successor)]
  const done = verdicts[1] === 'accepted'
  expect(verdicts).toEqual(done ? ['wrong-code', 'accepted'] : ['accepted', 'wrong-code'])
  const states = [(await tokenOf(bank, old)).state, (await tokenOf(bank, successor)).state]
  expect(states).toEqual(done ? ['exchanged', 'active'] : ['active', 'provisioned'])
  expect(await recorded(exchanging)).toEqual(done ? [1, 1, 1, 1] : [0, 0, 0, 0])
  return done
}

/** All submit at once, and the server dies in the middle. Which of them were answered before. */
async function submitUntilKilled(all: readonly Exchanging[], answers: number): Promise<boolean[]> {
  let answered = 0
  const isTime = Promise.withResolvers<void>()
  const submitted = all.map(async (exchanging) => {
    const told = await submit(exchanging)
    answered += 1
    if (answered === answers) isTime.resolve()
    return told
  })
  if (answers === 0) isTime.resolve()
  await isTime.promise
  await server.kill()
  const told = await Promise.all(submitted)
  server = await start(new URL(server.origins.banking).port)
  return told
}

test(
  'killed at any moment, each contract keeps exactly one valid token',
  async () => {
    const found = { done: 0, undone: 0 }
    for (const answers of KILLED_AFTER_ANSWERS) {
      const all = await Promise.all(Array.from({ length: CUSTOMERS }, toLastForm))
      const told = await submitUntilKilled(all, answers)
      for (const [place, exchanging] of all.entries()) {
        const done = await expectOneToken(exchanging)
        // What was acknowledged was done; what was not may have been.
        if (told[place]) expect(done).toBe(true)
        found[done ? 'done' : 'undone'] += 1
      }
    }
    // The kills came in the middle: neither before all exchanges nor after them.
    expect(found.done).toBeGreaterThan(0)
    expect(found.undone).toBeGreaterThan(0)
  },
  WITHIN_MS,
)

test(
  'the form sent once more ends the exchange, once',
  async () => {
    const all = await Promise.all(Array.from({ length: CUSTOMERS }, toLastForm))
    await submitUntilKilled(all, 5)
    expect(await Promise.all(all.map(submit))).toEqual(Array(CUSTOMERS).fill(true))
    for (const exchanging of all) expect(await expectOneToken(exchanging)).toBe(true)
  },
  WITHIN_MS,
)
