/** `POST /v1/verifications` beside the bare SQL, on one PostgreSQL, in alternating rounds. */
import { openBareSql } from './bare-sql.ts'
import { type Act, actsPerSecond, latenciesAtRate } from './load.ts'
import type { FreshCodes } from './rig/fresh-codes.ts'
import { type Line, openLine } from './rig/line.ts'
import { median, quantile } from './rig/statistics.ts'
import type { HeldToken } from './rig/tokens.ts'
import { verdictOf, verificationCall } from './rig/verification-call.ts'

export interface Bench {
  readonly api: string
  readonly apiKey: string
  readonly connectionString: string
  readonly tokens: readonly HeldToken[]
  readonly codes: FreshCodes
}

export interface Rounds {
  readonly rounds: number
  readonly seconds: number
}

export interface Pair {
  readonly ours: number
  readonly reference: number
}

/** Accepted codes a second through the API, and through bare SQL: medians of the rounds. */
export async function measureVerifications(
  bench: Bench,
  clients: number,
  { rounds, seconds }: Rounds,
): Promise<Pair> {
  const ours: number[] = []
  const reference: number[] = []
  const lines = await openLines(bench, clients)
  const bare = await openBareSql(bench.connectionString, bench.tokens, clients)
  // The first round warms up both, and tells how many codes a round takes.
  let codesPerRound = 2_000
  for (let round = 0; round <= rounds; round += 1) {
    const calls = await freshCalls(bench, codesPerRound)
    const perSecond = await actsPerSecond(clientsOn(lines, calls), seconds)
    const barePerSecond = await actsPerSecond(bare.clients, seconds)
    codesPerRound = Math.ceil(perSecond * seconds * 1.5)
    if (round === 0) continue
    ours.push(perSecond)
    reference.push(barePerSecond)
  }
  for (const line of lines) line.close()
  await bare.close()
  return { ours: median(ours), reference: median(reference) }
}

/** Accepted codes a second through the API alone: the median of the rounds. */
export async function measureRate(
  bench: Bench,
  clients: number,
  { rounds, seconds }: Rounds,
): Promise<number> {
  const rates: number[] = []
  const lines = await openLines(bench, clients)
  let codesPerRound = 2_000
  for (let round = 0; round <= rounds; round += 1) {
    const calls = await freshCalls(bench, codesPerRound)
    const perSecond = await actsPerSecond(clientsOn(lines, calls), seconds)
    codesPerRound = Math.ceil(perSecond * seconds * 1.5)
    if (round > 0) rates.push(perSecond)
  }
  for (const line of lines) line.close()
  return median(rates)
}

/** Accepted codes as fast as they come, for so many seconds or until the tokens are used up. */
export async function verifyForAWhile(
  bench: Bench,
  clients: number,
  seconds: number,
): Promise<void> {
  const lines = await openLines(bench, clients)
  const calls = await freshCalls(bench, bench.tokens.length)
  await actsPerSecond(clientsOn(lines, calls), seconds)
  for (const line of lines) line.close()
}

/** The 99th percentile at half of each one's own peak, in milliseconds. */
export async function measureLatency(
  bench: Bench,
  peak: Pair,
  { rounds, seconds }: Rounds,
): Promise<Pair> {
  const ours: number[] = []
  const reference: number[] = []
  const lines = await openLines(bench, LATENCY_CLIENTS)
  const bare = await openBareSql(bench.connectionString, bench.tokens, LATENCY_CLIENTS)
  for (let round = 0; round < rounds; round += 1) {
    const ourRate = peak.ours / 2
    const calls = await freshCalls(bench, Math.ceil(ourRate * seconds))
    const ourLatencies = await latenciesAtRate(clientsOn(lines, calls), ourRate, seconds)
    ours.push(quantile(ourLatencies, 0.99))
    const latencies = await latenciesAtRate(bare.clients, peak.reference / 2, seconds)
    reference.push(quantile(latencies, 0.99))
  }
  for (const line of lines) line.close()
  await bare.close()
  return { ours: median(ours), reference: median(reference) }
}

/** More than ever are under way at half of the peak, so that arrivals never wait for a client. */
const LATENCY_CLIENTS = 64

/** Calls with codes that nobody has seen, ready to be sent. */
async function freshCalls({ apiKey, codes }: Bench, count: number): Promise<Buffer[]> {
  const taken = await codes.take(count)
  return taken.map(({ token, otp }) => {
    return verificationCall(apiKey, { contractId: token.contractId, otp })
  })
}

/** Each client sends the next call until none is left; every answer must be an acceptance. */
function clientsOn(lines: readonly Line[], calls: Buffer[]): Act[] {
  return lines.map((line) => async () => {
    const call = calls.pop()
    if (call === undefined) return false
    const answer = await line.send(call)
    if (verdictOf(answer)?.result === 'accepted') return true
    throw new Error(`a fresh code was not accepted: ${answer.status} ${answer.body}`)
  })
}

const openLines = ({ api }: Bench, count: number): Promise<Line[]> =>
  Promise.all(Array.from({ length: count }, () => openLine(api)))
