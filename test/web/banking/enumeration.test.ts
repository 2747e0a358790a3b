/**
 * Whether a contract ID exists is told to nobody: known and unknown IDs get the same answer to the
 * byte, and lock alike. What it takes in time is measured by `npm run bench`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const THRESHOLD = 6
const UNKNOWN = 'U999999999'

/** All that an answer carries, but for what is drawn anew for each. */
async function answerTo(path: string, contractId: string, password: string): Promise<string> {
  const browser = visitor(site.origin)
  const form = await browser.open(path)
  const field = path.endsWith('/enrol') ? 'enrolmentPassword' : 'loginPassword'
  await browser.submit(form, { contractId, [field]: password })
  return (browser.seen.at(-1) ?? '')
    .replaceAll(contractId, 'the ID')
    .replace(/name="csrf" value="[^"]+"/g, 'csrf')
    .replace(/nonce[-=]"?[\w-]{22}/g, 'nonce')
    .replace(/^(?:date|x-request-id): .*$/gim, '')
}

/** The same length too, whatever was drawn. */
async function lengthOf(path: string, contractId: string): Promise<number> {
  const browser = visitor(site.origin)
  const page = await browser.submit(await browser.open(path), { contractId, loginPassword: 'x' })
  return Buffer.byteLength(page.html)
}

async function contractIds() {
  const { contractId: known } = await bank.open()
  const { contractId: frozen } = await bank.open()
  await bank.pool.query('update contract set frozen = true where contract_id = $1', [frozen])
  const { contractId: unenrolled } = await bank.open()
  await bank.pool.query('update contract set login_password_hash = null where contract_id = $1', [
    unenrolled,
  ])
  return { known, frozen, unenrolled }
}

describe.each(['/login', '/otp/start', '/otp/exchange', '/otp/stop', '/otp/resync', '/freeze'])(
  'at %s',
  (place) => {
    const path = `/1184${place}`

    test('a wrong password and an ID that is not there are answered alike', async () => {
      const unknown = await answerTo(path, UNKNOWN, 'Wrong1')
      expect(unknown).toContain('data-refusal="wrong-credentials"')
      for (const [standing, contractId] of Object.entries(await contractIds())) {
        expect(await answerTo(path, contractId, 'Wrong1'), standing).toBe(unknown)
        expect(await lengthOf(path, contractId), standing).toBe(await lengthOf(path, UNKNOWN))
      }
      await bank.pool.query('delete from login_counter')
    })

    test('both lock after as many, and are told alike', async () => {
      const { contractId } = await bank.open()
      const unknown = `U${contractId.slice(1)}`
      for (let attempt = 0; attempt < THRESHOLD; attempt += 1) {
        const told = await answerTo(path, unknown, 'Wrong1')
        expect(told).toContain('data-refusal="wrong-credentials"')
        expect(await answerTo(path, contractId, 'Wrong1')).toBe(told)
      }
      const locked = await answerTo(path, unknown, 'Wrong1')
      expect(locked).toContain('data-refusal="locked-password"')
      expect(await answerTo(path, contractId, 'Ichido01')).toBe(locked)
    })
  },
)

test('nor does the enrolment tell who is enrolled', async () => {
  const path = '/1184/enrol'
  const unknown = await answerTo(path, UNKNOWN, 'Wrong1')
  for (const [standing, contractId] of Object.entries(await contractIds())) {
    expect(await answerTo(path, contractId, 'Ichido01'), standing).toBe(unknown)
  }
})
