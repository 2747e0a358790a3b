import path from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from '../src/settings.ts'

const headsOf = (ICHIDO_HEADS?: string) => {
  const read = readSettings({
    ICHIDO_DATA: '/data',
    ...(ICHIDO_HEADS !== undefined && { ICHIDO_HEADS }),
  })
  return read.ok ? read.settings.heads : read.reasons
}

test.each([
  [undefined, { file: path.resolve('/data/heads.log') }],
  ['/elsewhere/heads', { file: path.resolve('/elsewhere/heads') }],
  ['heads', { file: path.resolve('heads') }],
  ['C:\\heads', { file: path.resolve('C:\\heads') }],
  ['https://witness.invalid/heads', { url: 'https://witness.invalid/heads' }],
])('signed heads are published where ICHIDO_HEADS says: %s', (text, heads) => {
  expect(headsOf(text)).toEqual(heads)
})

test.each(['ftp://witness.invalid/', 'https://', 'mailto:auditor@bank.invalid'])(
  'ICHIDO_HEADS may not be %s',
  (text) => {
    expect(headsOf(text)).toEqual([
      `ICHIDO_HEADS is '${text}': it takes a file or an http(s) address`,
    ])
  },
)
