/** PSKC files: the figures of RFC 6030, the ciphers and MACs, and how makers vary. */
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  type Lock,
  PSKC_FOOT,
  pskcFile,
  pskcHead,
  pskcPackage,
} from '../../bench/rig/pskc-writer.ts'
import vectors from '../vectors/pskc.json' with { type: 'json' }
import { faultOf, figure, hex, read } from './reading.ts'

/** Figure 2 has a seed of four bytes. */
const limits = { leastSeedBytes: 4 }
const SEED = Buffer.from('12345678901234567890')
const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
const MAC_KEY = Buffer.from('1122334455667788990011223344556677889900', 'hex')
const LOCK: Lock = { cipher: 'aes128-cbc', key: KEY, macKey: MAC_KEY }
const made = { serial: 'ACME00000001', seed: SEED }

describe.each(vectors.figures)('RFC 6030 figure $figure ($about)', (vector) => {
  const { tokens, fault, leftOut = 0, signed = false } = vector
  const text = figure(vector.figure)
  const keys = [
    vector.keyHex && { key: Buffer.from(vector.keyHex, 'hex') },
    vector.passphrase && { passphrase: vector.passphrase },
  ].filter((unlocking) => typeof unlocking === 'object')
  const wrong = [
    vector.wrongKeyHex && { key: Buffer.from(vector.wrongKeyHex, 'hex') },
    vector.wrongPassphrase && { passphrase: vector.wrongPassphrase },
  ].filter((unlocking) => typeof unlocking === 'object')

  test('is read, or refused for what it is', async () => {
    for (const unlocking of keys.length > 0 ? keys : [{}]) {
      const { records, end } = await read(text, { unlocking, limits })
      if (fault !== undefined) expect(end).toMatchObject({ ok: false, fault })
      else expect(end).toEqual({ ok: true, leftOut, signed })
      expect(
        records.map(({ serial, seed, digits, startsOn, endsOn }) => ({
          serial,
          seedHex: hex(seed),
          ...(digits !== undefined && { digits }),
          ...(startsOn !== undefined && { startsOn, endsOn }),
        })),
      ).toEqual(tokens ?? [])
      for (const record of records) {
        expect(record).toMatchObject({ kind: 'hotp', algorithm: 'SHA1', counter: 0 })
      }
    }
  })

  test('is refused with another key, and without one', async () => {
    for (const unlocking of wrong) {
      expect((await faultOf(text, { unlocking, limits }))?.reason).toBe('wrong-key')
    }
    if (wrong.length > 0) {
      expect((await faultOf(text, { limits }))?.reason).toMatch(/^(key|passphrase)-needed$/)
    }
  })

  test('reads the same in pieces of any size', async () => {
    const form = { unlocking: keys[0] ?? {}, limits }
    const whole = await read(text, form)
    for (const size of [1, 7, 100]) expect(await read(text, form, size)).toEqual(whole)
  })
})

