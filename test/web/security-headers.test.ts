/** Every header that guards the pages, to the letter: one that is lost or loosened is seen here. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../bank/test-bank.ts'
import { type Site, serveBanking, serveOffice } from './http.ts'

let bank: TestBank
let sites: Readonly<Record<'banking' | 'office', Site>>
beforeAll(async () => {
  bank = await openTestBank()
  sites = { banking: await serveBanking(bank.ports), office: await serveOffice(bank.ports) }
})
afterAll(async () => {
  await sites.banking.close()
  await sites.office.close()
  await bank.close()
})

/** What of the answer the server's library adds, and no page decides. */
const OF_THE_LIBRARY = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']

test.each([
  ['banking', '/1184/login', 200, /^ichido=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
  ['banking', '/1184/nowhere', 404, /^ichido=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
  ['office', '/1184/login', 200, /^ichido-office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/],
  ['office', '/1184/nowhere', 404, /^ichido-office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/],
] as const)('%s %s', async (name, path, status, cookie) => {
  const answer = await fetch(sites[name].origin + path)
  const html = await answer.text()
  const [, nonce = ''] =
    /script-src 'nonce-([\w-]{22})'/.exec(answer.headers.get('content-security-policy') ?? '') ?? []
  const others = [...answer.headers].filter(([header]) => !OF_THE_LIBRARY.includes(header))
  expect([answer.status, Object.fromEntries(others)]).toEqual([
    status,
    {
      'cache-control': 'no-store',
      'content-security-policy':
        `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; img-src 'self'; ` +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'content-type': expect.stringMatching(/^text\/(html|plain); charset=UTF-8$/i),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\w-]{22}$/),
      ...(cookie && { 'set-cookie': expect.stringMatching(cookie) }),
    },
  ])
  const given = [...html.matchAll(/ nonce="([^"]*)"/g)].map(([, used]) => used)
  expect(given.every((used) => used === nonce)).toBe(true)
  expect(html.match(/<script/g) ?? []).toHaveLength(given.length)
  const second = await fetch(sites[name].origin + path)
  expect(second.headers.get('content-security-policy')).not.toContain(nonce)
})
