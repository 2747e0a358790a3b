/** The token app in a customer's hand: what it shows, what it keeps, and what comes in between. */
import type { Page, Route } from 'playwright-core'
import { expect } from 'vitest'
import { fromBase64url, toBase64url, transcriptOf } from '../../src/oath/key-agreement.ts'
import { shownCode, shownSerial } from './codes.ts'
import type { Stage } from './stage.ts'
import type { Visitor } from './visitor.ts'

/** Opens the app, as on the first day. */
export async function openApp(stage: Stage, visitor: Visitor): Promise<Page> {
  const { page } = visitor
  await page.goto(`${stage.program.token}/`)
  await page.waitForSelector('main h1')
  return page
}

/** Presses the button of the first day; the serial of the token that comes. */
export async function makeToken(visitor: Visitor): Promise<string> {
  await visitor.page.click('#make-token')
  await shownCode(visitor)
  return shownSerial(visitor)
}

/** The way to a new token for whom the bank told so, up to the last button. */
export async function askToRemake({ page }: Visitor): Promise<void> {
  await page.click('#remake-section summary')
  await page.click('#remake')
  await page.check('#remake-agree')
}

/** What the app says went wrong: by its name, and in words. */
export async function failureOf(page: Page): Promise<{ name: string | null; words: string }> {
  const told = page.locator('[data-failure]')
  await told.waitFor()
  return { name: await told.getAttribute('data-failure'), words: await told.innerText() }
}

/** Asks the database of the app; `reading` is an expression on its one `store`. */
const inVault = (reading: string) => `new Promise((resolve, reject) => {
  const opening = indexedDB.open('ichido-token', 1)
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const store = opening.result.transaction('kept').objectStore('kept')
    const asked = ${reading}
    asked.onsuccess = () => {
      opening.result.close()
      resolve(asked.result)
    }
  }
})`

/** Reads one of the things that the app keeps. */
export const kept = (name: string, of: string): string =>
  `${inVault(`store.get('${name}')`)}.then((found) => ${of})`

/** The names of all that the app keeps of a token, pending or whole; its clock aside. */
export async function keptOfToken(page: Page): Promise<string[]> {
  const names = await page.evaluate<string[]>(inVault('store.getAllKeys()'))
  return names.filter((name) => name !== 'clock')
}

/** One bit of the bank's signature is not as it was signed. */
export async function withOneBitFlipped(route: Route): Promise<void> {
  const response = await route.fetch()
  const offer = await response.json()
  const signature = fromBase64url(offer.signature)
  if (signature === null) throw new Error('the offer has no signature')
  signature[10] = (signature[10] ?? 0) ^ 1
  await route.fulfill({ response, json: { ...offer, signature: toBase64url(signature) } })
}

export const FALSE_SERIAL = 'GM00000018'
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const ECDH = { name: 'ECDH', namedCurve: 'P-256' }

/** Somebody between phone and bank, with keys of their own and every answer well formed. */
export async function standBetween(page: Page): Promise<void> {
  const { subtle } = globalThis.crypto
  const institution = await subtle.generateKey(ECDSA, true, ['sign'])
  const half = await subtle.generateKey(ECDH, true, ['deriveBits'])
  const serverKey = new Uint8Array(await subtle.exportKey('raw', half.publicKey))
  const shown = new Uint8Array(await subtle.exportKey('raw', institution.publicKey))
  await page.route('**/institution-key', (route) =>
    route.fulfill({ json: { publicKey: toBase64url(shown) } }),
  )
  await page.route('**/provision', async (route) => {
    const clientKey = fromBase64url(route.request().postDataJSON().publicKey)
    if (clientKey === null) throw new Error('the phone sent no key')
    const transcript = transcriptOf({ clientKey, serverKey, serial: FALSE_SERIAL })
    const signature = await subtle.sign(ECDSA, institution.privateKey, transcript)
    const offer = {
      serial: FALSE_SERIAL,
      publicKey: toBase64url(serverKey),
      signature: toBase64url(new Uint8Array(signature)),
      ...{ algorithm: 'SHA256', digits: 6, period: 30, now: Date.now() },
    }
    await route.fulfill({ status: 201, json: offer })
  })
  await page.route('**/confirm', (route) => route.fulfill({ status: 204 }))
}

/** Counts the requests to an address that ends so. */
export function requestsTo(page: Page, end: string): { count: number } {
  const seen = { count: 0 }
  page.on('request', (request) => {
    if (request.url().endsWith(end)) seen.count += 1
  })
  return seen
}

export async function expectFailure(page: Page, name: string, words: string): Promise<void> {
  expect(await failureOf(page)).toEqual({ name, words })
}
