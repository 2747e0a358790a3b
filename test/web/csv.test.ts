/** CSV for spreadsheets: no cell is run as a formula, whatever a customer is called. */
import { expect, test } from 'vitest'
import { csvLine } from '../../src/web/csv.ts'

test.each([
  ['=1+1', `'=1+1`],
  ['+81 3', `'+81 3`],
  ['-1', `'-1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `'\t=1`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['＝1＋1', `'＝1＋1`],
  ['＋1', `'＋1`],
  ['－1', `'－1`],
  ['＠x', `'＠x`],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  // A comma cannot begin a cell of its own.
  ['a,=1+1', '"a,=1+1"'],
  ['a"\r\n=1', '"a""\r\n=1"'],
  ['1+1', '1+1'],
  ['白河　花子', '白河　花子'],
  ['', ''],
])('%j', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
  expect(csvLine(['x', cell, 'y'])).toBe(`x,${written},y\r\n`)
})

test('numbers stay numbers, negative ones too', () => {
  expect(csvLine([-5, 0, 1_000])).toBe('-5,0,1000\r\n')
})
