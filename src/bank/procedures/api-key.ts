import { toBase64url } from '../../oath/key-agreement.ts'
import { attempt, eventOf, type Request } from '../attempt.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ISSUE = 'api-key-issue'
const REVOCATION = 'api-key-revocation'

/** 256 bits: nobody guesses it, so its hash needs no salt. */
const KEY_BYTES = 32

/** It names the channel in events and lists. */
const NAME = /^[0-9a-z][0-9a-z._-]{0,39}$/

/** By a key of this name production mode knows a database of the demonstration. */
const DEMO_NAME = 'demo'

/**
 * Gives a channel of the bank a key. It is shown to whoever asked for it and kept by nobody: the
 * store has its SHA-256.
 *
 * Refusals: `invalid-input` (`name`), `already-exists` (a key of that name is in use).
 */
export async function issueApiKey(
  ports: Ports,
  request: Request,
  name: string,
): Promise<Outcome<{ readonly name: string; readonly key: string }>> {
  // 1. The name is one that can stand in events, and no other system's.
  if (!NAME.test(name) || name === DEMO_NAME) return refused('invalid-input', 'name')
  const { bankCode } = request.bank
  const key = `ichido_${bankCode}_${toBase64url(ports.random.bytes(KEY_BYTES))}`
  const attempted = { procedure: ISSUE }
  return attempt(
    ports,
    request,
    attempted,
    async () => undefined,
    async (tx) => {
      // 2. No key of that name is in use: one conditional write.
      const made = { name, key, createdAtMs: ports.clock.now() }
      if (!(await tx.administration.addApiKey(bankCode, made))) {
        return refused('already-exists', 'name')
      }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail: { name } }))
      return done({ name, key })
    },
  )
}

/**
 * Takes a channel's key away. Every process refuses it within five seconds.
 *
 * Refusals: `invalid-input` (`name`: the bank has no such key in use).
 */
export function revokeApiKey(
  ports: Ports,
  request: Request,
  name: string,
): Promise<Outcome<{ readonly name: string }>> {
  const attempted = { procedure: REVOCATION }
  return attempt(
    ports,
    request,
    attempted,
    async () => undefined,
    async (tx) => {
      // 1. There is such a key in use: one conditional write.
      const { bankCode } = request.bank
      if (!(await tx.administration.revokeApiKey(bankCode, name, ports.clock.now()))) {
        return refused('invalid-input', 'name')
      }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail: { name } }))
      return done({ name })
    },
  )
}
