/** The table role × act, cell by cell, over HTTP: every page and form of the back office. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayDo, STAFF_ACTS, STAFF_ROLES, type StaffRole } from '../../../src/bank/office/staff.ts'
import { OFFICE_ROUTES } from '../../../src/web/office/routes.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { visitor } from '../visitor.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
const browsers = new Map<StaffRole, OfficeVisitor>()
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  for (const role of STAFF_ROLES) {
    browsers.set(role, await signIn(bank, site, await appoint(bank, role)))
  }
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

/** Addresses of nothing that exists: who may come in is asked first. */
const addressOf = (path: string) => `/1184${path.replaceAll(/:\w+/g, 'nothing')}`

async function answerTo(role: StaffRole, method: string, path: string): Promise<Response> {
  const browser = browsers.get(role)
  if (browser === undefined) throw new Error(`nobody is signed in as ${role}`)
  if (method === 'post') return browser.post(addressOf(path))
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  return fetch(new URL(addressOf(path), site.origin), { headers: { cookie }, redirect: 'manual' })
}

describe.each(STAFF_ROLES)('%s', (role) => {
  test.each(OFFICE_ROUTES.map(({ method, path, act }) => [method, path, act] as const))(
    '%s %s',
    async (method, path, act) => {
      const answer = await answerTo(role, method, path)
      const refusal = /data-refusal="([\w-]+)"/.exec(await answer.text())?.[1]
      const may = act === 'signed-in' || mayDo(role, act)
      if (may) expect([refusal, answer.status]).not.toEqual(['not-permitted', 403])
      else expect([refusal, answer.status]).toEqual(['not-permitted', 403])
      expect(answer.status).toBeLessThan(500)
    },
  )
})

test.each(OFFICE_ROUTES.map(({ method, path }) => [method, path] as const))(
  'nobody comes in without a login: %s %s',
  async (method, path) => {
    const stranger = visitor(site.origin)
    const login = await stranger.open('/1184/login')
    const csrf = /name="csrf" value="([^"]+)"/.exec(login.html)?.[1] ?? ''
    const cookie = [...stranger.cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(new URL(addressOf(path), site.origin), {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: { cookie, origin: site.origin },
      ...(method === 'post' && { body: new URLSearchParams({ csrf }) }),
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/1184/login?notice=ended',
    ])
  },
)

test('every act of the table opens some page, and every role has a first room', async () => {
  for (const role of STAFF_ROLES) {
    const { first } = browsers.get(role) ?? {}
    expect([role, first?.status]).toEqual([role, 200])
  }
  expect(Object.values(STAFF_ACTS).every((roles) => roles.length > 0)).toBe(true)
})

test('a form that is not from this browser does nothing', async () => {
  const answer = await browsers.get('administrator')?.post('/1184/staff/appoint', { csrf: 'x' })
  expect(answer?.status).toBe(422)
  expect(await answer?.text()).toContain('data-refusal="out-of-order"')
})
