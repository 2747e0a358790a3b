import { hasPublicKeyForm } from '../../oath/key-agreement.ts'
import { printSerial, SERIALS_PER_PREFIX } from '../../oath/serial.ts'
import type { AgreedSeed, NewToken, Ports } from '../ports.ts'
import { CENTRE } from '../token.ts'
import type { SoftwareType } from '../token-type.ts'

/** What each software token that the centre makes computes. */
const PROVISIONED = { kind: 'totp', algorithm: 'SHA256', digits: 6, periodSeconds: 30 } as const

/** An app that does not confirm at once never will. */
const UNCONFIRMED_LIFE_MS = 10 * 60 * 1000
/** A confirmed credential that no contract takes into use within this time ends. */
const UNREGISTERED_LIFE_MS = 90 * 24 * 60 * 60 * 1000

const SERIAL_ATTEMPTS = 20

export interface Provisioned extends Pick<AgreedSeed, 'serverKey' | 'signature'> {
  readonly serial: string
  readonly algorithm: string
  readonly digits: number
  readonly periodSeconds: number
  readonly nowMs: number
}

/**
 * Provisioning, step 1: agrees on a seed with an app. The credential does not count before step 2.
 * Undefined when the client's key is no point of P-256.
 */
export async function agree(
  ports: Ports,
  type: SoftwareType,
  clientKey: Uint8Array,
): Promise<Provisioned | undefined> {
  if (!hasPublicKeyForm(clientKey)) return undefined
  // 1. A serial that nobody has; drawn at random, so that serials tell nothing of one another.
  for (let drawn = 0; drawn < SERIAL_ATTEMPTS; drawn += 1) {
    const serial = printSerial(type, ports.random.below(SERIALS_PER_PREFIX))
    // 2. The seed, which both sides compute and nobody sends.
    const agreed = await ports.institution.agree(clientKey, serial)
    if (agreed === undefined) return undefined
    // 3. The credential, sealed and unconfirmed.
    const identity = { issuer: CENTRE, serial, algorithm: PROVISIONED.algorithm }
    const token: NewToken = {
      ...PROVISIONED,
      ...identity,
      type,
      state: 'agreed',
      seed: await ports.vault.sealSeed(identity, agreed.seed),
      transcriptHash: agreed.transcriptHash,
      expiresAtMs: ports.clock.now() + UNCONFIRMED_LIFE_MS,
    }
    if (!(await ports.store.tables.tokens.insert(token))) continue
    const { serverKey, signature } = agreed
    return { ...PROVISIONED, serial, serverKey, signature, nowMs: ports.clock.now() }
  }
  throw new Error(`no free serial found under ${type}`)
}

export type Confirmation = 'confirmed' | 'unknown' | 'confirmed-before' | 'wrong-proof'

/**
 * Provisioning, step 2: the app proves that it has the same seed. From now on the bank site knows
 * the serial. A wrong proof removes the credential.
 */
export function confirmAgreement(
  ports: Ports,
  serial: string,
  proof: Uint8Array,
): Promise<Confirmation> {
  return ports.store.transaction(async (tx) => {
    // 1. The credential exists and waits for its proof.
    const token = await tx.tokens.lock({ issuer: CENTRE, serial })
    if (token === undefined) return 'unknown'
    if (token.state !== 'agreed') return 'confirmed-before'
    // 2. The proof shows the same seed.
    const transcriptHash = await tx.tokens.transcriptHash(token)
    const seed = await ports.vault.openSeed(token)
    if (transcriptHash === undefined || !ports.institution.proves(seed, transcriptHash, proof)) {
      await tx.tokens.discard(token)
      return 'wrong-proof'
    }
    // 3. It counts; if nobody registers it, it ends by itself.
    await tx.tokens.move(token, 'provisioned', ports.clock.now() + UNREGISTERED_LIFE_MS)
    return 'confirmed'
  })
}
