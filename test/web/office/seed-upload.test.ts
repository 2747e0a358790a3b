/** Seed files as uploads: who may is asked first, then the form, and only then the file is read. */

import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appoint } from '../../bank/office/test-staff.ts'
import { keys, lock, locked, stocked, tableOf, traces } from '../../bank/procedures/seed-imports.ts'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { figure } from '../../seed-files/reading.ts'
import { type Site, serveOffice } from '../http.ts'
import { visitor } from '../visitor.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

const ADDRESS = '/1184/hardware/import'

let bank: TestBank
let site: Site
let clerk: OfficeVisitor
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  clerk = await signIn(bank, site, await appoint(bank, 'clerk'))
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

type Fields = readonly (readonly [name: string, value: string | Blob])[]

const cookieOf = (browser: Pick<OfficeVisitor, 'cookies'>) =>
  [...browser.cookies].map((pair) => pair.join('=')).join('; ')

async function csrfOf(browser: Pick<OfficeVisitor, 'open'>): Promise<string> {
  const { html } = await browser.open(ADDRESS)
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

/** Sends the fields in order, as a browser does. */
async function upload(fields: Fields, browser: Pick<OfficeVisitor, 'cookies'> = clerk) {
  const body = new FormData()
  for (const [name, value] of fields) {
    if (typeof value === 'string') body.append(name, value)
    else body.append(name, value, 'tokens.xml')
  }
  const answer = await fetch(new URL(ADDRESS, site.origin), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: site.origin, cookie: cookieOf(browser) },
    body,
  })
  const html = await answer.text()
  return { status: answer.status, html, refusal: /data-refusal="([\w-]+)"/.exec(html)?.[1] }
}

const ownForm = async (file: string | Blob, more: Record<string, string> = {}): Promise<Fields> => [
  ['csrf', await csrfOf(clerk)],
  ...Object.entries({ format: 'pskc', shape: '2', type: 'HW', ...more }),
  ['file', new Blob([file])],
]

const key = Buffer.from(lock.key).toString('hex')

describe('done', () => {
  test('an encrypted file of more than one piece; the answer names batch and number', async () => {
    const all = keys(1_100)
    const answer = await upload(await ownForm(locked(all), { key }))
    expect([answer.status, answer.refusal]).toEqual([200, undefined])
    expect(answer.html).toContain('data-field="imported" data-value="1100"')
    expect(await stocked(bank, all)).toHaveLength(1_100)
    expect(answer.html).not.toContain(key)
  })

  test('a table, and a file that opens with a passphrase', async () => {
    const some = keys(3)
    const table = await upload(await ownForm(tableOf(some), { format: 'csv' }))
    expect(table.html).toContain('data-value="3"')
    const passphrase = await upload(await ownForm(figure(7), { passphrase: 'qwerty' }))
    expect([passphrase.status, passphrase.refusal]).toEqual([200, undefined])
  })

  test('another tab sees how it ended, but only of one’s own import', async () => {
    const watch = randomBytes(16).toString('base64url')
    await upload(await ownForm(tableOf(keys(2)), { format: 'csv', watch }))
    const seen = await clerk.open(`${ADDRESS}/${watch}`)
    expect(seen.html).toContain('data-field="progress" data-value="done"')
    // Behind several processes the watching tab reaches whichever it likes.
    const process = await serveOffice(bank.another().ports)
    const asked = await fetch(new URL(`${ADDRESS}/${watch}`, process.origin), {
      headers: { cookie: cookieOf(clerk) },
    })
    await process.close()
    expect(await asked.text()).toContain('data-field="progress" data-value="done"')
    const refused = randomBytes(16).toString('base64url')
    await upload(await ownForm('no table', { format: 'csv', watch: refused }))
    const ended = await clerk.open(`${ADDRESS}/${refused}`)
    expect(ended.html).toContain('data-field="progress" data-value="failed"')
    const other = await signIn(bank, site, await appoint(bank, 'clerk'))
    expect((await other.open(`${ADDRESS}/${watch}`)).html).not.toContain('data-value="done"')
  })
})

