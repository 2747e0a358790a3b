/** The directory of banks and branches, searched as people type. */
import { expect, test } from 'vitest'
import { zenginDirectory } from '../../src/store/directory.ts'

const directory = zenginDirectory()
const banks = (text: string) => directory.searchBanks(text).map(({ code }) => code)

test.each([
  '白河信用金庫',
  '白河信金',
  '白河',
  'シラカワ',
  'しらかわ',
  'ｼﾗｶﾜ',
  '１１８４',
  '1184',
  ' 白 河 ',
  'shirakawa',
])('%s finds the bank 1184 first', (text) => {
  expect(banks(text)[0]).toBe('1184')
})

test.each(['みずほ', 'ミズホ', 'ﾐｽﾞﾎ', 'みずほ銀行', '0001', 'MIZUHO'])(
  '%s finds the bank 0001 first',
  (text) => {
    expect(banks(text)[0]).toBe('0001')
  },
)

test('what begins so comes before what contains it, and a page holds at most thirty', () => {
  const found = directory.searchBanks('信用金庫')
  expect(found).toHaveLength(30)
  expect(found.every(({ name }) => name.includes('信金') || name.includes('信用金庫'))).toBe(true)
  const tokyo = directory.searchBanks('東京')
  const [first] = tokyo
  expect(first?.name.startsWith('東京')).toBe(true)
})

test.each(['', '　', 'そんな銀行はありません', '\u0000', '\ud800', '%', '.*', '('.repeat(10_000)])(
  '%.20j finds nothing and harms nothing',
  (text) => {
    expect(banks(text)).toEqual([])
  },
)

test('branches are found by name, kana and code, within their bank only', () => {
  const [main] = directory.searchBranches('1184', '本店')
  expect(main?.code).toBe('001')
  expect(directory.searchBranches('1184', '001')[0]?.code).toBe('001')
  expect(directory.searchBranches('9998', '本店')).toEqual([])
  expect(directory.branch('1184', '001')?.name).toContain('本店')
})

test.each(['constructor', '__proto__', 'toString', '', '118', '11840'])(
  '%j is nobody’s code',
  (code) => {
    expect(directory.bank(code)).toBeUndefined()
    expect(directory.branch(code, '001')).toBeUndefined()
    expect(directory.branch('1184', code)).toBeUndefined()
    expect(directory.searchBranches(code, '本店')).toEqual([])
  },
)
