/** A running server with `SMTP_URL`: what a customer does on the pages arrives as mail. */
import fs from 'node:fs'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { visitor } from './web/visitor.ts'

interface Mail {
  readonly to: readonly string[]
  readonly text: string
}

let database: TestDatabase
let folder: string
let mailServer: SMTPServer
let server: ServerProcess
const mails: Mail[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-smtp-'))
  mailServer = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
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
    mailServer.listen(0, '127.0.0.1', resolve)
  })
  const { port } = mailServer.server.address() as AddressInfo
  server = await startServer({
    ICHIDO_DATA: folder,
    DATABASE_URL: database.connectionString,
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'notice@bank.invalid',
  })
})
afterAll(async () => {
  await server?.stop()
  await new Promise<void>((resolve) => {
    mailServer.close(resolve)
  })
  await database.drop()
  fs.rmSync(folder, { recursive: true })
})

/** What the demonstration's customer 1 confirms with. */
const CONFIRMATION = '482913'

/** Logs in and sends 1,000 yen to another account of the bank; the receipt number of it. */
async function transfer(): Promise<string> {
  const customer = visitor(server.origins.banking)
  const credentials = { contractId: '10000000001', loginPassword: 'Ichido01' }
  await customer.submit(await customer.open('/1184/login'), credentials)
  const review = await customer.submit(await customer.open('/1184/transfer'), {
    fromAccount: '0000011',
    payee: 'new',
    bankCode: '1184',
    branchCode: '001',
    accountType: 'ordinary',
    accountNumber: '0000021',
    amount: '1000',
  })
  const asked = Object.entries(review.positions)
  expect(asked.length).toBeGreaterThan(0)
  const done = await customer.submit(
    review,
    Object.fromEntries(asked.map(([name, place]) => [name, CONFIRMATION[place - 1] ?? ''])),
  )
  expect(done.path).toContain('/1184/transfer/done')
  return /data-field="receiptNo"[^>]*>(?:<[^>]+>)*(\d+)/.exec(done.html)?.[1] ?? ''
}

/** RFC 2047: the words of a header that are not ASCII. */
const decoded = (header: string): string =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, text) => Buffer.from(text, 'base64').toString())
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, text: string) =>
      Buffer.from(
        text
          .replaceAll('_', ' ')
          .replace(/=([0-9A-F]{2})/gi, (_hex, code) =>
            String.fromCharCode(Number.parseInt(code, 16)),
          ),
        'latin1',
      ).toString(),
    )

test('a transfer on the pages arrives as a mail that its customer can read, without a link', async () => {
  const receiptNo = await transfer()
  expect(receiptNo).toMatch(/^\d+$/)
  await expect.poll(() => mails.length, { timeout: 30_000 }).toBe(1)
  const [mail] = mails
  expect(mail?.to).toEqual(['customer1@demo.invalid'])
  const [head = '', body = ''] = mail?.text.split(/\r\n\r\n([\s\S]*)/) ?? []
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line): [string, string] => {
        const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(line) ?? []
        return [name.toLowerCase(), decoded(value)]
      }),
  )
  expect(Object.fromEntries(headers)).toEqual({
    from: 'notice@bank.invalid',
    to: 'customer1@demo.invalid',
    subject: '【白河信用金庫（デモ）】振込を受け付けました',
    'message-id': expect.stringMatching(/^<1184\.\d+@ichido\.invalid>$/),
    date: expect.stringMatching(/ \+0000$/),
    'mime-version': '1.0',
    'content-type': 'text/plain; charset=utf-8',
    'content-transfer-encoding': 'base64',
  })
  const text = Buffer.from(body, 'base64').toString()
  expect(text).toContain('次のお取引を受け付けました。')
  expect(text).toContain(receiptNo)
  expect(text).toContain('下4けた 0001')
  expect(text).not.toMatch(/https?:|www\.|\/1184\//i)
  expect(text).not.toContain('10000000001')
})
