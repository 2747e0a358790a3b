/** Many guesses at once through the pages of two processes, each from a browser of its own. */
import { Browser, locationOf, refusalOf } from '../../bench/rig/browser.ts'
import { codeAt, type HeldToken, PERIOD_SECONDS } from '../../bench/rig/tokens.ts'
import { timeStep } from '../../src/oath/totp.ts'
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import { type Findings, shown, tally } from './findings.ts'
import { HOLDERS_PASSWORD, storeLoginHolders, wrongCodes } from './holders.ts'
import type { TwoProcesses } from './two-processes.ts'

const GUESSES = 200
const FIRST_NUMBER = 2_000_000
/** So many log in at once; the hashing of passwords is the bound. */
const LOGINS_AT_ONCE = 8
const { code: CODE_THRESHOLD, password: PASSWORD_THRESHOLD } = DEMO_BANK.thresholds

/** Each round: 200 wrong codes at one contract, then 200 wrong passwords at another. */
export async function stormPageGuesses(
  two: TwoProcesses,
  findings: Findings,
  rounds: number,
): Promise<void> {
  const holders = await storeLoginHolders(two.backdoor, 2 * rounds, FIRST_NUMBER)
  const codes: string[] = []
  const passwords: string[] = []
  while (holders.length >= 2) {
    const [one, other] = holders.splice(0, 2) as [HeldToken, HeldToken]
    codes.push(...(await guessCodes(two, findings, one)))
    passwords.push(...(await guessPasswords(two, findings, other)))
  }
  findings.note(`${GUESSES} codes at once by page, ${rounds} contracts: ${shown(tally(codes))}`)
  findings.note(`${GUESSES} passwords at once, ${rounds} contracts: ${shown(tally(passwords))}`)
}

async function guessCodes(
  two: TwoProcesses,
  findings: Findings,
  holder: HeldToken,
): Promise<string[]> {
  const browsers = openBrowsers(two)
  const waiting = [...browsers]
  const logIn = async () => {
    for (let browser = waiting.pop(); browser !== undefined; browser = waiting.pop()) {
      const next = await browser.login(holder.contractId, HOLDERS_PASSWORD)
      if (!next.startsWith('/login/code')) throw new Error(`a login led to ${next}`)
      await browser.get(next)
    }
  }
  await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, logIn))
  const step = timeStep(two.clock.now(), PERIOD_SECONDS)
  const guesses = wrongCodes(holder, step, GUESSES)
  const guess = async (browser: Browser, otp: string) => {
    const answer = await browser.post('/login/code', { otp })
    return locationOf(answer) === undefined ? refusalOf(answer) : 'accepted'
  }
  const results = await Promise.all(
    browsers.map((browser, place) => guess(browser, guesses[place] ?? '')),
  )
  const counts = tally(results)
  const wrong = counts.get('wrong-code') ?? 0
  const told = `guesses at ${holder.serial} by page: ${shown(counts)}`
  findings.expect(wrong <= CODE_THRESHOLD, told)
  expectOnly(findings, told, results, ['wrong-code', 'locked-code'])
  const { rows } = await two.backdoor.pool.query<{ failures: number; guesses: number }>(
    'select failures, guesses from token where serial = $1',
    [holder.serial],
  )
  findings.expect(rows[0]?.guesses === wrong, `${told}; ${rows[0]?.guesses} counted`)
  const [browser] = browsers
  const right = browser && (await guess(browser, codeAt(holder, step)))
  findings.expect(right === 'locked-code', `${told}; the right code afterwards: ${right}`)
  for (const open of browsers) open.close()
  return results
}

async function guessPasswords(
  two: TwoProcesses,
  findings: Findings,
  { contractId }: HeldToken,
): Promise<string[]> {
  const browsers = openBrowsers(two)
  for (const browser of browsers) await browser.get('/login')
  const guess = async (browser: Browser, loginPassword: string) =>
    refusalOf(await browser.post('/login', { contractId, loginPassword }))
  const results = await Promise.all(browsers.map((browser, place) => guess(browser, `No${place}`)))
  const counts = tally(results)
  const told = `passwords of ${contractId}: ${shown(counts)}`
  findings.expect((counts.get('wrong-credentials') ?? 0) <= PASSWORD_THRESHOLD, told)
  expectOnly(findings, told, results, ['wrong-credentials', 'locked-password', 'too-many-requests'])
  const [browser] = browsers
  const right = browser && (await guess(browser, HOLDERS_PASSWORD))
  findings.expect(right === 'locked-password', `${told}; the right one afterwards: ${right}`)
  for (const open of browsers) open.close()
  return results
}

const openBrowsers = ({ servers }: TwoProcesses): Browser[] =>
  Array.from(
    { length: GUESSES },
    (_, place) => new Browser(servers[place % 2 === 0 ? 0 : 1].ready.banking),
  )

function expectOnly(
  findings: Findings,
  told: string,
  results: readonly string[],
  known: readonly string[],
): void {
  findings.expect(
    results.every((result) => known.includes(result)),
    told,
  )
}
