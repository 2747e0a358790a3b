/** One customer's flood: it is bounded, and takes nothing from the others. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { visitor } from '../visitor.ts'

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

async function signedIn() {
  const { contractId, loginPassword } = await bank.open()
  const browser = visitor(site.origin)
  await browser.submit(await browser.open('/1184/login'), { contractId, loginPassword })
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  const form = await browser.open('/1184/settings/limit')
  const csrf = /name="csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
  const post = () =>
    fetch(`${site.origin}/1184/settings/limit`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: site.origin },
      body: new URLSearchParams({ csrf, dailyLimit: '50000' }),
    })
  return { post }
}

test('of 200 forms at once some are turned away, none fails, and others are served', async () => {
  const [flooding, other] = [await signedIn(), await signedIn()]
  const flood = Promise.all(Array.from({ length: 200 }, flooding.post))
  const others = await Promise.all(Array.from({ length: 10 }, other.post))
  expect(others.map(({ status }) => status)).toEqual(Array(10).fill(303))
  const statuses = new Set((await flood).map(({ status }) => status))
  expect(statuses).toEqual(new Set([303, 429]))
})
