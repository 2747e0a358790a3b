/**
 * The journeys that look at every page in all languages, colours and sizes go by a list
 * (`test/journeys/every-page.ts`): it forgets none.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { BEFORE_LOGIN, NOWHERE, OF_HER_TRANSFER, SIGNED_IN } from '../../journeys/every-page.ts'
import { type Site, serveBanking } from '../http.ts'
import { visitor } from '../visitor.ts'
import { routesOf } from './routes.ts'

let bank: TestBank
let site: Site
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveBanking(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

const STEP = 'a step that only its own draft leads to'
const RESULT = 'the result of a procedure, for whoever has just done it'

/** Addresses at which nobody begins; the journeys of their procedures look at them. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  '/display': 'keeps how pages look and leads back to one',
  '/login/code': STEP,
  '/otp/start/token': STEP,
  '/otp/start/done': RESULT,
  '/otp/exchange/current': STEP,
  '/otp/exchange/new': STEP,
  '/otp/exchange/done': RESULT,
  '/otp/stop/confirm': STEP,
  '/otp/stop/done': RESULT,
  '/otp/resync/codes': STEP,
  '/otp/resync/done': RESULT,
  '/enrol/password': STEP,
  '/enrol/done': RESULT,
  '/freeze/done': RESULT,
  '/settings/otp-at-login/confirm': STEP,
  '/settings/otp-at-login/done': RESULT,
  '/settings/password/confirm': STEP,
  '/settings/password/done': RESULT,
  '/settings/mail/confirm': STEP,
  '/settings/mail/done': RESULT,
  '/settings/limit/review': STEP,
  '/settings/limit/done': RESULT,
  '/transfer/review': STEP,
  '/transfer/done': RESULT,
  '/bill/review': STEP,
  '/bill/done': RESULT,
  '/transfers/:receiptNo/cancel/done': RESULT,
}

/** The route that answers at an address. */
const routeAt = (address: string, routes: readonly string[]): string | undefined =>
  routes.find((route) =>
    new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(address.replace(/\?.*/, '')),
  )

test('every page is in the list, or an exception with its reason', () => {
  const routes = routesOf(bank.ports, 'GET')
  const listed = [...BEFORE_LOGIN, ...SIGNED_IN, ...OF_HER_TRANSFER]
    .filter((address) => address !== NOWHERE)
    .map((address) => routeAt(address, routes) ?? `${address} is no page`)
  const known = new Set([...listed, ...Object.keys(EXCEPTIONS)])
  expect([...known].sort()).toEqual(routes.sort())
  expect(listed.filter((route) => route in EXCEPTIONS)).toEqual([])
})

test.each(BEFORE_LOGIN)('%s needs no login', async (address) => {
  const page = await visitor(site.origin).open(`/1184${address}`)
  expect(page.path).toBe(`/1184${address}`)
  expect(page.status).toBe(address === NOWHERE ? 404 : 200)
})
