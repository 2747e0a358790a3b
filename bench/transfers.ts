/** Transfers through the pages, from the review to the result, beside the bare SQL of their rows. */
import pg from 'pg'
import { DEMO_BANK, DEMO_BRANCH } from '../src/store/demo/demo-bank.ts'
import { type Act, actsPerSecond } from './load.ts'
import { accountOf, HOLDERS_PASSWORD, storeAccounts } from './rig/accounts.ts'
import { Browser, locationOf, refusalOf } from './rig/browser.ts'
import type { Backdoor } from './rig/installation.ts'
import { median } from './rig/statistics.ts'
import { freshCode, type HeldToken } from './rig/tokens.ts'
import type { Pair } from './verifications.ts'

/** Each customer transfers once: a token shows one code in 30 seconds. */
const CLIENTS = 4
const MOST_SECONDS = 20
const AMOUNT_YEN = '100'

interface Reviewing {
  readonly browser: Browser
  readonly token: HeldToken
}

/** The first round warms up both sides and is not counted. */
const ROUNDS = 4

/** Transfers a second of 4 customers at once; all stand at the review before the clock runs. */
export async function measureTransfers(
  banking: string,
  backdoor: Backdoor,
  holders: readonly HeldToken[],
): Promise<Pair> {
  await storeAccounts(backdoor.pool, holders)
  const reviewing: Reviewing[] = []
  for (const [place, token] of holders.entries()) {
    reviewing.push({ browser: await toReview(banking, token, accountOf(place)), token })
  }
  const bare = await openBareTransfers(backdoor.connectionString)
  const ours: number[] = []
  const reference: number[] = []
  const each = Math.floor(holders.length / ROUNDS)
  for (let round = 0; round < ROUNDS; round += 1) {
    const perSecond = await actsPerSecond(clientsOn(reviewing.splice(0, each)), MOST_SECONDS)
    const barePerSecond = await actsPerSecond(bare.clients(each), MOST_SECONDS)
    if (round === 0) continue
    ours.push(perSecond)
    reference.push(barePerSecond)
  }
  await bare.close()
  return { ours: median(ours), reference: median(reference) }
}

/** Clients that take the waiting customers one after another. */
function clientsOn(waiting: Reviewing[]): Act[] {
  const client = async () => {
    const next = waiting.pop()
    if (next === undefined) return false
    await transfer(next)
    return true
  }
  return Array.from({ length: CLIENTS }, () => client)
}

/** A browser that has logged in and filled in the form. */
async function toReview(banking: string, token: HeldToken, account: string): Promise<Browser> {
  const browser = new Browser(banking)
  await browser.login(token.contractId, HOLDERS_PASSWORD)
  await browser.get('/transfer')
  const answer = await browser.post('/transfer', {
    fromAccount: account,
    bankCode: DEMO_BANK.bankCode,
    branchCode: DEMO_BRANCH,
    accountType: 'ordinary',
    accountNumber: '0000021',
    amount: AMOUNT_YEN,
    date: '',
  })
  const review = locationOf(answer)
  if (review === undefined) throw new Error(`a transfer was refused: ${refusalOf(answer)}`)
  await browser.get(review)
  return browser
}

/** The code, and the result page. */
async function transfer({ browser, token }: Reviewing): Promise<void> {
  const code = freshCode(token, Date.now())
  const answer = await browser.post('/transfer/review', { otp: code?.otp ?? '' })
  const done = locationOf(answer)
  if (done === undefined) throw new Error(`a transfer was refused: ${refusalOf(answer)}`)
  const result = await browser.get(done)
  if (result.status !== 200) throw new Error(`a result page answered ${result.status}`)
  browser.close()
}

/** One transaction that moves the money and records it, on the accounts of the holders themselves. */
const BARE_TRANSFER: readonly [string, (number: string, receiptNo: number) => unknown[]][] = [
  [
    `update account set balance_yen = balance_yen - $1
      where bank_code = '1184' and branch_code = '001' and account_type = 'ordinary'
        and account_number = $2 and balance_yen >= $1`,
    (number) => [AMOUNT_YEN, number],
  ],
  [
    `update account set balance_yen = balance_yen + $1
      where bank_code = '1184' and branch_code = '001' and account_type = 'ordinary'
        and account_number = '0000021'`,
    () => [AMOUNT_YEN],
  ],
  [
    `insert into movement (bank_code, receipt_no, at, text, amount_yen, debit_branch, debit_type,
                           debit_number, credit_branch, credit_type, credit_number)
     values ('1184', $1, now(), '振込', $2, '001', 'ordinary', $3, '001', 'ordinary', '0000021')`,
    (number, receiptNo) => [receiptNo, AMOUNT_YEN, number],
  ],
  [
    `insert into transfer (bank_code, receipt_no, contract_id, from_branch, from_type, from_number,
                           to_bank, to_branch, to_type, to_number, payee_name, amount_yen, fee_yen,
                           day, booking_day, status, received_at)
     values ('1184', $1, 'bench', '001', 'ordinary', $2, '1184', '001', 'ordinary', '0000021',
             'ソクテイ', $3, 0, current_date, current_date, 'executed', now())`,
    (number, receiptNo) => [receiptNo, number, AMOUNT_YEN],
  ],
]

const FIRST_BARE_RECEIPT = 900_000_000

interface BareTransfers {
  /** Clients that make so many transfers together. */
  clients(count: number): Act[]
  close(): Promise<void>
}

async function openBareTransfers(connectionString: string): Promise<BareTransfers> {
  const connections = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new pg.Client(connectionString)
      await client.connect()
      return client
    }),
  )
  let receiptNo = FIRST_BARE_RECEIPT
  return {
    clients(count) {
      let left = count
      return connections.map((connection) => async () => {
        if (left === 0) return false
        left -= 1
        receiptNo += 1
        await bareTransfer(connection, accountOf(left), receiptNo)
        return true
      })
    },
    async close() {
      await Promise.all(connections.map((connection) => connection.end()))
    },
  }
}

async function bareTransfer(on: pg.Client, account: string, receiptNo: number): Promise<void> {
  await on.query('begin')
  for (const [step, [text, values]] of BARE_TRANSFER.entries()) {
    await on.query({ name: `bare-${step}`, text, values: values(account, receiptNo) })
  }
  await on.query('commit')
}
