/** Seed files as tables: the two layouts, what spreadsheets do to them, and what is no table. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEED_FAULTS, type SeedRecord } from '../../src/bank/hardware/seed.ts'
import { encodeBase32 } from '../../src/oath/base32.ts'
import { readSeedFile } from '../../src/seed-files/seed-file.ts'
import { drain, faultOf, hex, read } from './reading.ts'

const csv = { format: 'csv' } as const
const SEED = Buffer.from('12345678901234567890')
const HEX = hex(SEED)
const BASE32 = encodeBase32(SEED)

async function tokensIn(text: string | Uint8Array): Promise<readonly SeedRecord[]> {
  const { records, end } = await read(text, csv)
  expect(end).toEqual({ ok: true, leftOut: 0, signed: false })
  return records
}

describe('with named columns', () => {
  test('as Microsoft Entra ID takes it', async () => {
    const text = `upn,serial number,secret key,time interval,manufacturer,model
someone@example.invalid,60234567,${BASE32},30,Acme,c202
,60234568,${BASE32.toLowerCase()},60,Acme,c203
`
    expect(await tokensIn(text)).toEqual([
      {
        line: 2,
        serial: '60234567',
        seed: new Uint8Array(SEED),
        kind: 'totp',
        algorithm: 'SHA1',
        periodSeconds: 30,
        counter: 0,
        driftSteps: 0,
        manufacturer: 'Acme',
        model: 'c202',
      },
      expect.objectContaining({ line: 3, serial: '60234568', periodSeconds: 60, model: 'c203' }),
    ])
  })

  test('with everything that can be told, in any order', async () => {
    const names = 'Model;Counter;Type;Serial;Hash Algorithm;Digits;Secret (hex);Start Date;Expiry'
    const text = `${names}
A-1;17;HOTP;ACME0001;SHA-256;8;${HEX};2026/1/31;2031-01-31
`
    expect(await tokensIn(text)).toMatchObject([
      {
        model: 'A-1',
        counter: 17,
        kind: 'hotp',
        serial: 'ACME0001',
        algorithm: 'SHA256',
        digits: 8,
        startsOn: '2026-01-31',
        endsOn: '2031-01-31',
      },
    ])
  })

  test('without a kind it shows in what moves the token, or stays open', async () => {
    const text = `serial,secret,period,counter\nAAA1,${HEX},60,\nAAA2,${HEX},,5\nAAA3,${HEX}\n`
    const kinds = (await tokensIn(text)).map(({ kind }) => kind)
    expect(kinds).toEqual(['totp', 'hotp', undefined])
  })

  test.each([
    ['a name twice', `serial,secret,serial no\nAAA1,${HEX},x`, 'columns'],
    ['no seed', 'serial,model\nAAA1,x', 'columns'],
    ['a name that we do not know', `serial,secret,PIN\nAAA1,${HEX},1`, 'column-unknown'],
  ])('%s', async (_, text, reason) => {
    expect(await faultOf(text, csv)).toMatchObject({ reason, line: 1 })
  })
})

describe('hex or base32', () => {
  /** Seeds whose letters and digits both have. */
  const either = 'ABCDEF234567'.repeat(4)

  test('is decided by the first seed that shows it, for all of the file', async () => {
    const asHex = `serial,secret\nAAA1,${either}\nAAA2,${HEX}\nAAA3,${either}\n`
    expect((await tokensIn(asHex)).map(({ seed }) => seed.length)).toEqual([24, 20, 24])
    const asBase32 = `serial,secret\nAAA1,${either}\nAAA2,${BASE32}\n`
    expect((await tokensIn(asBase32)).map(({ seed }) => seed.length)).toEqual([30, 20])
    const mixed = `serial,secret\nAAA1,${BASE32}\nAAA2,${HEX}\n`
    expect(await faultOf(mixed, csv)).toMatchObject({ reason: 'field-invalid', line: 3 })
  })

  test('is not guessed', async () => {
    const text = (name: string) => `serial,${name}\nAAA1,${either}\n`
    expect((await faultOf(text('secret'), csv))?.reason).toBe('encoding-ambiguous')
    expect((await tokensIn(text('secret hex')))[0]?.seed).toHaveLength(24)
    expect((await tokensIn(text('Secret (Base32)')))[0]?.seed).toHaveLength(30)
    // Entra ID takes nothing else under this name.
    expect((await tokensIn(text('secret key')))[0]?.seed).toHaveLength(30)
  })

  test('is not waited for without end', async () => {
    const rows = Array.from({ length: 1_100 }, (_, place) => `AAA${1000 + place},${either}\n`)
    const fault = await faultOf(`serial,secret\n${rows.join('')}`, csv)
    expect(fault).toEqual({ reason: 'encoding-ambiguous', line: 2 })
  })
})

describe('without names: serial, seed in hex, kind, digits, period or counter, hash', () => {
  test('as makers deliver it', async () => {
    const text = `# seeds of order 4711
AAA1,${HEX}
AAA2,${HEX},TOTP,6,60
AAA3,${HEX},hotp,8,100,sha256
AAA4, ${HEX.toUpperCase().match(/.{4}/g)?.join(' ')} ,,
`
    expect(await tokensIn(text)).toMatchObject([
      { serial: 'AAA1', algorithm: 'SHA1', line: 2 },
      { serial: 'AAA2', kind: 'totp', digits: 6, periodSeconds: 60, counter: 0 },
      { serial: 'AAA3', kind: 'hotp', digits: 8, counter: 100, algorithm: 'SHA256' },
      { serial: 'AAA4', seed: new Uint8Array(SEED) },
    ])
  })

  test('never base32', async () => {
    expect(await faultOf(`AAA1,${BASE32}\n`, csv)).toMatchObject({
      reason: 'field-invalid',
      line: 1,
    })
  })
})

