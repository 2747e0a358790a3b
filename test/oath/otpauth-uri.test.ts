import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase32, encodeBase32 } from '../../src/oath/base32.ts'
import { ALGORITHMS } from '../../src/oath/hmac-key.ts'
import { type OtpauthKey, parseOtpauthUri, printOtpauthUri } from '../../src/oath/otpauth-uri.ts'
import base32 from '../vectors/rfc4648-base32.json' with { type: 'json' }

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }))
const brokenText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units))

describe('base32', () => {
  test.each(base32.rows)('RFC 4648 §10: "$text"', ({ text, base32: padded }) => {
    const bytes = new TextEncoder().encode(text)
    const bare = padded.replaceAll('=', '')
    expect(encodeBase32(bytes)).toBe(bare)
    expect(decodeBase32(padded)).toEqual(bytes)
    expect(decodeBase32(bare)).toEqual(bytes)
    expect(decodeBase32(padded.toLowerCase())).toEqual(bytes)
    expect(decodeBase32(` ${[...padded].join(' ')} `)).toEqual(bytes)
  })

  test.each([
    ['impossible length 1', 'M'],
    ['impossible length 3', 'MZX'],
    ['impossible length 6', 'MZXW6Y'],
    ['left-over bits', 'MZ'],
    ['padding cut short', 'MY====='],
    ['too much padding', 'MY======='],
    ['padding of nothing', '========'],
    ['padding inside', 'MY======MY======'],
    ['the digit 1', 'MZXW6YT1'],
    ['full width', 'ＭＹ'],
    ['a hyphen', 'MZXW-6YTB'],
    ['a letter that upper-cases to S', 'MZXW6YT\u017f'],
    ['a letter that upper-cases to SS', 'MZXW6Y\u00df'],
    ['NUL', 'MY\0'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase32(text)).toBeUndefined()
  })

  test('reads back whatever it printed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(bytes)
      }),
    )
  })

  test('has one meaning for what it reads', () => {
    const symbols = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=') })
    fc.assert(
      fc.property(fc.oneof(symbols, anyText, brokenText), (text) => {
        const bytes = decodeBase32(text)
        if (bytes === undefined) return
        expect(encodeBase32(bytes)).toBe(text.replaceAll(/[ =]/g, '').toUpperCase())
      }),
    )
  })
})

const labelText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() === text && !text.includes(':') && !/\p{Cc}/u.test(text))

const keys: fc.Arbitrary<OtpauthKey> = fc
  .tuple(
    fc.record(
      {
        issuer: labelText,
        account: labelText,
        secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
        algorithm: fc.constantFrom(...ALGORITHMS),
        digits: fc.constantFrom(6 as const, 7 as const, 8 as const),
      },
      { requiredKeys: ['account', 'secret', 'algorithm', 'digits'] },
    ),
    fc.oneof(
      fc.record({
        type: fc.constant('totp' as const),
        periodSeconds: fc.integer({ min: 1, max: 86_400 }),
      }),
      fc.record({ type: fc.constant('hotp' as const), counter: fc.maxSafeNat() }),
    ),
  )
  .map(([described, moving]) => ({ ...described, ...moving }))

const SEED = new TextEncoder().encode('12345678901234567890')
const demo: OtpauthKey = {
  type: 'totp',
  issuer: '白河信用金庫（デモ）',
  account: 'GM00000018',
  secret: SEED,
  algorithm: 'SHA256',
  digits: 6,
  periodSeconds: 30,
}

