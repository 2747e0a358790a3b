/**
 * Whether the time of a refused login tells that a contract exists: contract IDs that exist, that
 * do not, and both of them locked, asked in turn.
 */
import type { Pool } from 'pg'
import { DEMO_BANK } from '../src/store/demo/demo-bank.ts'
import { Browser, refusalOf } from './rig/browser.ts'
import { median } from './rig/statistics.ts'
import type { HeldToken } from './rig/tokens.ts'

/** The first rounds warm up and are not counted. */
const WARM_UP_ROUNDS = 5

/** Of the two medians of a pair that must not be told apart, in milliseconds. */
export interface LoginTimes {
  readonly slower: number
  readonly faster: number
}

/**
 * Median times of refused logins: an ID that exists beside one that does not, both locked or
 * neither; of these two pairs the one that differs more. Throws when their answers differ.
 */
export async function measureLoginTimes(
  banking: string,
  pool: Pool,
  holders: readonly HeldToken[],
  rounds: number,
): Promise<LoginTimes> {
  const [locked, ...existing] = holders.map(({ contractId }) => contractId)
  const unknownLike = (contractId = '') => `8${contractId.slice(1)}`
  await lock(pool, [locked ?? '', unknownLike(locked)])
  // Few enough on each for none of them to lock.
  const existingAt = (round: number) => existing[round % existing.length]
  const kinds: readonly Kind[] = [
    { idOf: existingAt, told: 'wrong-credentials' },
    { idOf: (round) => unknownLike(existingAt(round)), told: 'wrong-credentials' },
    { idOf: () => locked, told: 'locked-password' },
    { idOf: () => unknownLike(locked), told: 'locked-password' },
  ]
  const times = kinds.map((): number[] => [])
  const lengths = kinds.map(() => new Set<number>())
  const browser = new Browser(banking)
  for (let round = 0; round < rounds + WARM_UP_ROUNDS; round += 1) {
    // None of them always comes first.
    for (const place of kinds.keys()) {
      const kind = (place + round) % kinds.length
      const { idOf, told } = kinds[kind] as Kind
      await browser.get('/login')
      const startedMs = performance.now()
      const typed = { contractId: idOf(round) ?? '', loginPassword: 'Wrong1' }
      const answer = await browser.post('/login', typed)
      if (round >= WARM_UP_ROUNDS) times[kind]?.push(performance.now() - startedMs)
      const refusal = refusalOf(answer)
      if (refusal !== told) throw new Error(`a login was answered ${refusal} instead of ${told}`)
      lengths[kind]?.add(answer.body.length)
    }
  }
  browser.close()
  const [open = NaN, unknown = NaN, lockedKnown = NaN, lockedUnknown = NaN] = times.map(median)
  const pairs = [timesOf(open, unknown), timesOf(lockedKnown, lockedUnknown)]
  for (const pair of [lengths.slice(0, 2), lengths.slice(2)]) {
    const bytes = new Set(pair.flatMap((found) => [...found]))
    if (bytes.size > 1) throw new Error(`an answer has ${[...bytes].join(' or ')} bytes`)
  }
  const differing = pairs.toSorted((one, other) => ratioOf(other) - ratioOf(one))
  return differing[0] as LoginTimes
}

interface Kind {
  readonly idOf: (round: number) => string | undefined
  readonly told: string
}

const timesOf = (one: number, other: number): LoginTimes => ({
  slower: Math.max(one, other),
  faster: Math.min(one, other),
})

const ratioOf = ({ slower, faster }: LoginTimes): number => slower / faster

/** As six wrong passwords would. */
async function lock(pool: Pool, contractIds: readonly string[]): Promise<void> {
  await pool.query(
    `insert into login_counter (bank_code, contract_id, failures, changed_at)
     select $1, unnest($2::text[]), $3, now()
     on conflict (bank_code, contract_id) do update set failures = excluded.failures`,
    [DEMO_BANK.bankCode, contractIds, DEMO_BANK.thresholds.password],
  )
}
