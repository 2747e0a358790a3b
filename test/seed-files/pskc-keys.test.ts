/** What a PSKC file says of its keys, and how makers say it. */
import { createCipheriv, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Lock, type MadeKey, pskcFile } from '../../bench/rig/pskc-writer.ts'
import type { SeedRecord } from '../../src/bank/hardware/seed.ts'
import { faultOf, read } from './reading.ts'

const SEED = Buffer.from('12345678901234567890')
const made: MadeKey = { serial: 'ACME00000001', seed: SEED }
const plain = pskcFile([made])

/** The only token of a file. */
async function tokenIn(text: string, form = {}): Promise<SeedRecord> {
  const { records, end } = await read(text, form)
  expect(end).toMatchObject({ ok: true })
  expect(records).toHaveLength(1)
  return records[0] as SeedRecord
}

/** The file with one thing changed; a change that finds nothing would test nothing. */
function changed(text: string, pattern: string | RegExp, by: string): string {
  const after = text.replace(pattern, by)
  expect(after).not.toBe(text)
  return after
}

describe('a key', () => {
  test('by time', async () => {
    const text = pskcFile([{ ...made, periodSeconds: 60, digits: 8, suite: 'HMAC-SHA256' }])
    expect(await tokenIn(text)).toMatchObject({
      kind: 'totp',
      periodSeconds: 60,
      digits: 8,
      algorithm: 'SHA256',
      counter: 0,
      driftSteps: 0,
      manufacturer: 'Acme Tokens',
      model: 'A-100',
      line: 6,
    })
  })

  test('by counter', async () => {
    const token = await tokenIn(pskcFile([{ ...made, kind: 'hotp', counter: 4_711 }]))
    expect(token).toMatchObject({ kind: 'hotp', counter: 4_711 })
    expect(token.periodSeconds).toBeUndefined()
  })

  test('leaves open what the file leaves open', async () => {
    const text = changed(plain, /<ResponseFormat[^>]*>|<TimeInterval>.*<\/TimeInterval>/g, '')
    const token = await tokenIn(text)
    expect([token.digits, token.periodSeconds]).toEqual([undefined, undefined])
    expect(token.algorithm).toBe('SHA1')
  })

  test.each(['SHA512', 'HMAC-SHA512', 'HmacSHA512', 'HMAC-SHA-512'])(
    'with the suite %s',
    async (suite) => {
      expect((await tokenIn(pskcFile([{ ...made, suite }]))).algorithm).toBe('SHA512')
    },
  )

  test.each([
    ['urn:ietf:params:xml:ns:keyprov:pskc#totp', 'totp'],
    ['http://www.ietf.org/keyprov/pskc#hotp', 'hotp'],
  ])('of the algorithm %s, as drafts named it', async (name, kind) => {
    const text = changed(plain, 'urn:ietf:params:xml:ns:keyprov:pskc:totp', name)
    expect((await tokenIn(text)).kind).toBe(kind)
  })

  test('whose serial is typed otherwise than it is written', async () => {
    expect((await tokenIn(pskcFile([{ ...made, serial: '306euo4-00960' }]))).serial).toBe(
      '306EUO400960',
    )
  })

  test('with the days of battery and key: both must hold', async () => {
    const device = changed(
      plain,
      '<Model>',
      '<StartDate>2026-01-31T00:00:00Z</StartDate><ExpiryDate>2031-01-31T00:00:00Z</ExpiryDate><Model>',
    )
    const both = changed(
      device,
      '</Data>',
      `</Data><Policy><StartDate>2025-06-01T00:00:00+09:00</StartDate>
       <ExpiryDate>2030-12-31T23:59:59.5Z</ExpiryDate><KeyUsage>OTP</KeyUsage></Policy>`,
    )
    expect(await tokenIn(both)).toMatchObject({ startsOn: '2026-01-31', endsOn: '2030-12-31' })
  })

  test('with comments and CDATA within its values, and entities that XML itself has', async () => {
    const text = changed(plain, 'ACME00000001', 'AC<!-- no -->ME<![CDATA[0000]]>&#x30;001')
    const entities = changed(text, 'Acme Tokens', 'A&amp;B &lt;Tokens&gt;')
    expect(await tokenIn(entities)).toMatchObject({
      serial: 'ACME00000001',
      manufacturer: 'A&B <Tokens>',
    })
  })
})