describe('key URIs', () => {
  test('are read back as printed', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const uri = printOtpauthUri(key)
        expect(uri).toBeDefined()
        expect(parseOtpauthUri(uri ?? '')).toEqual({ ok: true, key })
      }),
    )
  })

  test('are printed with every parameter', () => {
    expect(printOtpauthUri({ ...demo, issuer: 'Shirakawa Shinkin' })).toBe(
      'otpauth://totp/Shirakawa%20Shinkin:GM00000018?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
        '&issuer=Shirakawa%20Shinkin&algorithm=SHA256&digits=6&period=30',
    )
  })

  test('that name only the secret have the defaults', () => {
    expect(parseOtpauthUri('otpauth://totp/alice?secret=gezdgnbv gy3tqojq')).toEqual({
      ok: true,
      key: {
        type: 'totp',
        account: 'alice',
        secret: SEED.slice(0, 10),
        algorithm: 'SHA1',
        digits: 6,
        periodSeconds: 30,
      },
    })
  })

  test.each([
    'OTPAUTH://TOTP/Big%20Bank:%20alice?SECRET=MZXW6YTB&issuer=Big%20Bank',
    'otpauth://totp/Big%20Bank%3Aalice?secret=MZXW6YTB&image=x&algorithm=sha1&issuer=Big+Bank',
    'otpauth://totp/alice?secret=MZXW6YTB&issuer=Big%20Bank',
    'otpauth://totp/Big Bank:alice?&secret=MZXW6YTB&',
  ])('%s is Big Bank, alice', (uri) => {
    expect(parseOtpauthUri(uri)).toMatchObject({
      ok: true,
      key: { issuer: 'Big Bank', account: 'alice' },
    })
  })

  const good = 'otpauth://totp/a?secret=MZXW6YTB'
  test.each([
    ['not-otpauth', ''],
    ['not-otpauth', 'https://totp/a?secret=MZXW6YTB'],
    ['not-otpauth', 'otpauth://steam/a?secret=MZXW6YTB'],
    ['not-otpauth', 'otpauth://totp/a'],
    ['not-otpauth', `${good}#x`],
    ['not-otpauth', ` ${good}`],
    ['too-long', good + 'x'.repeat(2048)],
    ['parameters', `${good}&issuer=%zz`],
    ['parameters', `${good}&issuer=%ff`],
    ['parameters', `${good}&secret=MZXW6YTB`],
    ['label', 'otpauth://totp/?secret=MZXW6YTB'],
    ['label', 'otpauth://totp/b:?secret=MZXW6YTB'],
    ['label', 'otpauth://totp/:a?secret=MZXW6YTB'],
    ['label', 'otpauth://totp/b:c:a?secret=MZXW6YTB'],
    ['label', 'otpauth://totp/a%00?secret=MZXW6YTB'],
    ['label', 'otpauth://totp/%?secret=MZXW6YTB'],
    ['issuer', 'otpauth://totp/b:a?secret=MZXW6YTB&issuer=c'],
    ['issuer', `${good}&issuer=`],
    ['secret', 'otpauth://totp/a?'],
    ['secret', 'otpauth://totp/a?secret='],
    ['secret', 'otpauth://totp/a?secret=M1'],
    ['algorithm', `${good}&algorithm=MD5`],
    ['algorithm', `${good}&algorithm=`],
    ['algorithm', `${good}&algorithm=\u017fHA1`],
    ['digits', `${good}&digits=5`],
    ['digits', `${good}&digits=9`],
    ['digits', `${good}&digits=６`],
    ['digits', `${good}&digits=6.0`],
    ['period', `${good}&period=0`],
    ['period', `${good}&period=-30`],
    ['period', `${good}&period=2147483648`],
    ['counter', 'otpauth://hotp/a?secret=MZXW6YTB'],
    ['counter', 'otpauth://hotp/a?secret=MZXW6YTB&counter=-1'],
    ['counter', 'otpauth://hotp/a?secret=MZXW6YTB&counter=9007199254740992'],
    ['counter', 'otpauth://hotp/a?secret=MZXW6YTB&counter=1e3'],
  ])('refused for its %s: %s', (reason, uri) => {
    expect(parseOtpauthUri(uri)).toEqual({ ok: false, reason })
  })

  test('the greatest counter is read exactly', () => {
    expect(
      parseOtpauthUri('otpauth://hotp/a?secret=MZXW6YTB&counter=9007199254740991'),
    ).toMatchObject({ ok: true, key: { type: 'hotp', counter: Number.MAX_SAFE_INTEGER } })
  })

  test.each<[string, OtpauthKey]>([
    ['a colon in the account', { ...demo, account: 'a:b' }],
    ['a colon in the issuer', { ...demo, issuer: 'a:b' }],
    ['an empty account', { ...demo, account: '' }],
    ['an empty issuer', { ...demo, issuer: '' }],
    ['a space before the account', { ...demo, account: ' a' }],
    ['a lone surrogate', { ...demo, account: '\ud800' }],
    ['no secret', { ...demo, secret: new Uint8Array() }],
    ['no period', { ...demo, periodSeconds: 0 }],
    ['a name beyond the length', { ...demo, account: 'x'.repeat(2048) }],
  ])('are not printed with %s', (_, key) => {
    expect(printOtpauthUri(key)).toBeUndefined()
  })

  test('arbitrary text is answered, never thrown at', () => {
    const near = fc
      .tuple(fc.constantFrom('totp', 'hotp'), anyText, anyText)
      .map(([type, label, query]) => `otpauth://${type}/${label}?secret=MZXW6YTB&${query}`)
    fc.assert(
      fc.property(fc.oneof(anyText, brokenText, near), (text) => {
        const reading = parseOtpauthUri(text)
        if (!reading.ok) return
        const uri = printOtpauthUri(reading.key)
        expect(uri === undefined ? undefined : parseOtpauthUri(uri)).toEqual(reading)
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(brokenText, brokenText, (issuer, account) => {
        const uri = printOtpauthUri({ ...demo, issuer, account })
        if (uri !== undefined) expect(parseOtpauthUri(uri).ok).toBe(true)
      }),
    )
  })
})
