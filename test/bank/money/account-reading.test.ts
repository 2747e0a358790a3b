/** What may be a login password, and what can be a mail address. */
import { describe, expect, test } from 'vitest'
import { readNewPassword } from '../../../src/bank/login-password.ts'
import { readMailAddress } from '../../../src/bank/mail-address.ts'

describe('a login password', () => {
  const read = (typed: string, again = typed) =>
    readNewPassword('a10000000001', 'loginPassword', typed, again)

  test.each(['abcde1', 'A1b2C3', '12345678901z', 'ABCDEFGHIJK9'])('%s is taken', (typed) => {
    expect(read(typed)).toEqual({ ok: true, value: typed })
  })

  test.each([
    ['', 'empty'],
    ['abcd1', 'too short'],
    ['abcdefghijkl1', 'too long'],
    ['abcdefgh', 'without a digit'],
    ['12345678', 'without a letter'],
    ['abc def1', 'with a space'],
    ['ａｂｃｄｅ１', 'full width'],
    ['パスワード1a', 'Japanese'],
    ['A10000000001', 'the contract ID'],
  ])('%j is not (%s)', (typed) => {
    expect(read(typed)).toEqual({ ok: false, refusal: 'invalid-input', field: 'loginPassword' })
  })

  test('typed differently the second time', () => {
    expect(read('abcde1', 'abcde2')).toEqual({
      ok: false,
      refusal: 'invalid-input',
      field: 'loginPasswordAgain',
    })
  })
})

describe('a mail address', () => {
  test.each([
    ['hanako@example.jp', 'hanako@example.jp'],
    ['  Hanako.Shirakawa+bank@Mail.Example.JP ', 'Hanako.Shirakawa+bank@mail.example.jp'],
    ['ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'hanako@example.jp'],
    ["o'neil_1@xn--wgv71a.jp", "o'neil_1@xn--wgv71a.jp"],
  ])('%s', (typed, address) => expect(readMailAddress(typed)).toBe(address))

  test.each([
    '',
    '@',
    'hanako',
    'hanako@',
    '@example.jp',
    'hanako@example',
    'hanako@example..jp',
    'hanako@-example.jp',
    'hanako@example.j',
    'ha nako@example.jp',
    '.hanako@example.jp',
    'ha..nako@example.jp',
    '"hanako"@example.jp',
    'hanako@example.jp, taro@example.jp',
    'hanako@example.jp\r\nBcc: taro@example.jp',
    'Hanako <hanako@example.jp>',
    '花子@example.jp',
    `${'h'.repeat(65)}@example.jp`,
    `hanako@${'example.'.repeat(40)}jp`,
    '\ud800@example.jp',
  ])('%j is none', (typed) => expect(readMailAddress(typed)).toBeUndefined())
})
