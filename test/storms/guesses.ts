/** Many wrong codes at once on two processes: no more are judged than the threshold allows. */
import { type Line, openLine } from '../../bench/rig/line.ts'
import { codeAt, type HeldToken, PERIOD_SECONDS, storeTokens } from '../../bench/rig/tokens.ts'
import { verdictOf, verificationCall } from '../../bench/rig/verification-call.ts'
import { timeStep } from '../../src/oath/totp.ts'
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import { type Findings, shown, tally } from './findings.ts'
import { wrongCodes } from './holders.ts'
import type { TwoProcesses } from './two-processes.ts'

const GUESSES = 200
const FIRST_NUMBER = 1_000_000
const THRESHOLD = DEMO_BANK.thresholds.code

interface Door {
  readonly line: Line
  readonly apiKey: string
}

/**
 * Each round has a token of its own and 200 guesses; in every second round the last of them is
 * right. Afterwards the right code is refused, by these processes and by those after a restart,
 * which are returned.
 */
export async function stormGuesses(
  two: TwoProcesses,
  findings: Findings,
  rounds: number,
): Promise<TwoProcesses> {
  const tokens = await storeTokens(two.backdoor.pool, two.backdoor.vault, rounds, FIRST_NUMBER)
  const doors = await openDoors(two, GUESSES / 2)
  const all: string[] = []
  for (const [round, token] of tokens.entries()) {
    const now = timeStep(two.clock.now(), PERIOD_SECONDS)
    const withRight = round % 2 === 1
    const guesses = wrongCodes(token, now, withRight ? GUESSES - 1 : GUESSES)
    if (withRight) guesses.push(codeAt(token, now))
    const results = await Promise.all(
      guesses.map((otp, place) => submit(doors[place] as Door, token, otp)),
    )
    all.push(...results)
    await checkRound(two, findings, token, results)
  }
  const locked = await lockedAmong(two, tokens)
  await expectLocked(two, findings, locked, doors)
  for (const { line } of doors) line.close()
  const restarted = await two.restart()
  const doorsAfter = await openDoors(restarted, 1)
  await expectLocked(restarted, findings, locked, doorsAfter)
  for (const { line } of doorsAfter) line.close()
  findings.note(`${GUESSES} guesses at once, ${rounds} tokens: ${shown(tally(all))}`)
  findings.note(`  ${locked.length} tokens stayed locked for the right code, also after a restart`)
  return restarted
}

/**
 * What can be said whatever the order was: a right code among the guesses is accepted at most once,
 * and between two moments at which the counter stands at 0 no more than the threshold are judged.
 */
async function checkRound(
  two: TwoProcesses,
  findings: Findings,
  token: HeldToken,
  results: readonly string[],
): Promise<void> {
  const counts = tally(results)
  const wrong = counts.get('wrong-code') ?? 0
  const accepted = counts.get('accepted') ?? 0
  const told = `guesses on ${token.serial}: ${shown(counts)}`
  findings.expect(accepted <= 1 && wrong <= THRESHOLD * (1 + accepted), told)
  const { failures, guesses } = await countersOf(two, token)
  findings.expect(failures <= THRESHOLD, `${told}; ${failures} failures counted`)
  findings.expect(guesses === wrong, `${told}; ${guesses} guesses counted for ${wrong} told`)
  const others = [...counts.keys()].filter(
    (result) => !['wrong-code', 'locked-code', 'accepted'].includes(result),
  )
  findings.expect(others.length === 0, told)
}

async function countersOf({ backdoor }: TwoProcesses, { serial }: HeldToken) {
  const { rows } = await backdoor.pool.query<{ failures: number; guesses: number }>(
    'select failures, guesses from token where serial = $1',
    [serial],
  )
  const [counters] = rows
  if (counters === undefined) throw new Error(`token ${serial} is gone`)
  return counters
}

async function lockedAmong(
  two: TwoProcesses,
  tokens: readonly HeldToken[],
): Promise<readonly HeldToken[]> {
  const counters = await Promise.all(tokens.map((token) => countersOf(two, token)))
  return tokens.filter((_, place) => (counters[place]?.failures ?? 0) >= THRESHOLD)
}

async function expectLocked(
  two: TwoProcesses,
  findings: Findings,
  tokens: readonly HeldToken[],
  [door]: readonly Door[],
): Promise<void> {
  if (door === undefined) return
  for (const token of tokens) {
    const right = codeAt(token, timeStep(two.clock.now(), PERIOD_SECONDS) + 1)
    const result = await submit(door, token, right)
    findings.expect(result === 'locked-code', `locked ${token.serial} answered ${result}`)
  }
}

async function openDoors(two: TwoProcesses, perProcess: number): Promise<Door[]> {
  const each = await Promise.all(
    two.servers.map(({ ready }) =>
      Promise.all(
        Array.from({ length: perProcess }, async () => ({
          line: await openLine(ready.api),
          apiKey: ready.demo.apiKey,
        })),
      ),
    ),
  )
  return each.flat()
}

async function submit(door: Door, { contractId }: HeldToken, otp: string): Promise<string> {
  const verdict = verdictOf(
    await door.line.send(verificationCall(door.apiKey, { contractId, otp })),
  )
  return verdict?.result === 'refused' ? verdict.code : (verdict?.result ?? 'no answer')
}
