import {
  createECDH,
  createHash,
  createHmac,
  createPublicKey,
  hkdfSync,
  verify,
  webcrypto,
} from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  fromBase64url,
  hasPublicKeyForm,
  proofMessage,
  readOffer,
  readPublicKey,
  SEED_BYTES,
  SEED_INFO,
  toBase64url,
  transcriptOf,
} from '../../src/oath/key-agreement.ts'
import vectors from '../vectors/provisioning.json' with { type: 'json' }

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array | ArrayBuffer) => Buffer.from(value as Uint8Array).toString('hex')

describe.each(vectors.agreements)('agreement on $serial', (vector) => {
  const clientKey = bytes(vector.clientPublicHex)
  const serverKey = bytes(vector.serverPublicHex)
  const transcript = transcriptOf({ clientKey, serverKey, serial: vector.serial })
  const transcriptHash = createHash('sha256').update(transcript).digest()

  test('the transcript has the agreed bytes', () => {
    expect(hex(transcript)).toBe(vector.transcriptHex)
    expect(hex(transcriptHash)).toBe(vector.transcriptHashHex)
  })

  test.each([
    ['the client', vector.clientPrivateHex, serverKey],
    ['the server', vector.serverPrivateHex, clientKey],
  ])('%s derives the seed and the proof', (_side, privateHex, otherKey) => {
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(bytes(privateHex))
    const shared = pair.computeSecret(otherKey)
    const seed = Buffer.from(hkdfSync('sha256', shared, transcriptHash, SEED_INFO, SEED_BYTES))
    expect(hex(shared)).toBe(vector.sharedXHex)
    expect(hex(seed)).toBe(vector.seedHex)
    const proof = createHmac('sha256', seed).update(proofMessage(transcriptHash)).digest()
    expect(toBase64url(proof)).toBe(vector.proof)
  })

  test('WebCrypto derives the same in one non-extractable chain', async () => {
    const { subtle } = webcrypto
    const [ecdh, d] = [{ name: 'ECDH', namedCurve: 'P-256' }, bytes(vector.clientPrivateHex)]
    const [x, y] = [clientKey.subarray(1, 33), clientKey.subarray(33)].map(toBase64url)
    const jwk = { kty: 'EC', crv: 'P-256', d: toBase64url(d), x: x ?? '', y: y ?? '' }
    const own = await subtle.importKey('jwk', jwk, ecdh, false, ['deriveKey'])
    const other = await subtle.importKey('raw', serverKey, ecdh, false, [])
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: transcriptHash, info: SEED_INFO }
    const secret = await subtle.deriveKey(
      { name: 'ECDH', public: other },
      own,
      hkdf as unknown as webcrypto.HmacImportParams,
      false,
      ['deriveKey'],
    )
    const hmac = { name: 'HMAC', hash: 'SHA-256', length: SEED_BYTES * 8 }
    const key = await subtle.deriveKey(hkdf, secret, hmac, false, ['sign'])
    expect(key.extractable).toBe(false)
    const proof = await subtle.sign('HMAC', key, proofMessage(transcriptHash))
    expect(toBase64url(new Uint8Array(proof))).toBe(vector.proof)
  })

  test('the institution signature covers exactly this transcript', () => {
    const raw = readPublicKey(vectors.institutionPublicKey) ?? new Uint8Array()
    const [x, y] = [toBase64url(raw.subarray(1, 33)), toBase64url(raw.subarray(33))]
    const jwk = { kty: 'EC', crv: 'P-256', x, y }
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const signature = fromBase64url(vector.signature) ?? new Uint8Array()
    const holds = (message: Uint8Array) =>
      verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
    expect(holds(transcript)).toBe(true)
    expect(holds(transcriptOf({ clientKey, serverKey, serial: 'GM00000000' }))).toBe(false)
    const swapped = { clientKey: serverKey, serverKey: clientKey, serial: vector.serial }
    expect(holds(transcriptOf(swapped))).toBe(false)
  })
})

test('a proof can never pass for a code: its message is not 8 bytes long', () => {
  expect(proofMessage(new Uint8Array(32))).toHaveLength(46)
})

describe('base64url (RFC 4648 §5)', () => {
  test.each([
    ['', ''],
    ['66', 'Zg'],
    ['666f', 'Zm8'],
    ['666f6f', 'Zm9v'],
    ['fbff', '-_8'],
  ])('%s is written %s and read back', (raw, text) => {
    expect(toBase64url(bytes(raw))).toBe(text)
    expect(hex(fromBase64url(text) ?? bytes('00'))).toBe(raw)
  })

  test.each(['A', 'Zg==', 'Zm+v', 'Zm/v', 'Zh', 'Zm9', 'Z g', 'Zg\n', '\u0000', 'Ｚｇ'])(
    '%j is refused',
    (text) => {
      expect(fromBase64url(text)).toBeNull()
    },
  )
})

describe('readOffer', () => {
  const vector = vectors.agreements[0]
  const good = {
    serial: 'GM12345674',
    publicKey: toBase64url(bytes(vector?.serverPublicHex ?? '')),
    signature: vector?.signature,
    algorithm: 'SHA256',
    digits: 6,
    period: 30,
    now: 1764000000000,
  }

  test('reads the answer of the contract', () => {
    const offer = readOffer(good)
    expect(offer).toMatchObject({ serial: good.serial, digits: 6, periodSeconds: 30 })
    expect(offer?.nowMs).toBe(good.now)
    expect(hasPublicKeyForm(offer?.serverKey ?? new Uint8Array())).toBe(true)
  })

  test.each([
    null,
    'text',
    [],
    {},
    { ...good, serial: 'GM1234567' },
    { ...good, serial: '../GM12345' },
    { ...good, publicKey: `A${good.publicKey.slice(1)}` },
    { ...good, publicKey: good.publicKey.slice(4) },
    { ...good, signature: good.publicKey },
    { ...good, algorithm: 'SHA1' },
    { ...good, digits: 7 },
    { ...good, period: 0 },
    { ...good, period: 29.5 },
    { ...good, now: '1764000000000' },
    { ...good, now: Number.NaN },
  ])('refuses %j', (answer) => {
    expect(readOffer(answer)).toBeNull()
  })
})
