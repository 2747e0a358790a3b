/**
 * The key agreement with an app, whose side is written here with node:crypto from the contract
 * alone.
 */
import {
  createECDH,
  createHash,
  createHmac,
  createPublicKey,
  hkdfSync,
  verify as verifySignature,
} from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { agree, confirmAgreement } from '../../../src/bank/procedures/provisioning.ts'
import { hmacKey } from '../../../src/oath/hmac-key.ts'
import { isIssuedSerial } from '../../../src/oath/serial.ts'
import { totp } from '../../../src/oath/totp.ts'
import {
  atOnce,
  MORNING_MS,
  openTestBank,
  refusalOf,
  type TestBank,
  tokenOf,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function app(type: 'GM' | 'PC' = 'GM') {
  const pair = createECDH('prime256v1')
  const clientKey = pair.generateKeys()
  const offer = await agree(bank.ports, type, clientKey)
  if (offer === undefined) throw new Error('the agreement was refused')
  const transcript = Buffer.concat([
    Buffer.from('ichido-provision-v1'),
    Buffer.of(0),
    clientKey,
    offer.serverKey,
    Buffer.from(offer.serial),
  ])
  const hash = createHash('sha256').update(transcript).digest()
  const shared = pair.computeSecret(offer.serverKey)
  const seed = Buffer.from(hkdfSync('sha256', shared, hash, 'ichido totp seed', 32))
  const proof = createHmac('sha256', seed).update('ichido confirm').update(hash).digest()
  return { offer, transcript, seed, proof, serial: offer.serial }
}

const stored = async (serial: string) => {
  const text = 'select state, expires_at, transcript_hash from token where serial = $1'
  return (await bank.pool.query(text, [serial])).rows[0]
}

describe('the agreement', () => {
  test('is signed by the institution key, over every byte of the transcript', async () => {
    const { offer, transcript } = await app()
    const point = Buffer.from(await bank.ports.institution.publicKey())
    expect(point).toHaveLength(65)
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
      part.toString('base64url'),
    )
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' })
    const signed = (message: Buffer) =>
      verifySignature('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, offer.signature)
    expect(offer.signature).toHaveLength(64)
    expect(signed(transcript)).toBe(true)
    for (let byte = 0; byte < transcript.length; byte += 1) {
      const changed = Buffer.from(transcript)
      changed.writeUInt8(changed.readUInt8(byte) ^ 1, byte)
      expect(signed(changed)).toBe(false)
    }
  })

  test('gives a serial with a check digit and the facts of the contract', async () => {
    for (const type of ['GM', 'PC'] as const) {
      const { offer } = await app(type)
      expect(isIssuedSerial(type, offer.serial)).toBe(true)
      expect(offer).toMatchObject({ algorithm: 'SHA256', digits: 6, periodSeconds: 30 })
      expect(offer.nowMs).toBe(MORNING_MS)
    }
  })

  test('keeps no seed in the clear', async () => {
    const { seed, serial } = await app()
    const { rows } = await bank.pool.query('select * from token where serial = $1', [serial])
    const box: Buffer = rows[0].sealed_seed
    expect(box.includes(seed)).toBe(false)
    expect(box).toHaveLength(12 + 32 + 16)
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['64 bytes', Buffer.alloc(64, 4)],
    ['a compressed point', Buffer.concat([Buffer.of(2), Buffer.alloc(64, 1)])],
    ['a point off the curve', Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)])],
    ['the point at infinity', Buffer.concat([Buffer.of(4), Buffer.alloc(64)])],
  ])('is refused for %s', async (_, clientKey) => {
    expect(await agree(bank.ports, 'GM', clientKey)).toBeUndefined()
  })

  test('forty at once: as many serials', async () => {
    const apps = await atOnce(40, () => app())
    expect(new Set(apps.map(({ serial }) => serial)).size).toBe(40)
  })
})

describe('the confirmation', () => {
  test('makes the serial known; the codes of the app are accepted', async () => {
    const { serial, seed, proof } = await app()
    const held = { issuer: '0000', serial, seed }
    const { send } = await begun(bank, await bank.open(), held)
    expect(refusalOf(await send())).toBe('serial-unknown')
    expect(await confirmAgreement(bank.ports, serial, proof)).toBe('confirmed')
    expect((await stored(serial)).transcript_hash).toBeNull()
    const otp = totp(hmacKey('SHA256', seed), MORNING_MS, 6, 30)
    expect(refusalOf(await send({ otp }))).toBeUndefined()
    expect((await tokenOf(bank, held)).state).toBe('active')
    expect((await stored(serial)).expires_at).toBeNull()
  })

  test('twice: confirmed before, and it stays; a wrong proof then harms nothing', async () => {
    const { serial, proof } = await app()
    await confirmAgreement(bank.ports, serial, proof)
    expect(await confirmAgreement(bank.ports, serial, proof)).toBe('confirmed-before')
    expect(await confirmAgreement(bank.ports, serial, Buffer.alloc(32))).toBe('confirmed-before')
    expect((await stored(serial)).state).toBe('provisioned')
  })

  test('two at once: one confirms', async () => {
    const { serial, proof } = await app()
    const answers = await atOnce(6, () => confirmAgreement(bank.ports, serial, proof))
    expect(answers.sort()).toEqual(['confirmed', ...Array(5).fill('confirmed-before')])
  })

  test.each([
    ['short', 31],
    ['empty', 0],
    ['long', 33],
    ['of another seed', 32],
  ])('with a proof that is %s removes the credential', async (_, length) => {
    const { serial, proof } = await app()
    const wrong = Buffer.alloc(length, 1)
    expect(await confirmAgreement(bank.ports, serial, wrong)).toBe('wrong-proof')
    expect(await stored(serial)).toBeUndefined()
    expect(await confirmAgreement(bank.ports, serial, proof)).toBe('unknown')
  })

  test('of a serial that was never agreed: unknown', async () => {
    for (const serial of ['GM00000000', '', 'x'.repeat(1000), '2V0716016FK2']) {
      expect(await confirmAgreement(bank.ports, serial, Buffer.alloc(32))).toBe('unknown')
    }
  })

  test('is awaited for ten minutes; a confirmed credential waits ninety days for its contract', async () => {
    const { serial, proof } = await app()
    expect((await stored(serial)).expires_at.getTime()).toBe(MORNING_MS + 10 * 60_000)
    await confirmAgreement(bank.ports, serial, proof)
    const days = 24 * 60 * 60_000
    expect((await stored(serial)).expires_at.getTime()).toBe(MORNING_MS + 90 * days)
  })
})
