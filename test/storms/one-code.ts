/** One code, many submissions at once, to pages and API of two processes: accepted exactly once. */
import { Browser, locationOf, refusalOf } from '../../bench/rig/browser.ts'
import { type Line, openLine } from '../../bench/rig/line.ts'
import { PERIOD_SECONDS } from '../../bench/rig/tokens.ts'
import { verdictOf, verificationCall } from '../../bench/rig/verification-call.ts'
import { type HmacKey, hmacKey } from '../../src/oath/hmac-key.ts'
import { parseOtpauthUri } from '../../src/oath/otpauth-uri.ts'
import { totp } from '../../src/oath/totp.ts'
import { DEMO_CONTRACTS } from '../../src/store/demo/demo-bank.ts'
import { readDemoTokens } from '../../src/store/demo/demo-readings.ts'
import { type Findings, shown, tally } from './findings.ts'
import type { TwoProcesses } from './two-processes.ts'

/** To each of the two processes: so many by API, and so many from browsers at the code step. */
const LINES = 16
const BROWSERS = 16
const CONTRACT = '10000000007'

/** Someone who can submit the code. Resolves to `accepted` or the refusal. */
interface Submitter {
  submit(otp: string): Promise<string>
  /** Makes ready for the next round. */
  prepare(): Promise<void>
  close(): void
}

/** Each round has a fresh code of demo contract 7, sent by all at once. */
export async function stormOneCode(
  two: TwoProcesses,
  findings: Findings,
  rounds: number,
): Promise<void> {
  const key = demoKey()
  const submitters = (
    await Promise.all(
      two.servers.flatMap(({ ready }) => [
        ...Array.from({ length: LINES }, () => submitterByApi(ready.api, ready.demo.apiKey)),
        ...Array.from({ length: BROWSERS }, () => submitterByPage(ready.banking)),
      ]),
    )
  ).flat()
  const all: string[] = []
  const startedAtMs = two.clock.now()
  for (let round = 0; round < rounds; round += 1) {
    two.clock.advance(PERIOD_SECONDS * 1000)
    for (const submitter of submitters) await submitter.prepare()
    const otp = totp(key, two.clock.now(), 6, PERIOD_SECONDS)
    const results = await Promise.all(submitters.map((submitter) => submitter.submit(otp)))
    const counts = tally(results)
    all.push(...results)
    findings.expect(counts.get('accepted') === 1, `one code, round ${round}: ${shown(counts)}`)
    for (const result of counts.keys()) {
      const known = result === 'accepted' || result === 'code-already-used'
      findings.expect(known, `one code, round ${round}: answered ${result}`)
    }
  }
  for (const submitter of submitters) submitter.close()
  const events = await acceptancesSince(two, startedAtMs)
  findings.expect(events === rounds, `one code: ${events} acceptances recorded in ${rounds} rounds`)
  findings.note(`one code, ${submitters.length} at once, ${rounds} rounds: ${shown(tally(all))}`)
}

/** By API an acceptance is the event of a verification; on the page, that of a login. */
async function acceptancesSince({ backdoor }: TwoProcesses, sinceMs: number): Promise<number> {
  const { rows } = await backdoor.pool.query<{ count: number }>(
    `select count(*) as count from event
      where contract_id = $1 and outcome = 'done' and at >= $2
        and kind in ('verification', 'login')`,
    [CONTRACT, new Date(sinceMs)],
  )
  return rows[0]?.count ?? 0
}

function demoKey(): HmacKey {
  const token = readDemoTokens().find(({ contractId }) => contractId === CONTRACT)
  const reading = parseOtpauthUri(token?.otpauth ?? '')
  if (!reading.ok) throw new Error(`the demonstration's token of ${CONTRACT} cannot be read`)
  return hmacKey(reading.key.algorithm, reading.key.secret)
}

async function submitterByApi(origin: string, apiKey: string): Promise<Submitter> {
  const line: Line = await openLine(origin)
  return {
    async submit(otp) {
      const verdict = verdictOf(
        await line.send(verificationCall(apiKey, { contractId: CONTRACT, otp })),
      )
      return verdict?.result === 'refused' ? verdict.code : (verdict?.result ?? 'no answer')
    },
    prepare: async () => {},
    close: () => line.close(),
  }
}

/** How long a browser stays at the code step; its draft lives for half an hour. */
const ROUNDS_PER_LOGIN = 40

function submitterByPage(origin: string): Submitter {
  const browser = new Browser(origin)
  const password = DEMO_CONTRACTS.find(({ contractId }) => contractId === CONTRACT)?.loginPassword
  let roundsLeft = 0
  return {
    async submit(otp) {
      const answer = await browser.post('/login/code', { otp })
      if (locationOf(answer) === undefined) return refusalOf(answer)
      roundsLeft = 0
      return 'accepted'
    },
    async prepare() {
      roundsLeft -= 1
      if (roundsLeft > 0) return
      const next = await browser.login(CONTRACT, password ?? '')
      if (!next.startsWith('/login/code')) throw new Error(`a login led to ${next}`)
      await browser.get(next)
      roundsLeft = ROUNDS_PER_LOGIN
    },
    close: () => browser.close(),
  }
}
