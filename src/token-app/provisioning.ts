/**
 * Making the token of this device:
 *  1. one tab at a time, and not a second token when another tab has just made one
 *  2. a token left unconfirmed by a broken connection is finished first
 *  3. the bank's key: the pinned one, at the first time the one the server shows
 *  4. agree on the seed, whose key is kept before the server is told
 *  5. prove it; only a confirmed token is shown
 */
import { readOffer, readPublicKey, toBase64url } from '../oath/key-agreement.ts'
import { agree, ownHalf } from './agreement.ts'
import { type Asked, askConfirm, askInstitutionKey, askProvision } from './server.ts'
import {
  dropPending,
  keepPending,
  type Pending,
  promote,
  readVault,
  type Token,
  type Vault,
  VaultError,
} from './vault.ts'
import type { Words } from './words/ja.ts'

export type Failure = keyof Words['failure']['reasons']

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** @param replacing the serial that the user agreed to give up; any other token found is kept. */
export async function makeToken(replacing?: string): Promise<Outcome<Token>> {
  if (!isSupported()) return failed('unsupported')
  try {
    return await navigator.locks.request('ichido-token', () => makeAlone(replacing))
  } catch (error) {
    return failed(error instanceof VaultError ? 'storage' : 'unexpected')
  }
}

/**
 * WebCrypto and Web Locks exist in secure contexts only, and all of these together in browsers
 * since autumn 2022: Chrome 103, Safari 16, Firefox 100, for which the build writes.
 */
export const isSupported = (): boolean =>
  globalThis.crypto?.subtle !== undefined &&
  'locks' in navigator &&
  'indexedDB' in globalThis &&
  'timeout' in AbortSignal

async function makeAlone(replacing: string | undefined): Promise<Outcome<Token>> {
  const vault = await readVault()
  if (vault.token && vault.token.serial !== replacing) return { ok: true, value: vault.token }
  if (vault.pending) {
    const confirmed = await confirm(vault.pending)
    if (confirmed.ok || confirmed.failure !== 'unconfirmed') return confirmed
    // It expired while the phone was away: nothing was lost, make another one.
  }
  const agreed = await agreeWithBank(vault)
  return agreed.ok ? confirm(agreed.value) : agreed
}

async function agreeWithBank({ institution: pinned }: Vault): Promise<Outcome<Pending>> {
  const shown = pinned ? undefined : await askInstitutionKey()
  if (shown && shown.ok === false) return failed('unreachable')
  const institution = pinned ?? readPublicKey(fieldOf(shown, 'publicKey'))
  if (institution === null) return failed('not-the-bank')

  const own = await ownHalf()
  const answer = await askProvision(toBase64url(own.publicKey))
  if (!answer.ok || answer.status >= 500) return failed('unreachable')
  if (answer.status === 429) return failed('busy')
  if (answer.status !== 201) return failed('refused')
  const offer = readOffer(answer.json)
  const agreed = offer && (await agree(own, offer, institution))
  if (!offer || !agreed) return failed('not-the-bank')

  const { serial, digits, periodSeconds } = offer
  const pending = {
    version: 1,
    serial,
    digits,
    periodSeconds,
    madeAtMs: Date.now(),
    ...agreed,
  } as const
  await keepPending(pending, institution)
  return { ok: true, value: pending }
}

async function confirm(pending: Pending): Promise<Outcome<Token>> {
  const answer = await askConfirm(pending.serial, pending.proof)
  if (!answer.ok || answer.status >= 500) return failed('unreachable')
  if (answer.status === 429) return failed('busy')
  // 409: confirmed before, and only this device could have; its answer was lost on the way.
  if (answer.status === 204 || answer.status === 409)
    return { ok: true, value: await promote(pending) }
  await dropPending()
  return failed('unconfirmed')
}

function fieldOf(answer: Asked | undefined, name: string): unknown {
  const isObject = answer?.ok && typeof answer.json === 'object' && answer.json !== null
  return isObject ? (answer.json as Record<string, unknown>)[name] : undefined
}

const failed = (failure: Failure) => ({ ok: false, failure }) as const
