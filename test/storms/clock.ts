/** The server's clock jumps, forward, back and over 2038: no code is ever accepted twice. */
import { Browser, locationOf, refusalOf } from '../../bench/rig/browser.ts'
import { type Line, openLine } from '../../bench/rig/line.ts'
import { codeAt, type HeldToken, PERIOD_SECONDS } from '../../bench/rig/tokens.ts'
import { verdictOf, verificationCall } from '../../bench/rig/verification-call.ts'
import { timeStep } from '../../src/oath/totp.ts'
import { type Findings, shown, tally } from './findings.ts'
import { HOLDERS_PASSWORD, storeLoginHolders } from './holders.ts'
import type { TwoProcesses } from './two-processes.ts'

const FIRST_NUMBER = 3_000_000
/** For each jump: so many codes by API, and so many by the page of the login. */
const BY_API = 6
const BY_PAGE = 2

const SECOND_MS = 1_000
const HOUR_MS = 3_600 * SECOND_MS
const DAY_MS = 24 * HOUR_MS
const SIZES_MS = [SECOND_MS, 29 * SECOND_MS, 30 * SECOND_MS, 90 * SECOND_MS, HOUR_MS, DAY_MS]
const JUMPS_MS = SIZES_MS.flatMap((sizeMs) => [sizeMs, -sizeMs])
/** Where 32 bits of seconds end. */
const END_2038_MS = 2 ** 31 * SECOND_MS

/** Submits a code. Resolves to `accepted` or the refusal. */
type Submit = (token: HeldToken, otp: string) => Promise<string>

/** Any of these is a clear answer to a code whose time has gone or has not come. */
const CLEAR = ['accepted', 'code-already-used', 'wrong-code']

export async function stormClock(two: TwoProcesses, findings: Findings): Promise<void> {
  const jumps = JUMPS_MS.length + 1
  const holders = await storeLoginHolders(two.backdoor, jumps * (BY_API + BY_PAGE), FIRST_NUMBER)
  const lines = await Promise.all(
    Array.from({ length: BY_API }, (_, place) => openLine(serverAt(two, place).ready.api)),
  )
  const submits: readonly Submit[] = [
    ...lines.map((line) => byApi(two, line)),
    ...Array.from({ length: BY_PAGE }, (_, place) => byPage(serverAt(two, place).ready.banking)),
  ]
  const all: string[] = []
  const startMs = two.clock.now()
  for (const jumpMs of JUMPS_MS) {
    const group = holders.splice(0, submits.length)
    all.push(...(await jump(two, findings, submits, group, jumpMs)))
  }
  // Over the end of 32 bits and back to today.
  two.clock.advance(END_2038_MS - 20 * SECOND_MS - two.clock.now())
  all.push(...(await jump(two, findings, submits, holders, 40 * SECOND_MS)))
  two.clock.advance(startMs + DAY_MS - two.clock.now())
  for (const line of lines) line.close()
  findings.note(`clock moved by ±1 s to ±1 day and over 2038: ${shown(tally(all))}`)
}

/** Either process in turn. */
const serverAt = ({ servers }: TwoProcesses, place: number) => servers[place % 2 === 0 ? 0 : 1]

/** A code is accepted, the clock jumps and comes back; at no time is that code, or the next, twice. */
async function jump(
  two: TwoProcesses,
  findings: Findings,
  submits: readonly Submit[],
  group: readonly HeldToken[],
  jumpMs: number,
): Promise<string[]> {
  const submitted: string[] = []
  const acceptances = new Map<string, number>()
  const submitAll = async (steps: readonly number[]) => {
    for (const step of steps) {
      await Promise.all(
        group.map(async (token, place) => {
          const result = (await submits[place]?.(token, codeAt(token, step))) ?? 'no answer'
          const code = `${token.serial} at ${step}`
          if (result === 'accepted') acceptances.set(code, (acceptances.get(code) ?? 0) + 1)
          findings.expect(CLEAR.includes(result), `clock moved by ${jumpMs} ms: ${result}`)
          submitted.push(result)
        }),
      )
    }
  }
  const stepNow = () => timeStep(two.clock.now(), PERIOD_SECONDS)
  const before = stepNow()
  await submitAll([before])
  two.clock.advance(jumpMs)
  const after = stepNow()
  await submitAll([before, after])
  two.clock.advance(-jumpMs)
  await submitAll([before, after])
  findings.expect(acceptances.size >= group.length, `clock moved by ${jumpMs} ms: fresh refused`)
  for (const [code, times] of acceptances) {
    findings.expect(times === 1, `clock moved by ${jumpMs} ms: ${code} accepted ${times} times`)
  }
  return submitted
}

function byApi({ servers }: TwoProcesses, line: Line): Submit {
  const { apiKey } = servers[0].ready.demo
  return async ({ contractId }, otp) => {
    const verdict = verdictOf(await line.send(verificationCall(apiKey, { contractId, otp })))
    return verdict?.result === 'refused' ? verdict.code : (verdict?.result ?? 'no answer')
  }
}

/** A login of its own for each code: the session of before the jump may have ended. */
function byPage(origin: string): Submit {
  return async ({ contractId }, otp) => {
    const browser = new Browser(origin)
    const next = await browser.login(contractId, HOLDERS_PASSWORD)
    if (!next.startsWith('/login/code')) return `a login led to ${next}`
    await browser.get(next)
    const answer = await browser.post('/login/code', { otp })
    browser.close()
    return locationOf(answer) === undefined ? refusalOf(answer) : 'accepted'
  }
}
