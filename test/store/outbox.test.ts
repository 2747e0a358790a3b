/** Notices go to a real SMTP server: once, in full, and again when the server failed. */
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startOutbox } from '../../src/store/outbox.ts'
import { atOnce, MORNING_MS, openTestBank, type TestBank } from '../bank/test-bank.ts'

interface Mail {
  readonly to: string[]
  readonly text: string
}

let bank: TestBank
let server: SMTPServer
let smtpUrl: string
let mails: Mail[] = []
/** What the server answers to a recipient: nothing, or an SMTP error. */
let refuse: (recipient: string) => number | undefined = () => undefined

beforeAll(async () => {
  bank = await openTestBank()
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      const responseCode = refuse(address)
      callback(responseCode === undefined ? null : Object.assign(new Error('no'), { responseCode }))
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        mails.push({ to, text: Buffer.concat(chunks).toString() })
        callback()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(resolve)
  })
  await bank.close()
})
beforeEach(async () => {
  bank.clock.nowMs = MORNING_MS
  mails = []
  refuse = () => undefined
  await bank.pool.query('delete from notice')
})

const notice = (to: string, subject = '【デモ】振込を受け付けました') =>
  bank.ports.store.tables.journal.addNotice({
    bankCode: '1184',
    contractId: 'T00000001',
    to,
    subject,
    body: 'お取引：振込\n受付番号：1000001',
    createdAtMs: bank.clock.now(),
  })
const start = (url = smtpUrl) =>
  startOutbox({
    pool: bank.pool,
    clock: bank.clock,
    logger: pino({ level: 'silent' }),
    smtpUrl: url,
    sender: 'notice@bank.invalid',
  })
const left = async () =>
  (await bank.pool.query('select * from notice where sent_at is null order by seq')).rows

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it never came about')
}
const allSent = async () => (await left()).length === 0

test('a notice arrives in full, under a number of its own, from the bank', async () => {
  await notice('one@customer.invalid')
  const outbox = start()
  await until(allSent)
  await outbox.stop()
  expect(mails).toHaveLength(1)
  expect(mails[0]?.to).toEqual(['one@customer.invalid'])
  const text = mails[0]?.text ?? ''
  expect(text).toMatch(/^Message-ID: <1184\.\d+@ichido\.invalid>\r$/m)
  expect(text).toMatch(/^From: notice@bank\.invalid\r$/m)
  const [, encoding] = /^Content-Transfer-Encoding: (\S+)\r$/m.exec(text) ?? []
  const body = text.slice(text.indexOf('\r\n\r\n')).trim()
  expect(encoding).toBe('base64')
  expect(Buffer.from(body, 'base64').toString().replaceAll('\r\n', '\n').trim()).toBe(
    'お取引：振込\n受付番号：1000001',
  )
})

test('a line break in a subject or address starts no header of its own', async () => {
  await notice('one@customer.invalid', 'subject\r\nBcc: thief@evil.invalid')
  const outbox = start()
  await until(allSent)
  await outbox.stop()
  expect(mails[0]?.to).toEqual(['one@customer.invalid'])
  expect(mails[0]?.text).not.toMatch(/^Bcc:/im)
})

test('three processes share fifty notices: each arrives once', async () => {
  await atOnce(50, (place) => notice(`${place}@customer.invalid`))
  const outboxes = [start(), start(), start()]
  await until(allSent)
  await Promise.all(outboxes.map((outbox) => outbox.stop()))
  expect(mails).toHaveLength(50)
  expect(new Set(mails.flatMap(({ to }) => to)).size).toBe(50)
})

test('a server that fails is asked again later, each time after a longer while', async () => {
  refuse = () => 451
  await notice('later@customer.invalid')
  const outbox = start()
  const waits = []
  for (let round = 1; round <= 3; round += 1) {
    const failed = async () => {
      const [row] = await left()
      return row.attempts === round && row.next_attempt_at.getTime() < bank.clock.nowMs + 60_000
    }
    await until(failed)
    const [row] = await left()
    waits.push(row.next_attempt_at.getTime() - bank.clock.nowMs)
    bank.clock.nowMs = row.next_attempt_at.getTime()
  }
  expect(waits).toEqual([5_000, 10_000, 20_000])
  refuse = () => undefined
  bank.clock.nowMs += 3_600_000
  await until(allSent)
  await outbox.stop()
  expect(mails.map(({ to }) => to)).toEqual([['later@customer.invalid']])
})

test('one address that is refused holds nobody up', async () => {
  refuse = (address) => (address.startsWith('bad') ? 550 : undefined)
  await notice('bad@customer.invalid')
  await notice('good@customer.invalid')
  const outbox = start()
  await until(() => mails.length === 1)
  await outbox.stop()
  expect((await left()).map((row) => row.recipient)).toEqual(['bad@customer.invalid'])
})

test('without a server the notice stays, and stopping does not hang', async () => {
  await notice('kept@customer.invalid')
  const outbox = start('smtp://127.0.0.1:1')
  await until(async () => (await left())[0]?.attempts === 1)
  await outbox.stop()
  expect(await left()).toHaveLength(1)
})

test('what a process claimed and did not send is sent by another after a minute', async () => {
  await notice('claimed@customer.invalid')
  await bank.pool.query(`update notice set attempts = 1, next_attempt_at = $1`, [
    new Date(bank.clock.nowMs + 60_000),
  ])
  const outbox = start()
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(mails).toEqual([])
  bank.clock.nowMs += 60_000
  await until(allSent)
  await outbox.stop()
  expect(mails).toHaveLength(1)
})
