/** What a newcomer reads when the program has started. */
import { expect, test } from 'vitest'
import { welcome } from '../../src/cli/welcome.ts'
import {
  readDemoCards,
  readDemoCustomers,
  readDemoStaff,
} from '../../src/store/demo/demo-readings.ts'

const ORIGINS = {
  banking: 'http://127.0.0.1:8080',
  token: 'http://127.0.0.1:8081',
  office: 'http://127.0.0.1:8082',
  api: 'http://127.0.0.1:8083',
}
const API_KEY = 'ichido_1184_of-the-test'
const demo = {
  apiKey: API_KEY,
  customers: readDemoCustomers(),
  cards: readDemoCards(),
  staff: readDemoStaff(),
}
const lines = welcome(ORIGINS, demo, ORIGINS)

/** The indented lines below a heading. */
function below(heading: string): string[] {
  const first = lines.findIndex((line) => line.startsWith(heading)) + 1
  expect(first, heading).toBeGreaterThan(0)
  const after = lines.slice(first)
  return after.slice(
    0,
    after.findIndex((line) => !line.startsWith('    ')),
  )
}

test('the four addresses', () => {
  const told = lines.join('\n')
  expect(told).toMatch(/^ {2}Bank site +http:\/\/127\.0\.0\.1:8080\/1184\/login$/m)
  expect(told).toMatch(/^ {2}Token app +http:\/\/127\.0\.0\.1:8081\/$/m)
  expect(told).toMatch(/^ {2}Back office +http:\/\/127\.0\.0\.1:8082\/1184\/login$/m)
  expect(told).toMatch(/^ {2}API +http:\/\/127\.0\.0\.1:8083\/openapi\.json$/m)
})

test('the customers with their passwords, and what they confirm with', () => {
  expect(below('  Customers')).toEqual([
    '    10000000001  Ichido01  confirmation password 482913; no token yet',
    '    10000000002  Ichido02  customer card; no token yet',
    '    10000000003  Ichido03  image card; no token yet',
    '    10000000004  Ichido04  confirmation password 771204; active SY token',
    '    10000000005  Ichido05  confirmation password 350968; active PC token',
    '    10000000006  Ichido06  customer card; HW token 2V0716016FK2 shipped',
    '    10000000007  Ichido07  confirmation password 118822; active GM token, code at login',
    expect.stringMatching(/^ {4}10000000008 .* enrolment password Hajimete08; /),
  ])
})

test('the cards, so that a position can be looked up', () => {
  expect(below('  Cards')).toEqual([
    '    10000000002   1-10  48 15 93 27 60 84 31 72 09 56',
    '                 11-20  18 43 77 25 90 62 34 81 05 69',
    '    10000000003    1-9  cat umbrella train apple moon house bell fish star',
    '    10000000006   1-10  71 38 04 96 52 13 87 40 65 29',
    '                 11-20  91 07 58 34 76 20 83 49 12 95',
  ])
})

test('the staff with their passwords and second factors, and the API key', () => {
  const staff = below('  Staff')
  for (const [place, id, password] of [
    [0, 'clerk', 'Clerk-demo-1'],
    [1, 'supervisor', 'Supervisor-demo-1'],
    [2, 'auditor', 'Auditor-demo-1'],
    [3, 'administrator', 'Administrator-demo-1'],
  ] as const) {
    expect(staff[place]).toMatch(new RegExp(`^ {4}${id} +${password} +otpauth://totp/`))
  }
  expect(lines).toContain(`  API key of bank 1184: ${API_KEY}`)
})

test('what to try, with a command that finds the server', () => {
  const steps = below('  What to try').join('\n')
  expect(steps).toContain('npx ichido token new --server http://127.0.0.1:8081 --file my-token')
  expect(steps).toContain('npx ichido token list --demo')
})

test('the last line tells programs the same', () => {
  const [, ready = ''] = /^ready (.*)$/.exec(lines.at(-1) ?? '') ?? []
  expect(JSON.parse(ready)).toEqual({ ...ORIGINS, demo: { apiKey: API_KEY } })
})

test('in production, where the process answers for each origin, and nothing of a demonstration', () => {
  const origins = { ...ORIGINS, banking: 'https://ib.bank.invalid' }
  expect(welcome(origins, undefined, { ...ORIGINS, metrics: 'http://127.0.0.1:9' })).toEqual([
    'banking https://ib.bank.invalid is answered at http://127.0.0.1:8080',
    'token http://127.0.0.1:8081 is answered at http://127.0.0.1:8081',
    'office http://127.0.0.1:8082 is answered at http://127.0.0.1:8082',
    'api http://127.0.0.1:8083 is answered at http://127.0.0.1:8083',
    `ready ${JSON.stringify({ ...origins, metrics: 'http://127.0.0.1:9' })}`,
  ])
})
