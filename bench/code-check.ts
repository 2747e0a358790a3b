/** How many codes a second one core checks in memory, side by side with npm `otpauth`. */
import { Secret, TOTP } from 'otpauth'
import { type Algorithm, hmacKey } from '../src/oath/hmac-key.ts'
import { timeStep } from '../src/oath/totp.ts'
import { findMovingFactor } from '../src/oath/verify.ts'
import { around } from '../src/oath/window.ts'
import { median } from './rig/statistics.ts'

const ROUNDS = 9
const CHECKS_PER_ROUND = 10_000
const PERIOD_SECONDS = 30
const START_MS = Date.UTC(2026, 10, 22)

/**
 * Checks a second, medians of interleaved rounds, and ours divided by theirs. Every code is the
 * right one for its step: the case that is cheapest for `otpauth`, which stops at the first match,
 * while ours always computes the whole window of three. Its TOTP object is made once; ours starts
 * from the raw seed at each check, as a server does, or from a prepared key.
 */
export function measureCodeCheck(
  algorithm: Algorithm = 'SHA256',
  start: 'raw seed' | 'prepared key' = 'raw seed',
): { ours: number; otpauth: number; ratio: number } {
  const seed = Uint8Array.from({ length: 32 }, (_, place) => place * 7 + 1)
  const peer = new TOTP({ secret: new Secret({ buffer: seed.buffer }), algorithm })
  const submissions = Array.from({ length: 500 }, (_, place) => {
    const timestamp = START_MS + place * PERIOD_SECONDS * 1000
    return { timestamp, token: peer.generate({ timestamp }) }
  })
  const prepared = hmacKey(algorithm, seed)

  const checkOurs = ({ timestamp, token }: { timestamp: number; token: string }): boolean => {
    const key = start === 'raw seed' ? hmacKey(algorithm, seed) : prepared
    const window = around(timeStep(timestamp, PERIOD_SECONDS), 1, 1)
    return findMovingFactor(key, 6, token, window) !== undefined
  }
  const checkPeer = ({ timestamp, token }: { timestamp: number; token: string }): boolean =>
    peer.validate({ timestamp, token, window: 1 }) !== null

  const oursPerSecond: number[] = []
  const peerPerSecond: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const oursNow = checksPerSecond(checkOurs, submissions)
    const peerNow = checksPerSecond(checkPeer, submissions)
    // The first round is for the compiler to warm up.
    if (round === 0) continue
    oursPerSecond.push(oursNow)
    peerPerSecond.push(peerNow)
  }
  const ours = median(oursPerSecond)
  const otpauth = median(peerPerSecond)
  return { ours, otpauth, ratio: ours / otpauth }
}

function checksPerSecond<T>(check: (submission: T) => boolean, submissions: readonly T[]): number {
  const startedMs = performance.now()
  let checks = 0
  while (checks < CHECKS_PER_ROUND) {
    for (const submission of submissions) {
      if (!check(submission)) throw new Error('a right code was not accepted')
      checks += 1
    }
  }
  return (checks / (performance.now() - startedMs)) * 1000
}
