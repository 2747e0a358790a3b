import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Digits, isCode, isDigits, normaliseCode } from '../../src/oath/code.ts'
import {
  isIssuedSerial,
  normaliseSerial,
  printSerial,
  SERIALS_PER_PREFIX,
} from '../../src/oath/serial.ts'
import { within } from '../processor-time.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 80 })
const brokenText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units))
const digitCounts = fc.constantFrom<Digits>(6, 7, 8)

describe('a submitted code', () => {
  test.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['１２３４５６', '123456'],
    ['１２３　４５６', '123456'],
    ['123-456', '123456'],
    ['１２３ー４５６', '123456'],
    ['123−456', '123456'],
    ['123‐456', '123456'],
    ['000000', '000000'],
  ])('%j is read as %s', (typed, code) => {
    expect(normaliseCode(typed, 6)).toBe(code)
  })

  test.each([
    ['nothing', ''],
    ['only separators', ' - '],
    ['too short', '12345'],
    ['too long', '1234567'],
    ['a letter', '12345a'],
    ['a letter for a digit', '12345O'],
    ['Arabic-Indic digits', '١٢٣٤٥٦'],
    ['Devanagari digits', '१२३४५६'],
    ['kanji digits', '一二三四五六'],
    ['circled digits', '①②③④⑤⑥'],
    ['mathematical digits', '𝟏𝟐𝟑𝟒𝟓𝟔'],
    ['superscripts', '²³²³²³'],
    ['NUL', '12345\0'],
    ['NUL between', '123\x00456'],
    ['a line break', '123456\n'],
    ['a sign', '+12345'],
    ['a decimal point', '1234.5'],
    ['an exponent', '1e5000'],
    ['a lone surrogate', '12345\ud83d'],
    ['a direction mark', '123456\u202e'],
    ['a zero-width space', '123\u200b456'],
  ])('%s is refused', (_, typed) => {
    expect(normaliseCode(typed, 6)).toBeUndefined()
  })

  test('a megabyte is refused at once', async () => {
    await within(200, () => {
      for (const filler of ['1', ' ', '１', '-', '\ud800']) {
        expect(normaliseCode(filler.repeat(2 ** 20), 6)).toBeUndefined()
        expect(normaliseSerial(filler.repeat(2 ** 20))).toBeUndefined()
      }
    })
  })

  test('is refused or becomes a code that normalising leaves alone', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, brokenText), digitCounts, (typed, digits) => {
        const code = normaliseCode(typed, digits)
        if (code === undefined) return
        expect(isCode(code, digits)).toBe(true)
        expect(normaliseCode(code, digits)).toBe(code)
      }),
    )
  })

  test('survives any grouping and width', () => {
    const separators = fc.constantFrom('', ' ', '　', '-', 'ー', '\u00a0')
    fc.assert(
      fc.property(
        digitCounts.chain((count) =>
          fc.array(fc.tuple(fc.nat(9), fc.boolean(), separators), {
            minLength: count,
            maxLength: count,
          }),
        ),
        (keys) => {
          const typed = keys
            .map(([digit, wide, gap]) => String.fromCharCode((wide ? 0xff10 : 0x30) + digit) + gap)
            .join('')
          const code = keys.map(([digit]) => digit).join('')
          expect(normaliseCode(typed, keys.length as Digits)).toBe(code)
        },
      ),
    )
  })

  test('has six, seven or eight digits', () => {
    expect([5, 6, 7, 8, 9, 6.5, Number.NaN].filter(isDigits)).toEqual([6, 7, 8])
  })
})

describe('a serial', () => {
  const ordinals = fc.nat(SERIALS_PER_PREFIX - 1)

  test.each([
    [0, 'GM00000000'],
    [1, 'GM00000018'],
    [7_992_739, 'GM79927398'],
    [9_999_999, 'GM99999997'],
  ])('ordinal %i is %s', (ordinal, serial) => {
    expect(printSerial('GM', ordinal)).toBe(serial)
    expect(isIssuedSerial('GM', serial)).toBe(true)
  })

  test.each([-1, 0.5, SERIALS_PER_PREFIX, Number.NaN])('there is no ordinal %d', (ordinal) => {
    expect(() => printSerial('GM', ordinal)).toThrow(RangeError)
  })

  test('tells every single wrong digit', () => {
    fc.assert(
      fc.property(ordinals, fc.integer({ min: 2, max: 9 }), fc.nat(9), (ordinal, place, digit) => {
        const serial = printSerial('GM', ordinal)
        const mistyped = serial.slice(0, place) + digit + serial.slice(place + 1)
        expect(isIssuedSerial('GM', mistyped)).toBe(mistyped === serial)
      }),
    )
  })

  test('tells every swap of neighbours but 09 and 90, which Luhn cannot', () => {
    fc.assert(
      fc.property(ordinals, fc.integer({ min: 2, max: 8 }), (ordinal, place) => {
        const serial = printSerial('GM', ordinal)
        const pair = serial.slice(place, place + 2)
        const swapped = serial.slice(0, place) + pair[1] + pair[0] + serial.slice(place + 2)
        const untold = swapped === serial || pair === '09' || pair === '90'
        expect(isIssuedSerial('GM', swapped)).toBe(untold)
      }),
    )
  })

  test.each(['', 'GM', 'GM0000001', 'GM000000018', 'PC00000018', 'gm00000018', 'GM0000001８'])(
    '%j is not issued under GM',
    (serial) => {
      expect(isIssuedSerial('GM', serial)).toBe(false)
    },
  )

  test.each([
    ['gm00000018', 'GM00000018'],
    ['ＧＭ　００００－００１８', 'GM00000018'],
    ['2v0716016fk2', '2V0716016FK2'],
  ])('%j typed is %s', (typed, serial) => {
    expect(normaliseSerial(typed)).toBe(serial)
  })

  test.each(['', 'GM\x000018', 'ＧＭあ0000018', 'GM000000\ud800', 'ABC', 'A'.repeat(33), 'ß0000'])(
    '%j typed is no serial',
    (typed) => {
      expect(normaliseSerial(typed)).toBeUndefined()
    },
  )
})
