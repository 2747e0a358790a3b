/** Transfers through the pages, from the review to the result, beside the bare SQL of their rows. */
import pg from 'pg'
import { DEMO_BANK, DEMO_BRANCH } from '../src/store/demo-bank.ts'
import { actsPerSecond } from './load.ts'
import { accountOf, HOLDERS_PASSWORD, storeAccounts } from './rig/accounts.ts'
import { Browser, locationOf, refusalOf } from './rig/browser.ts'
import type { Backdoor } from './rig/installation.ts'
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
  const client = async () => {
    const next = reviewing.pop()
    if (next === undefined) return false
    await transfer(next)
    return true
  }
  const ours = await actsPerSecond(
    Array.from({ length: CLIENTS }, () => client),
    MOST_SECONDS,
  )
  const reference = await bareTransfers(backdoor.connectionString, holders.length)
  return { ours, reference }
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

async function bareTransfers(connectionString: string, count: number): Promise<number> {
  let left = count
  const connections = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new pg.Client(connectionString)
      await client.connect()
      return client
    }),
  )
  const clients = connections.map((connection) => async () => {
    if (left === 0) return false
    left -= 1
    const place = left
    await connection.query('begin')
    for (const [step, [text, values]] of BARE_TRANSFER.entries()) {
      const given = values(accountOf(place), FIRST_BARE_RECEIPT + place)
      await connection.query({ name: `bare-${step}`, text, values: given })
    }
    await connection.query('commit')
    return true
  })
  const perSecond = await actsPerSecond(clients, MOST_SECONDS)
  await Promise.all(connections.map((connection) => connection.end()))
  return perSecond
}
