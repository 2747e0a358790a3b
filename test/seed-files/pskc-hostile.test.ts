/**
 * XML that means harm: refused with a reason, and after no more than a good file may have between
 * two tokens, however much of it there is. Sources without end show that: a reader that reads on
 * would never come to its end.
 */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PSKC_FOOT, pskcFile, pskcHead, pskcPackage } from '../../bench/rig/pskc-writer.ts'
import { SEED_FAULTS } from '../../src/bank/hardware/seed.ts'
import { readSeedFile } from '../../src/seed-files/seed-file.ts'
import { drain, faultOf, read } from './reading.ts'

const SEED = Buffer.from('12345678901234567890')
const made = { serial: 'ACME00000001', seed: SEED }
const plain = pskcFile([made])
const [head, key] = [pskcHead(), pskcPackage(made)]
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const withoutDeclaration = plain.slice(declaration.length)

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a0 "ha">${Array.from(
  { length: 30 },
  (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`,
).join('')}]>`

describe('is refused:', () => {
  test.each([
    ['a document type', `${declaration}<!DOCTYPE KeyContainer>${withoutDeclaration}`, 'doctype'],
    [
      'one of another file',
      `<!DOCTYPE KeyContainer SYSTEM "file:///etc/passwd">${withoutDeclaration}`,
      'doctype',
    ],
    [
      'an entity of another file',
      `<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]>${withoutDeclaration.replace('Acme Tokens', '&x;')}`,
      'doctype',
    ],
    ['a billion laughs', LAUGHS + withoutDeclaration.replace('Acme Tokens', '&a30;'), 'doctype'],
    ['a parameter entity', `<!DOCTYPE k [<!ENTITY % p "x">%p;]>${withoutDeclaration}`, 'doctype'],
    ['an entity that nobody declared', plain.replace('Acme Tokens', '&x;'), 'malformed'],
    [
      'a style sheet',
      plain.replace('<KeyC', '<?xml-stylesheet href="a.xsl"?><KeyC'),
      'instruction',
    ],
    [
      'an instruction among the keys',
      plain.replace('<KeyP', '<?php echo 1 ?><KeyP'),
      'instruction',
    ],
    ['a lone surrogate by number', plain.replace('Acme', '&#xD800;'), 'malformed'],
    ['a NUL by number', plain.replace('Acme', '&#0;'), 'malformed'],
    ['a NUL', plain.replace('Acme', '\0'), 'malformed'],
    ['a control character', plain.replace('Acme', '\x08'), 'malformed'],
    ['a character that is none', plain.replace('Acme', '\uffff'), 'malformed'],
    ['a tag that is not closed', plain.replace('</Data>', ''), 'malformed'],
    [
      'an attribute twice',
      plain.replace('Version="1.0"', 'Version="1.0" Version="1.0"'),
      'malformed',
    ],
    [
      'a prefix that means nothing',
      plain.replace('<Data>', '<x:Data>').replace('</Data>', '</x:Data>'),
      'malformed',
    ],
    ['a second root', plain + withoutDeclaration, 'malformed'],
    ['text behind the root', `${plain}and more`, 'malformed'],
    ['a declaration that comes late', ` ${plain}`, 'malformed'],
    ['another encoding by name', plain.replace('UTF-8', 'Shift_JIS'), 'not-utf-8'],
    ['another encoding in fact', Buffer.from(plain, 'utf16le'), 'malformed'],
    ['a table', 'serial,secret\nA,B\n', 'malformed'],
    ['nothing', '', 'no-tokens'],
    ['white space', ' \n\n', 'no-tokens'],
    ['a packed file', gzipSync(plain), 'compressed'],
    ['half of a packed file', gzipSync(plain).subarray(0, 30), 'compressed'],
  ])('%s', async (_, content, reason) => {
    expect(await faultOf(content)).toMatchObject({ reason })
  })

  test('another encoding with its byte order mark', async () => {
    const marked = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(plain, 'utf16le')])
    expect((await faultOf(marked))?.reason).toBe('not-utf-8')
  })

  test.each([
    ['a byte that cannot be', Buffer.of(0xff)],
    ['a character written too long', Buffer.of(0xc0, 0xbc)],
    ['a surrogate in UTF-8', Buffer.of(0xed, 0xa0, 0x80)],
    ['a character cut in two', Buffer.of(0xe3, 0x81)],
  ])('%s', async (_, bytes) => {
    const at = Buffer.byteLength(head)
    const bad = Buffer.concat([Buffer.from(head), bytes, Buffer.from(key + PSKC_FOOT)])
    expect(await faultOf(bad)).toMatchObject({ reason: 'not-utf-8' })
    expect(await faultOf(bad.subarray(0, at + bytes.length))).toMatchObject({ reason: 'not-utf-8' })
  })

  test('every part of a good file that ends before its end', async () => {
    for (let length = 0; length < plain.trimEnd().length; length += 1) {
      const fault = await faultOf(plain.slice(0, length))
      expect(['cut-off', 'no-tokens', 'malformed'], `${length} characters`).toContain(fault?.reason)
    }
  })

  test('depth beyond measure', async () => {
    const deep = '<a>'.repeat(100_000)
    expect((await faultOf(head + deep))?.reason).toBe('too-deep')
    // The root is another one already.
    expect((await faultOf(deep))?.reason).toBe('not-pskc')
  })

  test('attributes beyond measure', async () => {
    const many = Array.from({ length: 10_000 }, (_, place) => `a${place}="1"`).join(' ')
    expect((await faultOf(`${head}<Key ${many}/>`))?.reason).toBe('too-many-attributes')
  })
})

const MEBIBYTE = 1024 * 1024

/** Never ends. `taken` tells how much of it was asked for. */
function endless(start: string, part: string) {
  const source = { taken: 0, bytes: stream() }
  async function* stream() {
    const piece = Buffer.from(part.repeat(Math.ceil(65_536 / part.length)))
    yield Buffer.from(start)
    for (;;) {
      source.taken += piece.length
      yield piece
    }
  }
  return source
}

describe('without end:', () => {
  test.each([
    ['text', `${head}<KeyPackage>`, 'x'],
    ['text in front of the root', declaration, ' '],
    ['a comment', `${head}<!--`, 'x'],
    ['comments', head, '<!-- nothing -->'],
    ['a CDATA section', `${head}<KeyPackage><![CDATA[`, 'x'],
    ['an instruction', `${head}<?`, 'x'],
    ['a document type', '<!DOCTYPE k [', '<!ENTITY a "b">'],
    ['the name of an element', `${head}<`, 'x'],
    ['the name of an attribute', `${head}<Key `, 'x'],
    ['the value of an attribute', `${head}<Key Id="`, 'x'],
    ['attributes', `${head}<Key`, ' a="1"'],
    ['a reference', `${head}<KeyPackage>&`, 'x'],
    ['a number of a character', `${head}<KeyPackage>&#`, '1'],
    ['elements within a package', `${head}<KeyPackage>`, '<Extensions/>'],
    ['elements among the packages', head, '<Other/>'],
    ['elements after a package', head + key, '<Other/>'],
    ['white space after a package', head + key, '\n'],
    ['white space after the root', plain, '\n'],
  ])('%s', async (_, start, part) => {
    const source = endless(start, part)
    const { end } = await drain(readSeedFile(source.bytes, { format: 'pskc' }))
    expect(end.ok).toBe(false)
    if (!end.ok) expect(['too-long', 'malformed', 'too-deep']).toContain(end.fault.reason)
    expect(source.taken).toBeLessThan(1.2 * MEBIBYTE)
  })

  test('tokens', async () => {
    const limits = { mostTokens: 1_000 }
    const source = endless(head, key)
    const { end } = await drain(readSeedFile(source.bytes, { format: 'pskc', limits }))
    expect(end).toMatchObject({ fault: { reason: 'too-many-tokens' } })
    const large = { mostBytes: 2 * MEBIBYTE }
    const bytes = await drain(
      readSeedFile(endless(head, key).bytes, { format: 'pskc', limits: large }),
    )
    expect(bytes.end).toMatchObject({ fault: { reason: 'too-large' } })
  })
})

test('a reading that is given up lets go of its source', async () => {
  let closed = false
  async function* source() {
    try {
      yield Buffer.from(head + key.repeat(200))
      yield Buffer.from(key)
    } finally {
      closed = true
    }
  }
  const reading = readSeedFile(source(), { format: 'pskc' })
  await reading.next()
  await reading.return({ ok: false, fault: { reason: 'cut-off', line: 1 } })
  expect(closed).toBe(true)
})

describe('whatever it is given, a reading ends with tokens or with a fault it knows:', () => {
  const check = async (content: string | Uint8Array) => {
    const { end } = await read(content, {}, 1_000)
    if (end.ok) return
    expect(SEED_FAULTS).toContain(end.fault.reason)
    expect(end.fault.line).toBeGreaterThan(0)
    expect(end.fault.about ?? '').not.toMatch(/\p{C}/u)
  }

  test('bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), check))
  })

  test('text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), check))
  })

  test('good files with something put in or cut out anywhere', async () => {
    const change = fc.record({
      at: fc.nat(plain.length),
      cut: fc.nat(60),
      put: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom(
          '<',
          '>',
          '</',
          '/>',
          '&',
          '&#0;',
          ']]>',
          '<![CDATA[',
          '<!--',
          '"',
          '<Key>',
        ),
        fc.constantFrom('<Data/>', '</KeyPackage>', '<?x?>', '<!DOCTYPE a>', '\0', '１２３', '-1'),
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) =>
        check(
          changes.reduce(
            (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
            plain,
          ),
        ),
      ),
      { numRuns: 500 },
    )
  })
})