describe('a file', () => {
  test('with any prefixes, a byte order mark and line breaks of Windows', async () => {
    const prefixed = plain
      .replace(/<(\/?)(?=[A-Z])/g, '<$1foo:')
      .replace('xmlns=', 'xmlns:foo=')
      .replaceAll('\n', '\r\n')
    expect(await tokenIn(`\ufeff${prefixed}`)).toEqual(await tokenIn(plain))
  })

  test('with namespaces declared anew further in', async () => {
    const text = changed(
      plain,
      '<Data>',
      '<p:Data xmlns:p="urn:ietf:params:xml:ns:keyprov:pskc">',
    ).replace('</Data>', '</p:Data>')
    expect(await tokenIn(text)).toEqual(await tokenIn(plain))
  })

  test('with extensions of a maker, which mean nothing to us', async () => {
    const extension = `<Extensions><v:Secret xmlns:v="urn:maker"><PlainValue>AAAA</PlainValue>
      </v:Secret></Extensions>`
    const text = changed(plain, '</Key>', `${extension}${extension}</Key>`)
    expect(await tokenIn(text)).toEqual(await tokenIn(plain))
  })

  test('with the names of PSKC in another namespace has no tokens', async () => {
    const text = changed(plain, 'urn:ietf:params:xml:ns:keyprov:pskc"', 'urn:other"')
    expect((await faultOf(text))?.reason).toBe('not-pskc')
  })

  test.each([
    ['of a version to come', 'Version="1.0"', 'Version="1.1"', 'version-unsupported'],
    ['of the drafts', 'keyprov:pskc"', 'keyprov:container:1.0"', 'version-unsupported'],
    ['without a version', 'Version="1.0"', '', 'version-unsupported'],
    ['without keys', /<KeyPackage>[\s\S]*<\/KeyPackage>/, '', 'no-tokens'],
  ])('%s', async (_, pattern, by, reason) => {
    expect((await faultOf(changed(plain, pattern, by)))?.reason).toBe(reason)
  })
})

test.each([
  ['no serial', /<SerialNo>.*<\/SerialNo>|Id="[^"]*"/g, '', 'field-missing'],
  ['a serial of sixty letters', 'ACME00000001', 'A'.repeat(60), 'serial-invalid'],
  ['a serial in Japanese', 'ACME00000001', 'トークン一号', 'serial-invalid'],
  ['a serial of the token app', 'ACME00000001', 'GM12345674', 'serial-reserved'],
  ['a seed that is no base64', /(?<=<Secret>\s*<PlainValue>)/, '!', 'field-invalid'],
  [
    'a seed in hex',
    /(?<=<Secret>\s*<PlainValue>)[^<]*/,
    SEED.toString('hex').slice(1),
    'field-invalid',
  ],
  ['a seed of fifteen bytes', /(?<=<Secret>\s*<PlainValue>)[^<]*/, 'A'.repeat(20), 'seed-length'],
  ['a seed of 66 bytes', /(?<=<Secret>\s*<PlainValue>)[^<]*/, 'A'.repeat(88), 'seed-length'],
  ['no seed', /<Secret>[\s\S]*<\/Secret>/, '', 'field-missing'],
  ['an empty secret', /(?<=<Secret>)[\s\S]*(?=<\/Secret>)/, '', 'field-missing'],
  ['no algorithm', / Algorithm="urn[^"]*"/, '', 'field-missing'],
  ['another algorithm', 'pskc:totp', 'pskc:securid-aes', 'algorithm-unsupported'],
  ['challenge and response', 'pskc:totp', 'pskc:ocra', 'algorithm-unsupported'],
  [
    'another hash',
    '<ResponseFormat',
    '<Suite>HMAC-MD5</Suite><ResponseFormat',
    'algorithm-unsupported',
  ],
  ['five digits', 'Length="6"', 'Length="5"', 'digits-unsupported'],
  ['nine digits', 'Length="6"', 'Length="9"', 'digits-unsupported'],
  ['letters for digits', 'Length="6"', 'Length="six"', 'field-invalid'],
  ['letters in codes', 'DECIMAL', 'ALPHANUMERIC', 'digits-unsupported'],
  ['check digits', 'DECIMAL"', 'DECIMAL" CheckDigits="true"', 'digits-unsupported'],
  ['a period of a day', '>30<', '>86400<', 'period-unsupported'],
  ['a period of words', '>30<', '>thirty<', 'field-invalid'],
  [
    'a clock that is days off',
    '</Data>',
    '<TimeDrift><PlainValue>5000</PlainValue></TimeDrift></Data>',
    'field-invalid',
  ],
  [
    'a rule that we do not know',
    '</Data>',
    '</Data><Policy><OnWeekdaysOnly/></Policy>',
    'policy-unsupported',
  ],
  [
    'a use that is none of ours',
    '</Data>',
    '</Data><Policy><KeyUsage>Encrypt</KeyUsage></Policy>',
    'policy-unsupported',
  ],
  [
    'a PIN that is part of the code',
    '</Data>',
    '</Data><Policy><PINPolicy PINUsageMode="Append"/></Policy>',
    'policy-unsupported',
  ],
  [
    'a limited number of codes',
    '</Data>',
    '</Data><Policy><NumberOfTransactions>5</NumberOfTransactions></Policy>',
    'policy-unsupported',
  ],
  [
    'a day that there is not',
    '<Model>',
    '<ExpiryDate>2026-02-30T00:00:00Z</ExpiryDate><Model>',
    'field-invalid',
  ],
  [
    'two seeds',
    '<Secret>',
    '<Secret><PlainValue>AAAA</PlainValue></Secret><Secret>',
    'element-twice',
  ],
  ['two serials', '<SerialNo>', '<SerialNo>ACME2</SerialNo><SerialNo>', 'element-twice'],
  ['two keys in a package', '<Key ', '<Key/><Key ', 'element-twice'],
])('%s', async (_, pattern, by, reason) => {
  const fault = await faultOf(changed(plain, pattern, by))
  expect(fault?.reason).toBe(reason)
  expect(fault?.line).toBeGreaterThanOrEqual(5)
  expect(fault?.line).toBeLessThan(30)
})