describe('ciphers', () => {
  const keyOf = (bits: number) => Buffer.alloc(bits / 8, 'key of the file ')

  test.each([128, 192, 256] as const)('AES-%i-CBC under each MAC', async (bits) => {
    const key = keyOf(bits)
    for (const mac of ['sha1', 'sha256', 'sha512'] as const) {
      for (const macKey of [{ macKey: MAC_KEY }, {}]) {
        const lock: Lock = { cipher: `aes${bits}-cbc`, key, mac, ...macKey }
        // Seeds of every length that leaves another padding.
        const seeds = Array.from({ length: 49 }, (_, more) => Buffer.alloc(16 + more, more + 1))
        const keys = seeds.map((seed, place) => ({ serial: `ACME${1000 + place}`, seed }))
        const { records, end } = await read(pskcFile(keys, lock), { unlocking: { key } })
        expect(end).toMatchObject({ ok: true })
        expect(records.map(({ seed }) => hex(seed))).toEqual(seeds.map(hex))
        for (const other of [Buffer.alloc(key.length, 1), Buffer.alloc(key.length, 2)]) {
          const fault = await faultOf(pskcFile(keys, lock), { unlocking: { key: other } })
          expect(fault?.reason).toBe('wrong-key')
        }
      }
    }
  })

  test.each([128, 192, 256] as const)('AES-%i key wrap, with a MAC and without', async (bits) => {
    const key = keyOf(bits)
    const seed = Buffer.alloc(24, 'wrapped')
    for (const mac of ['none', 'sha1'] as const) {
      const file = pskcFile([{ ...made, seed }], { cipher: `kw-aes${bits}`, key, mac })
      const { records } = await read(file, { unlocking: { key } })
      expect(records.map((record) => hex(record.seed))).toEqual([hex(seed)])
      const other = { key: Buffer.alloc(key.length, 1) }
      expect((await faultOf(file, { unlocking: other }))?.reason).toBe('wrong-key')
    }
  })

  test('AES key wrap as RFC 3394 §4.1 has it', async () => {
    const wrapped = Buffer.from('1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5', 'hex')
    const lock: Lock = { cipher: 'kw-aes128', key: KEY, mac: 'none' }
    const file = pskcFile([{ ...made, seed: Buffer.alloc(16) }], lock).replace(
      /(?<=<xenc:CipherValue>)[^<]*/,
      wrapped.toString('base64'),
    )
    const { records } = await read(file, { unlocking: { key: KEY } })
    expect(records.map(({ seed }) => hex(seed))).toEqual(['00112233445566778899aabbccddeeff'])
  })

  test('padding whose filling is arbitrary, as xmlenc §5.2 allows', async () => {
    const padded = Buffer.concat([SEED, Buffer.from('any filling'), Buffer.of(12)])
    const iv = Buffer.alloc(16, 7)
    const cbc = createCipheriv('aes-128-cbc', KEY, iv).setAutoPadding(false)
    const bytes = Buffer.concat([iv, cbc.update(padded), cbc.final()])
    const mac = createHmac('sha1', KEY).update(bytes).digest('base64')
    const file = pskcFile([made], { cipher: 'aes128-cbc', key: KEY })
      .replace(/(?<=<xenc:CipherValue>)[^<]*/, bytes.toString('base64'))
      .replace(/(?<=<ValueMAC>)[^<]*/, mac)
    const { records } = await read(file, { unlocking: { key: KEY } })
    expect(records.map(({ seed }) => hex(seed))).toEqual([hex(SEED)])
  })

  test.each([
    ['a key of another length', { unlocking: { key: Buffer.alloc(32) } }, 'key-length'],
    ['no key', {}, 'key-needed'],
    ['a passphrase instead of a key', { unlocking: { passphrase: 'qwerty' } }, 'key-needed'],
  ])('%s', async (_, form, reason) => {
    expect(await faultOf(pskcFile([made], LOCK), form)).toMatchObject({ reason })
  })
})

const plainPackage = () => /<KeyPackage>[\s\S]*<\/KeyPackage>/.exec(pskcFile([made]))?.[0] ?? ''