describe('refused, and nothing is left', () => {
  test('a wrong key, told with its line and never shown again', async () => {
    const before = await traces(bank)
    const wrong = randomBytes(16).toString('hex')
    const answer = await upload(await ownForm(locked(keys(3)), { key: wrong }))
    expect([answer.status, answer.refusal]).toEqual([422, 'invalid-input'])
    expect(answer.html).toMatch(/data-field="fault" data-value="wrong-key"/)
    expect(answer.html).toContain('行目')
    expect(answer.html).not.toContain(wrong)
    expect(await traces(bank)).toEqual(before)
  })

  test.each([
    ['key', 'wrong-key', figure(6), { key: '00'.repeat(16) }],
    ['key', 'key-needed', figure(6), {}],
    ['key', 'key-length', figure(6), { key: '00'.repeat(7) }],
    ['passphrase', 'wrong-key', figure(7), { passphrase: 'qwertz' }],
    ['passphrase', 'passphrase-needed', figure(7), {}],
  ])('what does not open the file is told at %s: %s', async (field, fault, file, opener) => {
    const before = await traces(bank)
    const answer = await upload(await ownForm(file, opener))
    expect([answer.status, answer.refusal]).toEqual([422, 'invalid-input'])
    expect(answer.html).toContain(`data-field="fault" data-value="${fault}"`)
    expect(answer.html).toContain(`href="#field-${field}"`)
    expect(answer.html).toContain('選び直してください')
    expect(answer.html.match(/id="field-\w+-error"/g)).toEqual([`id="field-${field}-error"`])
    expect(await traces(bank)).toEqual(before)
  })

  test('serials that are there already, by line', async () => {
    const some = keys(2)
    const once = await upload(await ownForm(tableOf(some), { format: 'csv' }))
    expect(once.status).toBe(200)
    const before = await traces(bank)
    const again = await upload(await ownForm(tableOf(some), { format: 'csv' }))
    expect([again.status, again.refusal]).toEqual([422, 'serial-in-use'])
    expect(again.html.match(/data-value="serial-taken"/g)).toHaveLength(2)
    expect(await traces(bank)).toEqual(before)
  })

  test.each([
    ['format', { format: '' }],
    ['key', { key: 'xyz' }],
    ['key', { key: 'abc' }],
    ['type', { type: 'GM' }],
  ])('%s: %o', async (field, change) => {
    const answer = await upload(await ownForm(tableOf(keys(1)), { format: 'csv', ...change }))
    expect([answer.status, answer.refusal]).toEqual([422, 'invalid-input'])
    expect(answer.html).toContain(`href="#field-${field}"`)
  })

  test('no file, and one in another format', async () => {
    const csrf = await csrfOf(clerk)
    const none = await upload([
      ['csrf', csrf],
      ['format', 'csv'],
    ])
    expect([none.status, none.refusal]).toEqual([422, 'out-of-order'])
    const answer = await upload(await ownForm(tableOf(keys(1))))
    expect([answer.status, answer.refusal]).toEqual([422, 'invalid-input'])
  })

  test('a form that is not ours, or in which the token does not come first', async () => {
    const before = await traces(bank)
    const table = tableOf(keys(1))
    const [csrf, ...rest] = await ownForm(table, { format: 'csv' })
    if (csrf === undefined) throw new Error('the form has no token')
    for (const fields of [[['csrf', 'x'] as const, ...rest], rest, [...rest, csrf]]) {
      const answer = await upload(fields)
      expect([answer.status, answer.refusal]).toEqual([422, 'out-of-order'])
    }
    expect(await traces(bank)).toEqual(before)
  })

  test('from another origin, by another role, by nobody', async () => {
    const fields = await ownForm(tableOf(keys(1)), { format: 'csv' })
    const body = new FormData()
    for (const [name, value] of fields) body.append(name, value)
    const foreign = await fetch(new URL(ADDRESS, site.origin), {
      method: 'POST',
      headers: { origin: 'http://elsewhere.invalid', cookie: cookieOf(clerk) },
      body,
    })
    expect(await foreign.text()).toContain('data-refusal="out-of-order"')
    const auditor = await signIn(bank, site, await appoint(bank, 'auditor'))
    expect(await upload(fields, auditor)).toMatchObject({ status: 403, refusal: 'not-permitted' })
    expect((await upload(fields, visitor(site.origin))).status).toBe(303)
  })

  test('not a form with a file at all', async () => {
    expect((await clerk.post(ADDRESS)).status).toBe(415)
    const answer = await fetch(new URL(ADDRESS, site.origin), {
      method: 'POST',
      headers: { cookie: cookieOf(clerk), 'content-type': 'multipart/form-data; boundary=' },
      body: 'x',
    })
    expect(answer.status).toBeLessThan(500)
  })

  test('a form without a file takes 64 KiB at most', async () => {
    const answer = await clerk.post('/1184/password', { oldPassword: 'x'.repeat(70_000) })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('送信された内容が大きすぎます')
  })
})

/** Sends the beginning of an upload on a connection of its own. */
async function beginning(bytes: Buffer, length: number): Promise<http.ClientRequest> {
  const request = http.request(new URL(ADDRESS, site.origin), {
    method: 'POST',
    headers: {
      origin: site.origin,
      cookie: cookieOf(clerk),
      'content-type': 'multipart/form-data; boundary=xxx',
      'content-length': length,
    },
  })
  request.on('error', () => {})
  await new Promise<void>((resolve) => request.write(bytes, () => resolve()))
  return request
}

const partOf = (name: string, value: string) =>
  `--xxx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

async function formBefore(file: string, csrf?: string): Promise<Buffer> {
  const fields = partOf('csrf', csrf ?? (await csrfOf(clerk))) + partOf('type', 'HW')
  const begun = '--xxx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
  return Buffer.from(`${fields}${partOf('format', 'csv')}${begun}${file}`)
}

describe('while it comes', () => {
  test('an upload that breaks off leaves nothing, and holds nobody up', async () => {
    const lost = keys(1_500)
    const request = await beginning(await formBefore(tableOf(lost)), 10_000_000)
    request.destroy()
    const next = keys(2)
    const answer = await upload(await ownForm(tableOf(next), { format: 'csv' }))
    expect(answer.status).toBe(200)
    expect(await stocked(bank, lost)).toEqual([])
    expect(await stocked(bank, next)).toHaveLength(2)
  })

  test('a form that is not ours is answered before its file has come', async () => {
    const request = await beginning(await formBefore('', 'x'.repeat(43)), 150_000_000)
    const answer = await new Promise<http.IncomingMessage>((resolve) =>
      request.once('response', resolve),
    )
    expect(answer.statusCode).toBe(422)
    request.destroy()
  })
})
