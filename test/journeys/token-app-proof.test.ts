/** The token app believes nobody but the bank, and loses no token to a broken connection. */
import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { ja } from '../../src/token-app/words/ja.ts'
import { shownCode, shownSerial } from './codes.ts'
import {
  askToRemake,
  expectFailure,
  FALSE_SERIAL,
  kept,
  keptOfToken,
  makeToken,
  openApp,
  requestsTo,
  standBetween,
  withOneBitFlipped,
} from './phone.ts'
import { phoneJourneys } from './stage.ts'

type Failure = keyof typeof ja.failure.reasons

const cutOff = (route: Route) => route.abort('internetdisconnected')

const expectTold = (page: Page, failure: Failure) =>
  expectFailure(page, failure, ja.failure.reasons[failure])

/** What may come between, and what the customer is told then. */
const ON_THE_WAY: readonly (readonly [string, (route: Route) => Promise<void>, Failure])[] = [
  ['institution-key', cutOff, 'unreachable'],
  ['institution-key', (route) => route.fulfill({ json: { publicKey: 'AAAA' } }), 'not-the-bank'],
  ['provision', cutOff, 'unreachable'],
  ['provision', (route) => route.fulfill({ status: 503 }), 'unreachable'],
  ['provision', (route) => route.fulfill({ status: 429 }), 'busy'],
  ['provision', (route) => route.fulfill({ status: 400 }), 'refused'],
  ['provision', (route) => route.fulfill({ status: 201, json: {} }), 'not-the-bank'],
  ['confirm', (route) => route.fulfill({ status: 429 }), 'busy'],
  ['confirm', (route) => route.fulfill({ status: 422 }), 'unconfirmed'],
]

/** What a browser may lack or refuse, from the beginning or once a token is made. */
const IN_THE_BROWSER: readonly (readonly [string, string, 'at once' | 'when made', Failure])[] = [
  ['without locks', 'delete Navigator.prototype.locks', 'at once', 'unsupported'],
  ['from before autumn 2022', 'delete AbortSignal.timeout', 'at once', 'unsupported'],
  [
    'without cryptography',
    "Object.defineProperty(crypto, 'subtle', { value: undefined })",
    'at once',
    'unsupported',
  ],
  [
    'whose storage is shut',
    "IDBFactory.prototype.open = () => { throw new Error('shut') }",
    'at once',
    'storage',
  ],
  [
    'that stores no keys',
    "IDBObjectStore.prototype.put = () => { throw new Error('no keys') }",
    'when made',
    'storage',
  ],
  [
    'whose storage is full',
    `const { oncomplete } = Object.getOwnPropertyDescriptors(IDBTransaction.prototype)
     Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
       set(done) {
         oncomplete.set.call(this, done)
         queueMicrotask(() => this.abort())
       },
     })`,
    'when made',
    'storage',
  ],
  [
    'that makes no keys',
    "SubtleCrypto.prototype.generateKey = () => Promise.reject(new Error('no keys'))",
    'when made',
    'unexpected',
  ],
]

/** What browsers learned after those that the app is written for. */
const LEARNED_SINCE = [
  'Promise.withResolvers',
  'Promise.try',
  'Object.groupBy',
  'Array.fromAsync',
  'Array.prototype.toSorted',
  'Uint8Array.prototype.toBase64',
  'Uint8Array.fromBase64',
  'AbortSignal.any',
  'URL.canParse',
]