describe('changed files', () => {
  const unlocking = { key: KEY }
  const file = pskcFile([made], LOCK)
  /** Changes one bit in each place of the base64 of an element in turn. */
  const flipped = (element: string): string[] => {
    const found = new RegExp(`(?<=<(?:\\w+:)?${element}>)[^<]+(?=</(?:\\w+:)?${element}>)`, 'g')
    const last = [...file.matchAll(found)].at(-1)
    if (last === undefined) throw new Error(`the file has no ${element}`)
    const bytes = Buffer.from(last[0], 'base64')
    return Array.from(bytes, (_, place) => {
      const other = Buffer.from(bytes)
      other[place] = (other[place] ?? 0) ^ 1
      const at = last.index
      return file.slice(0, at) + other.toString('base64') + file.slice(at + last[0].length)
    })
  }

  test.each(['CipherValue', 'ValueMAC'])('any byte of %s', async (element) => {
    expect((await read(file, { unlocking })).end).toMatchObject({ ok: true })
    for (const changed of flipped(element)) {
      expect((await faultOf(changed, { unlocking }))?.reason).toBe('wrong-key')
    }
  })

  test.each([
    ['without its MAC', /<ValueMAC>[^<]*<\/ValueMAC>/, '', 'mac-missing'],
    ['with an empty MAC', /(?<=<ValueMAC>)[^<]*/, '', 'wrong-key'],
    ['with a shortened MAC', /(?<=<ValueMAC>)[^<]*/, 'AAAA', 'wrong-key'],
    ['without a method', /<MACMethod[\s\S]*<\/MACMethod>/, '', 'mac-missing'],
    ['under a weak MAC', /xmldsig#hmac-sha1/, 'xmldsig-more#hmac-md5', 'mac-unsupported'],
    ['under a weak cipher', /aes128-cbc/g, 'tripledes-cbc', 'encryption-unsupported'],
  ])('%s', async (_, pattern, by, reason) => {
    const changed = file.replace(pattern, by)
    expect(changed).not.toBe(file)
    expect((await faultOf(changed, { unlocking }))?.reason).toBe(reason)
  })

  const open = plainPackage()
  test.each([
    [
      'with a plain seed in an encrypted one\u2019s place',
      file.replace(/<KeyPackage>[\s\S]*<\/KeyPackage>/, open),
      {},
    ],
    ['with a plain seed, though a key was given', pskcFile([made]), { unlocking }],
    [
      'with a plain seed, though a passphrase was given',
      pskcFile([made]),
      { unlocking: { passphrase: 'x' } },
    ],
  ])('%s', async (_, text, form) => {
    expect((await faultOf(text, form))?.reason).toBe('seed-not-encrypted')
  })

  test('CBC without any MAC', async () => {
    const unprotected = pskcFile([made], { cipher: 'aes128-cbc', key: KEY, mac: 'none' })
    expect((await faultOf(unprotected, { unlocking }))?.reason).toBe('mac-missing')
  })
})

describe('passphrases', () => {
  const salt = Buffer.from('saltsaltsalt')
  const passphrase = 'correct horse 電池'
  const derived = (parameters: string, method = 'pkcs5:PBKDF2-params') =>
    `<xenc11:DerivedKey><xenc11:KeyDerivationMethod
       Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
       <${method}>${parameters}</${method}></xenc11:KeyDerivationMethod>
       <xenc11:MasterKeyName>ours</xenc11:MasterKeyName></xenc11:DerivedKey>`
  const stated = (iterations: number | string, more = '<KeyLength>16</KeyLength>') =>
    `<Salt><Specified>${salt.toString('base64')}</Specified></Salt>
     <IterationCount>${iterations}</IterationCount>${more}`
  const fileWith = (key: Uint8Array, encryptionKey: string) => {
    const lock = { ...LOCK, key, cipher: `aes${(key.length * 8) as 128}-cbc` } as const
    return pskcHead(lock, encryptionKey) + pskcPackage(made, lock) + PSKC_FOOT
  }

  test.each([
    ['HMAC-SHA-1 without being named', 'sha1', 16, ''],
    ['HMAC-SHA-1, empty', 'sha1', 16, '<PRF/>'],
    [
      'HMAC-SHA-256',
      'sha256',
      32,
      '<PRF Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>',
    ],
    ['HMAC-SHA-256, as some write it', 'sha256', 16, '<PRF Algorithm="hmacWithSHA256"/>'],
  ])('by PBKDF2 with %s', async (_, hash, length, prf) => {
    const key = pbkdf2Sync(passphrase, salt, 2_000, length, hash)
    const lengths = [`<KeyLength>${length}</KeyLength>`, '']
    for (const keyLength of lengths) {
      const text = fileWith(key, derived(stated(2_000, keyLength + prf)))
      const { records } = await read(text, { unlocking: { passphrase } })
      expect(records.map(({ seed }) => hex(seed))).toEqual([hex(SEED)])
      const other = { passphrase: `${passphrase} ` }
      expect((await faultOf(text, { unlocking: other }))?.reason).toBe('wrong-key')
      expect((await faultOf(text))?.reason).toBe('passphrase-needed')
    }
  })

  test('with the parameters in the namespace of xmlenc11', async () => {
    const key = pbkdf2Sync(passphrase, salt, 249, 16, 'sha1')
    const inside = stated(249).replace(/<(\/?)(?=[A-Z])/g, '<$1xenc11:')
    const text = fileWith(key, derived(inside, 'xenc11:PBKDF2-params'))
    expect((await read(text, { unlocking: { passphrase } })).records).toHaveLength(1)
  })

  test.each([
    ['no iterations', stated(0)],
    ['a million and one', stated(1_000_001)],
    ['words for iterations', stated('many')],
    ['a key of an odd length', stated(1_000, '<KeyLength>1000000000</KeyLength>')],
    ['another function', stated(1_000, '<PRF Algorithm="urn:md5"/>')],
    ['no salt', '<IterationCount>1000</IterationCount>'],
    ['nothing', ''],
  ])('%s', async (_, parameters) => {
    const fault = await faultOf(fileWith(KEY, derived(parameters)), { unlocking: { passphrase } })
    expect(fault?.reason).toBe('derivation-unsupported')
  })
})
