/** A demonstration bank of one's own for the tools that take pictures of its pages. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import type { DemoTokenReading } from '../src/bank/demo.ts'
import { showToken } from '../src/cli/token.ts'
import { confirmToken, newToken } from '../src/cli/token-agreement.ts'
import { hmacKey } from '../src/oath/hmac-key.ts'
import { parseOtpauthUri } from '../src/oath/otpauth-uri.ts'
import { totp } from '../src/oath/totp.ts'
import { readDemoTokens } from '../src/store/demo/demo-readings.ts'
import { startChromium } from '../test/journeys/chromium.ts'

const COMMAND = fileURLToPath(new URL('../../bin/ichido.mjs', import.meta.url))
const PERIOD_MS = 30_000

export interface DemoBank {
  /** With the bank code. */
  readonly banking: string
  readonly token: string
  /** With the bank code. */
  readonly office: string
  readonly browser: Browser
  /** The server's time. */
  now(): number
  /** The code of the demonstration's token of that contract, never the same twice. */
  codeOf(contractId: string): string
  /** The same of a staff member's second factor. */
  staffCodeOf(staffId: string): string
  /** The same of a token on the shelf. */
  shelvedCodeOf(serial: string): string
  /** The code of an authenticator that has scanned this QR code, never the same twice. */
  scannedCode(otpauth: string): string
  /** A token made on the command line. */
  newToken(): Promise<{ readonly serial: string; code(): string }>
  close(): Promise<void>
}

export async function openDemoBank(): Promise<DemoBank> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-pictures-'))
  const clockFile = path.join(folder, 'clock')
  let offsetMs = 0
  const pass = (ms: number) => {
    offsetMs += ms
    fs.writeFileSync(clockFile, String(offsetMs))
  }
  pass(0)
  const ports = Object.fromEntries(
    ['BANKING', 'TOKEN', 'OFFICE', 'API'].map((site) => [`${site}_PORT`, '0']),
  )
  const server = spawn(process.execPath, [COMMAND, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...ports,
      ICHIDO_DATA: path.join(folder, 'data'),
      ICHIDO_CLOCK: clockFile,
      DATABASE_URL: '',
    },
  })
  const ready = await readyLine(server)
  const browser = await startChromium()
  const now = () => Date.now() + offsetMs
  const next = () => {
    pass(PERIOD_MS)
    return now()
  }
  return {
    banking: `${ready.banking}/1184`,
    token: ready.token,
    office: `${ready.office}/1184`,
    browser,
    now,
    codeOf: (contractId) =>
      codeAt(
        next(),
        otpauthOf((token) => token.contractId === contractId),
      ),
    staffCodeOf: (staffId) =>
      codeAt(
        next(),
        otpauthOf((token) => token.staffId === staffId),
      ),
    shelvedCodeOf: (serial) =>
      codeAt(
        next(),
        otpauthOf((token) => token.serial === serial),
      ),
    scannedCode: (otpauth) => codeAt(next(), otpauth),
    async newToken() {
      const made = await newToken({ server: ready.token, type: 'GM', nowMs: now, fetch })
      if (!made.ok) throw new Error(made.reason)
      const confirmed = await confirmToken(made.value, fetch)
      if (!confirmed.ok) throw new Error(confirmed.reason)
      const { token } = made.value
      return { serial: token.serial, code: () => showToken(token, next()).code }
    },
    async close() {
      await browser.close()
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

const otpauthOf = (isMeant: (token: DemoTokenReading) => boolean): string =>
  readDemoTokens().find(isMeant)?.otpauth ?? ''

function codeAt(nowMs: number, otpauth: string): string {
  const read = parseOtpauthUri(otpauth)
  if (!read.ok || read.key.type !== 'totp') throw new Error('there is no such token')
  const { algorithm, secret, digits, periodSeconds } = read.key
  return totp(hmacKey(algorithm, secret), nowMs, digits, periodSeconds)
}

type Addresses = Readonly<Record<'banking' | 'token' | 'office', string>>

function readyLine(server: ChildProcess): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    if (server.stdout === null) throw new Error('the server has no standard output')
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(JSON.parse(line.slice('ready '.length)))
    })
  })
}