phoneJourneys('the token app and its bank', (stage) => {
  it('makes no token out of an offer that the bank did not sign, and keeps nothing of it', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    await page.route('**/provision', withOneBitFlipped)
    await page.click('#make-token')
    await expectTold(page, 'not-the-bank')
    expect(await keptOfToken(page)).toEqual([])
    expect(await page.evaluate("localStorage.getItem('ichido-serial')")).toBeNull()
    await phone.see()
    await page.unroute('**/provision')
    await page.click('#retry')
    await shownCode(phone)
    expect((await keptOfToken(page)).sort()).toEqual(['institution', 'token'])
  })

  it('goes by the key that it pinned, whatever key is shown later', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    const serial = await makeToken(phone)
    await standBetween(page)
    await askToRemake(phone)
    await page.click('#remake-confirm')
    await expectTold(page, 'not-the-bank')
    expect(await page.innerText('main')).toContain(ja.failure.kept)
    expect((await keptOfToken(page)).sort()).toEqual(['institution', 'token'])
    await page.click('#back')
    await shownCode(phone)
    expect(await shownSerial(phone)).toBe(serial)

    // The same answers do for a phone that never saw the bank; to that one, the bank is false.
    const misled = await stage.visitor()
    await standBetween(misled.page)
    await openApp(stage, misled)
    expect(await makeToken(misled)).toBe(FALSE_SERIAL)
    await misled.page.unrouteAll()
    await askToRemake(misled)
    await misled.page.click('#remake-confirm')
    await expectTold(misled.page, 'not-the-bank')
  })

  it('finishes the token whose confirmation did not get through', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    const asked = requestsTo(page, '/provision')
    await page.route('**/confirm', cutOff)
    await page.click('#make-token')
    await expectTold(page, 'unreachable')
    expect((await keptOfToken(page)).sort()).toEqual(['institution', 'pending'])
    const serial = await page.evaluate(kept('pending', 'found.serial'))

    await page.unroute('**/confirm')
    await page.reload()
    expect(await makeToken(phone)).toBe(serial)
    expect(asked.count).toBe(1)
    expect((await keptOfToken(page)).sort()).toEqual(['institution', 'token'])
  })

  it('knows its own token again, when the bank had confirmed it and the answer was lost', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    const asked = requestsTo(page, '/provision')
    await page.route('**/confirm', async (route) => {
      expect((await route.fetch()).status()).toBe(204)
      await cutOff(route)
    })
    await page.click('#make-token')
    await expectTold(page, 'unreachable')
    const serial = await page.evaluate(kept('pending', 'found.serial'))

    await page.unroute('**/confirm')
    const again = page.waitForResponse('**/confirm')
    await page.click('#retry')
    expect((await again).status()).toBe(409)
    await shownCode(phone)
    expect(await shownSerial(phone)).toBe(serial)
    expect(asked.count).toBe(1)
  })

  it('makes another one, when the bank has forgotten the unfinished one', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    await page.route('**/confirm', cutOff)
    await page.click('#make-token')
    await expectTold(page, 'unreachable')
    const serial = await page.evaluate(kept('pending', 'found.serial'))

    await page.unroute('**/confirm')
    await page.route(`**/${serial}/confirm`, (route) => route.fulfill({ status: 404 }))
    await page.click('#retry')
    await shownCode(phone)
    expect(await shownSerial(phone)).not.toBe(serial)
    expect((await keptOfToken(page)).sort()).toEqual(['institution', 'token'])
  })

  it('says in words what came between, and goes on when that is over', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    for (const [address, answer, failure] of ON_THE_WAY) {
      const url = `**/${address}`
      await page.route(url, answer)
      await page.click('#make-token, #retry')
      await expectTold(page, failure)
      expect(await page.getAttribute('a[href^="tel:"]', 'href')).toBe('tel:0248-23-4513')
      await page.unroute(url)
      if (failure !== 'unconfirmed') await page.reload()
    }
    await page.click('#retry')
    await shownCode(phone)
  })

  it.each(IN_THE_BROWSER)('says what to do in a browser %s', async (_, lack, since, failure) => {
    const phone = await stage.visitor()
    await phone.page.addInitScript(lack)
    const page = await openApp(stage, phone)
    if (since === 'when made') await page.click('#make-token')
    await expectTold(page, failure)
    await phone.see()
  })

  it('needs nothing that browsers learned only lately', async () => {
    const phone = await stage.visitor()
    for (const learned of LEARNED_SINCE) await phone.page.addInitScript(`delete ${learned}`)
    await openApp(stage, phone)
    expect(await makeToken(phone)).toMatch(/^GM\d{8}$/)
  })
})