test('the counter of an event-based key within its bounds', async () => {
  for (const counter of [-1, 2 ** 32 + 1, 1e15]) {
    const text = pskcFile([{ ...made, kind: 'hotp', counter }])
    expect(await faultOf(text)).toMatchObject({ reason: 'field-invalid', about: 'Counter' })
  }
})

describe('encrypted numbers', () => {
  const key = Buffer.alloc(16, 9)
  const lock: Lock = { cipher: 'aes128-cbc', key }
  function locked(name: string, bytes: Buffer, text: string): string {
    const iv = Buffer.alloc(16, 3)
    const cbc = createCipheriv('aes-128-cbc', key, iv)
    const cipher = Buffer.concat([iv, cbc.update(bytes), cbc.final()])
    const mac = createHmac('sha1', key).update(cipher).digest('base64')
    const method = 'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"'
    const data = `<xenc:CipherValue>${cipher.toString('base64')}</xenc:CipherValue>`
    const value = `<EncryptedValue><xenc:EncryptionMethod ${method}/>
      <xenc:CipherData>${data}</xenc:CipherData></EncryptedValue><ValueMAC>${mac}</ValueMAC>`
    return changed(text, new RegExp(`<${name}>.*</${name}>`), `<${name}>${value}</${name}>`)
  }
  const eight = Buffer.alloc(8)
  eight.writeBigInt64BE(405_834n)
  const four = Buffer.alloc(4)
  four.writeInt32BE(405_834)

  test.each([
    ['eight octets', eight],
    ['three octets, which will do', four.subarray(1)],
    ['four octets', four],
    ['digits', Buffer.from('405834')],
  ])('as %s', async (_, bytes) => {
    const text = locked('Counter', bytes, pskcFile([{ ...made, kind: 'hotp' }], lock))
    expect(await tokenIn(text, { unlocking: { key } })).toMatchObject({ counter: 405_834 })
  })

  test('as a period', async () => {
    const text = locked('TimeInterval', Buffer.from('60'), pskcFile([made], lock))
    expect(await tokenIn(text, { unlocking: { key } })).toMatchObject({ periodSeconds: 60 })
  })

  test.each([
    ['of nine octets', Buffer.alloc(9)],
    ['of more than a button is pressed', Buffer.alloc(5, 0xff)],
    ['that is below zero', Buffer.alloc(8, 0xff)],
    ['of words', Buffer.from('a good many')],
  ])('%s', async (_, bytes) => {
    const text = locked('Counter', bytes, pskcFile([{ ...made, kind: 'hotp' }], lock))
    expect(await faultOf(text, { unlocking: { key } })).toMatchObject({ about: 'Counter' })
  })
})
