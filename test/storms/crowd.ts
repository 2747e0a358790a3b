/**
 * Who puts load on a server that is about to be killed: API clients, and customers who transfer.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { accountOf, HOLDERS_PASSWORD, storeAccounts } from '../../bench/rig/accounts.ts'
import { Browser, locationOf } from '../../bench/rig/browser.ts'
import { FreshCodes } from '../../bench/rig/fresh-codes.ts'
import { joinInstallation } from '../../bench/rig/installation.ts'
import { openLine } from '../../bench/rig/line.ts'
import type { ServerProcess } from '../../bench/rig/server-process.ts'
import { freshCode, type HeldToken, storeTokens } from '../../bench/rig/tokens.ts'
import { verdictOf, verificationCall } from '../../bench/rig/verification-call.ts'
import type { Verification } from '../../src/bank/procedures/verification.ts'
import { DEMO_BANK, DEMO_BRANCH, DEMO_PAYEES } from '../../src/store/demo/demo-bank.ts'
import type { MovableClock } from './movable-clock.ts'

const TOKENS = 20_000
const CUSTOMERS = 32
/**
 * More at once would leave a server that has just started no time for the API before it is killed.
 */
const CUSTOMERS_AT_ONCE = 4
const API_LINES = 12
const UNDER_WAY_MS = 10_000

/** One submission of a fresh code; without a verdict its outcome is unknown. */
export interface Submission {
  readonly reference: string
  readonly token: HeldToken
  readonly step: number
  readonly otp: string
  verdict?: Verification | undefined
}

/** One transfer that was sent; only an acknowledged one is known to be done. */
export interface TransferTry {
  readonly customer: Customer
  readonly draftId: string
  readonly otp: string
  acknowledged: boolean
}

export interface Customer {
  readonly token: HeldToken
  readonly account: string
  readonly browser: Browser
}

export interface LoadRecord {
  readonly submissions: Submission[]
  readonly transfers: TransferTry[]
}

export interface Crowd {
  /** Puts load on the server until `end` is called or the server is gone. */
  start(server: ServerProcess): RunningLoad
}

export interface RunningLoad {
  /** Resolves when a code and a transfer were acknowledged, or after ten seconds without. */
  underWay(): Promise<void>
  end(): Promise<LoadRecord>
}

/** Stores tokens and customers with accounts, and lets the customers log in. */
export async function gatherCrowd(
  folder: string,
  server: ServerProcess,
  clock: MovableClock,
): Promise<Crowd> {
  const backdoor = await joinInstallation(folder)
  const tokens = await storeTokens(backdoor.pool, backdoor.vault, TOKENS + CUSTOMERS)
  const holders = tokens.splice(0, CUSTOMERS)
  await storeAccounts(backdoor.pool, holders)
  await backdoor.close()
  const codes = new FreshCodes(tokens, clock.now)
  const customers = holders.map((token, place) => ({
    token,
    account: accountOf(place),
    browser: new Browser(server.ready.banking),
  }))
  for (const { browser, token } of customers)
    await browser.login(token.contractId, HOLDERS_PASSWORD)
  return {
    start(server) {
      const record: LoadRecord = { submissions: [], transfers: [] }
      const load: Load = { server, record, clock, ended: false }
      const work = Promise.all([
        ...Array.from({ length: API_LINES }, () => verifyUntilEnded(load, codes)),
        ...groupsOf(customers, CUSTOMERS_AT_ONCE).map((group) => transferUntilEnded(load, group)),
      ])
      return {
        underWay: () => untilAcknowledged(record),
        async end() {
          load.ended = true
          await work
          return record
        },
      }
    },
  }
}

async function untilAcknowledged({ submissions, transfers }: LoadRecord): Promise<void> {
  const latestMs = performance.now() + UNDER_WAY_MS
  while (performance.now() < latestMs) {
    const codes = submissions.some(({ verdict }) => verdict !== undefined)
    if (codes && transfers.some(({ acknowledged }) => acknowledged)) return
    await sleep(10)
  }
}

interface Load {
  readonly server: ServerProcess
  readonly record: LoadRecord
  readonly clock: MovableClock
  ended: boolean
}

let submissions = 0

async function verifyUntilEnded(load: Load, codes: FreshCodes): Promise<void> {
  const { api, demo } = load.server.ready
  const line = await openLine(api).catch(() => undefined)
  while (!load.ended && line !== undefined) {
    const [code] = await codes.take(1)
    if (code === undefined) return
    submissions += 1
    const submission: Submission = { ...code, reference: `storm-${submissions}` }
    load.record.submissions.push(submission)
    const { otp, reference } = submission
    const { contractId } = code.token
    try {
      const call = verificationCall(demo.apiKey, { contractId, otp, reference })
      submission.verdict = verdictOf(await line.send(call))
    } catch {
      // The server is gone: whether this code was accepted is for the check to find out.
      return
    }
  }
  line?.close()
}

/** The members of a group transfer in turn, as often as their tokens show a fresh code. */
async function transferUntilEnded(load: Load, group: readonly Customer[]): Promise<void> {
  for (const { browser } of group) browser.moveTo(load.server.ready.banking)
  try {
    for (let going = true; going; ) {
      going = false
      for (const customer of group) {
        if (!load.ended && (await transferOnce(load, customer))) going = true
      }
    }
  } catch {
    // The server is gone; what was sent is in the record.
  }
}

function groupsOf<T>(items: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, group) =>
    items.filter((_item, place) => place % count === group),
  )
}

/** One transfer from form to result. False when it cannot go on in this load. */
async function transferOnce(load: Load, customer: Customer): Promise<boolean> {
  const { browser, token, account } = customer
  const code = freshCode(token, load.clock.now())
  if (code === undefined) return false
  const form = await browser.get('/transfer')
  // While the database is away nobody can go on, and a new login would leave drafts behind.
  if (form.status === 503) return false
  if (form.status !== 200) {
    await browser.login(token.contractId, HOLDERS_PASSWORD)
    await browser.get('/transfer')
  }
  const review = locationOf(await browser.post('/transfer', { fromAccount: account, ...payee() }))
  const draftId = /draft=([^&]+)/.exec(review ?? '')?.[1]
  if (review === undefined || draftId === undefined) return false
  await browser.get(review)
  const { otp } = code
  const attempted: TransferTry = { customer, draftId, otp, acknowledged: false }
  load.record.transfers.push(attempted)
  const result = locationOf(await browser.post('/transfer/review', { otp, draft: draftId }))
  attempted.acknowledged = result?.startsWith('/transfer/done') ?? false
  return attempted.acknowledged
}

/** Within the bank without a fee, or to another bank with one. */
function payee() {
  const [other] = DEMO_PAYEES
  const inside = { bankCode: DEMO_BANK.bankCode, branchCode: DEMO_BRANCH, accountNumber: '0000021' }
  const { bankCode, branchCode, accountNumber } = Math.random() < 0.5 ? inside : other
  return { bankCode, branchCode, accountNumber, accountType: 'ordinary', amount: '100', date: '' }
}
