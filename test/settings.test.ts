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

const PRODUCTION = {
  ICHIDO_MODE: 'production',
  DATABASE_URL: 'postgresql://ichido@db.invalid/ichido',
  ICHIDO_KEY_FILE: '/keys/ichido',
  BANKING_ORIGIN: 'https://ib.bank.invalid',
  TOKEN_ORIGIN: 'https://token.bank.invalid',
  OFFICE_ORIGIN: 'https://office.bank.invalid:8443',
  API_ORIGIN: 'https://api.bank.invalid',
} as const

const reasonsOf = (environment: Readonly<Record<string, string | undefined>>) => {
  const read = readSettings(environment)
  return read.ok ? [] : read.reasons
}

test('production mode with all that it needs', () => {
  expect(reasonsOf(PRODUCTION)).toEqual([])
})

const ORIGIN = 'the public https origin that the TLS terminator serves'

test.each([
  ['DATABASE_URL', 'the PostgreSQL server'],
  ['ICHIDO_KEY_FILE', 'the file with the wrapping key'],
  ['BANKING_ORIGIN', ORIGIN],
  ['TOKEN_ORIGIN', ORIGIN],
  ['OFFICE_ORIGIN', ORIGIN],
  ['API_ORIGIN', ORIGIN],
])('production mode is refused without %s', (name, why) => {
  const reason = `production mode needs ${name}: ${why}`
  expect(reasonsOf({ ...PRODUCTION, [name]: undefined })).toEqual([reason])
  expect(reasonsOf({ ...PRODUCTION, [name]: '' })).toContain(reason)
})

test.each(['BANKING_ORIGIN', 'TOKEN_ORIGIN', 'OFFICE_ORIGIN', 'API_ORIGIN'])(
  'production mode takes https for %s, and nothing behind the host',
  (name) => {
    for (const origin of [
      'http://ib.bank.invalid',
      'https://ib.bank.invalid/',
      'https://ib.bank.invalid/1184',
      'https://user@ib.bank.invalid',
      'https://IB.bank.invalid',
      'ib.bank.invalid',
      'ftp://ib.bank.invalid',
      'https:',
    ]) {
      expect(reasonsOf({ ...PRODUCTION, [name]: origin })).toEqual([
        `${name} is '${origin}': it takes https://host[:port] and nothing else`,
      ])
    }
  },
)

test('demo mode takes http as well, for a trial on the own network', () => {
  expect(reasonsOf({ BANKING_ORIGIN: 'http://10.0.0.1:8080' })).toEqual([])
  expect(reasonsOf({ BANKING_ORIGIN: 'ws://10.0.0.1:8080' })).toEqual([
    "BANKING_ORIGIN is 'ws://10.0.0.1:8080': it takes http or https://host[:port] and nothing else",
  ])
})

test('the clock can be moved in demo mode only', () => {
  expect(reasonsOf({ ...PRODUCTION, ICHIDO_CLOCK: '/clock' })).toEqual([
    'ICHIDO_CLOCK is for demo mode only',
  ])
  const demo = readSettings({ ICHIDO_CLOCK: '/clock' })
  expect(demo.ok && demo.settings.clockFile).toBe('/clock')
})

test('without any setting it listens on this machine, on the four ports that are told', () => {
  const read = readSettings({})
  expect(read.ok && read.settings.listeners).toEqual({
    banking: { host: '127.0.0.1', port: 8080 },
    token: { host: '127.0.0.1', port: 8081 },
    office: { host: '127.0.0.1', port: 8082 },
    api: { host: '127.0.0.1', port: 8083 },
  })
})

test.each(['BANKING_PORT', 'TOKEN_PORT', 'OFFICE_PORT', 'API_PORT', 'METRICS_PORT'])(
  '%s is a port or refused',
  (name) => {
    for (const port of ['0', '80', '65535']) expect(reasonsOf({ [name]: port })).toEqual([])
    for (const port of ['65536', '-1', '80.5', '8080 ', '0x50', 'http', '100000']) {
      expect(reasonsOf({ [name]: port })).toEqual([
        `${name} is '${port}': it takes a port from 0 to 65535`,
      ])
    }
  },
)

test('everything that is wrong is told at once, and an unknown mode before it', () => {
  expect(reasonsOf({ ICHIDO_MODE: 'production', API_PORT: 'x', ICHIDO_CLOCK: '/c' })).toHaveLength(
    8,
  )
  expect(reasonsOf({ ICHIDO_MODE: 'staging', API_PORT: 'x' })).toEqual([
    "ICHIDO_MODE is 'staging': it takes 'demo' or 'production'",
  ])
})
