/** The tokens of the demonstration, played by others than ourselves. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { URI } from 'otpauth'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DemoTokenReading } from '../../src/bank/demo.ts'
import { demoApiKey } from '../../src/store/demo/seed-demo.ts'
import { MORNING_MS, openTestBank, type TestBank, WRAPPING_KEY } from '../bank/test-bank.ts'
import { type Site, serveApi } from '../web/http.ts'
import { follow, type Ichido, ichidoOn } from './transcript.ts'

const HOUR_MS = 3_600_000

let bank: TestBank
let api: Site
let folder: string
let ichido: Ichido
beforeAll(async () => {
  bank = await openTestBank()
  api = await serveApi(bank.ports)
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-clock-'))
  const clockFile = path.join(folder, 'clock')
  fs.writeFileSync(clockFile, String(HOUR_MS))
  ichido = ichidoOn(bank, { ICHIDO_CLOCK: clockFile })
})
afterAll(async () => {
  fs.rmSync(folder, { recursive: true })
  await api.close()
  await bank.close()
})

async function printedTokens(): Promise<readonly DemoTokenReading[]> {
  const { exitCode, lines } = await ichido(['token', 'list', '--demo', '--json'])
  expect([exitCode, lines.length]).toEqual([0, 1])
  return JSON.parse(lines[0] ?? '')
}

async function printedUri(contractId: string): Promise<string> {
  const found = (await printedTokens()).find((token) => token.contractId === contractId)
  return found?.otpauth ?? ''
}

async function verify(contractId: string, otp: string) {
  const answer = await fetch(`${api.origin}/v1/verifications`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ contractId, otp, purpose: 'other' }),
  })
  return answer.json()
}

test('what npm otpauth makes of a printed URI, the API accepts', async () => {
  const token = URI.parse(await printedUri('10000000004'))
  if (!('period' in token)) throw new Error('the URI is not of a TOTP token')
  const otp = token.generate({ timestamp: MORNING_MS })
  expect(await verify('10000000004', otp)).toMatchObject({
    result: 'accepted',
    serial: 'SY20160412',
  })
})

const isInstalled = spawnSync('oathtool', ['--version']).status === 0

test.runIf(isInstalled)('what oathtool makes of its secret, the API accepts', async () => {
  const secret = new URL(await printedUri('10000000005')).searchParams.get('secret') ?? ''
  const now = ['--now', `@${MORNING_MS / 1000}`]
  const run = spawnSync('oathtool', ['--totp=sha256', '--base32', ...now, secret])
  const otp = run.stdout.toString().trim()
  expect(await verify('10000000005', otp)).toMatchObject({
    result: 'accepted',
    serial: 'PC20150520',
  })
})

test('for programs: whose each token is, its serial and type', async () => {
  const tokens = await printedTokens()
  expect(tokens.map(({ otpauth, ...of }) => [of, otpauth.slice(0, 15)])).toEqual(
    [
      { contractId: '10000000004', serial: 'SY20160412', type: 'SY' },
      { contractId: '10000000005', serial: 'PC20150520', type: 'PC' },
      { contractId: '10000000006', serial: '2V0716016FK2', type: 'HW' },
      { contractId: '10000000007', serial: 'GM20170312', type: 'GM' },
      { staffId: 'clerk', serial: 'ST00000018', type: 'ST' },
      { staffId: 'supervisor', serial: 'ST00000026', type: 'ST' },
      { staffId: 'auditor', serial: 'ST00000034', type: 'ST' },
      { staffId: 'administrator', serial: 'ST00000042', type: 'ST' },
      ...['2V0716016FK3', '2V0716016FK4', '2V0716016FK5', '2V0716016FK6'].map(onShelf),
      ...['3K2204510AA1', '3K2204510AA2', '3K2204510AA3'].map(onShelf),
      ...['FDH000812301', 'FDH000812302', 'FDH000812303'].map(onShelf),
    ].map((of) => [of, 'otpauth://totp/']),
  )
})

const onShelf = (serial: string) => ({ serial, type: 'HW' })

test('the transcript of token, by a clock that was moved on an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MORNING_MS + 7_000 })
  try {
    const file = new URL('./transcripts/token.txt', import.meta.url)
    await follow(ichido, fs.readFileSync(file, 'utf8'))
  } finally {
    vi.useRealTimers()
  }
})