describe('what spreadsheets leave', () => {
  const clean = `serial,secret\n00012345,${HEX}\n00012346,${HEX}\n`
  const rows = async (text: string | Uint8Array) =>
    (await tokensIn(text)).map(({ serial, seed }) => [serial, hex(seed)])

  test.each([
    ['line breaks of Windows', clean.replaceAll('\n', '\r\n')],
    ['line breaks of old Macs', clean.replaceAll('\n', '\r')],
    ['no line break at the end', clean.trimEnd()],
    ['a byte order mark', `\ufeff${clean}`],
    ['semicolons', clean.replaceAll(',', ';')],
    ['semicolons, and a line that says so', `sep=;\r\n${clean.replaceAll(',', ';')}`],
    ['tabs', clean.replaceAll(',', '\t')],
    ['quotation marks', clean.replace(/[^,\n]+/g, '"$&"')],
    ['formulas that keep zeros', clean.replace(/0001234\d/g, '="$&"')],
    ['apostrophes that keep zeros', clean.replace(/0001234\d/g, "'$&")],
    ['empty cells behind', clean.replaceAll('\n', ',,,\n')],
    ['empty rows', clean.replaceAll('\n', '\n\n,,\n \n')],
    ['spaces of all kinds', clean.replaceAll(',', '\u00a0,\u3000')],
  ])('%s', async (_, text) => {
    expect(await rows(text)).toEqual([
      ['00012345', HEX],
      ['00012346', HEX],
    ])
  })

  test.each([
    ['numbers that were rounded', clean.replace('00012345', '2.60022E+12'), 'serial-invalid', 2],
    ['seeds that became numbers', clean.replace(HEX, '3.13233E+39'), 'field-invalid', 2],
    ['zeros that were lost', clean.replace('00012346', '346'), 'serial-invalid', 3],
    ['a cell too many', clean.replace('00012346', 'x,00012346'), 'columns', 3],
    ['a cell too few', clean.replace('00012346,', ''), 'field-missing', 3],
    ['a quotation mark too many', clean.replace('00012346', '"00012346'), 'malformed', 3],
    ['text behind a quotation', clean.replace('00012346', '"00012346"x'), 'malformed', 3],
    ['a line break in a quotation', clean.replace('00012346', '"0001\n2346"'), 'malformed', 3],
    ['an old Japanese encoding', Buffer.from(`${clean}\x83\x56`, 'latin1'), 'not-utf-8', 1],
    ['a workbook instead of a table', Buffer.from('504b0304140006', 'hex'), 'compressed', 1],
    ['a NUL', clean.replace('00012346', '0001\x002346'), 'malformed', 3],
    ['nothing', '', 'no-tokens', 1],
    ['names alone', 'serial,secret\n', 'no-tokens', 1],
    ['another kind', `AAA1,${HEX}\nAAA2,${HEX},ocra,x`, 'algorithm-unsupported', 2],
    ['a serial of the token app', `GM12345674,${HEX}`, 'serial-reserved', 1],
    ['a short seed', `AAA1,${HEX.slice(10)}`, 'seed-length', 1],
    ['five digits', `AAA1,${HEX},totp,5`, 'digits-unsupported', 1],
    ['a period of a day', `AAA1,${HEX},totp,6,86400`, 'period-unsupported', 1],
    ['words for a period', `AAA1,${HEX},totp,6,often`, 'field-invalid', 1],
  ])('%s is refused', async (_, text, reason, line) => {
    expect(await faultOf(text, csv)).toMatchObject({ reason, line })
  })
})

test('no fault tells what stood in a cell: it may be the seed in the wrong column', async () => {
  const swapped = [
    `serial,secret\n${HEX},AAA1`,
    `${HEX},AAA1`,
    `AAA1,${HEX},${HEX}`,
    `serial,secret,type\nAAA1,${HEX},${HEX}`,
    `serial,secret,digits,model\nAAA1,${HEX},${HEX},`,
    `serial,secret\nAAA1,${HEX},${HEX}`,
  ]
  for (const text of swapped) {
    const fault = await faultOf(text, csv)
    expect(fault).toBeDefined()
    expect(JSON.stringify(fault)).not.toContain(HEX)
  }
})

describe('without end:', () => {
  test.each([
    ['a line', 'x'],
    ['quotation marks', '"'],
    ['empty lines', '\n'],
    ['remarks', '# nothing\n'],
    ['cells', ','],
  ])('%s', async (_, part) => {
    let taken = 0
    async function* source() {
      for (;;) {
        taken += 65_536
        yield Buffer.from(part.repeat(Math.ceil(65_536 / part.length)))
      }
    }
    const { end } = await drain(readSeedFile(source(), csv))
    expect(end).toMatchObject({ ok: false, fault: { reason: 'too-long' } })
    expect(taken).toBeLessThan(400_000)
  })
})

describe('whatever it is given, a reading ends with tokens or with a fault it knows:', () => {
  const check = async (content: string | Uint8Array) => {
    const { end } = await read(content, csv, 100)
    if (!end.ok) expect(SEED_FAULTS).toContain(end.fault.reason)
  }
  const cell = fc.oneof(
    fc.constantFrom('serial', 'secret', HEX, BASE32, '', 'totp', '6', '30', '"', '="', "'", '１'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )

  test('bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), check))
  })

  test('tables', async () => {
    const table = fc
      .array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 })
      .map((rows) => rows.map((cells) => cells.join(',')).join('\n'))
    await fc.assert(fc.asyncProperty(table, check), { numRuns: 500 })
  })
})
