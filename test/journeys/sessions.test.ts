/** Who is signed in, until when, and that nobody else's page can act for them. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { futaba } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const IDLE_MS = 10 * 60_000
const HOUR_MS = 60 * 60_000

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

async function cookieOf(bank: BankSite) {
  const [cookie, ...others] = await bank.visitor.context.cookies()
  expect(others).toEqual([])
  if (cookie === undefined) throw new Error('the bank set no cookie')
  return cookie
}

deskJourneys('sessions', (stage) => {
  it('ten idle minutes end it, and the login page says why', async () => {
    const bank = await newBank(stage)
    await bank.logIn(futaba)
    // A busy machine may need a while for the page before.
    stage.program.clock.moveBy(IDLE_MS - 60_000)
    await bank.open('/home')
    expect(bank.path).toBe('/home')
    stage.program.clock.moveBy(IDLE_MS + 1_000)
    await bank.follow('振込')
    expect(bank.path).toBe('/login')
    expect(await bank.text()).toContain('10分間操作がないとき')
  })

  it('an hour ends it, however busy', async () => {
    const bank = await newBank(stage)
    await bank.logIn(futaba)
    for (let passed = 0; passed < HOUR_MS; passed += IDLE_MS - 60_000) {
      expect(bank.path).toBe('/home')
      stage.program.clock.moveBy(IDLE_MS - 60_000)
      await bank.page.goto(bank.urlOf('/home'))
    }
    expect(bank.path).toBe('/login')
  })

  it('a login elsewhere ends it', async () => {
    const first = await newBank(stage)
    const second = await newBank(stage)
    await first.logIn(futaba)
    await second.logIn(futaba)
    await first.open('/home')
    expect(first.path).toBe('/login')
    expect(await first.text()).toContain('別の端末でログインしたとき')
    await second.open('/home')
    expect(second.path).toBe('/home')
  })

  it('the identifier changes at login and at logout, and no script can read it', async () => {
    const bank = await newBank(stage)
    await bank.open('/login')
    const before = await cookieOf(bank)
    await bank.logIn(futaba)
    const during = await cookieOf(bank)
    await bank.logOut()
    const after = await cookieOf(bank)
    expect(new Set([before.value, during.value, after.value]).size).toBe(3)
    for (const { httpOnly, sameSite, expires } of [before, during, after]) {
      expect({ httpOnly, sameSite, expires }).toEqual({
        httpOnly: true,
        sameSite: 'Lax',
        expires: -1,
      })
    }
    expect(await bank.page.evaluate('document.cookie')).toBe('')
    // The old identifier, kept by a thief, opens nothing.
    await bank.visitor.context.addCookies([during])
    await bank.open('/home')
    expect(bank.path).toBe('/login')
  })

  it("another browser's form and another site's form are refused", async () => {
    const bank = await newBank(stage)
    const other = await newBank(stage)
    await other.open('/login')
    const { csrf } = await other.formData()
    await bank.open('/login')
    const { contractId, loginPassword } = futaba
    const own = await bank.formData()
    const post = (form: Record<string, string>, headers: Record<string, string>) =>
      bank.visitor.context.request.post(bank.urlOf('/login'), { form, headers, maxRedirects: 0 })
    const form = { ...own, contractId, loginPassword }
    const foreign = await post({ ...form, csrf: csrf ?? '' }, {})
    expect(await foreign.text()).toContain('data-refusal="out-of-order"')
    const crossSite = await post(form, { Origin: 'https://evil.example' })
    expect(await crossSite.text()).toContain('data-refusal="out-of-order"')
    const sandboxed = await post(form, { Origin: 'null' })
    expect(await sandboxed.text()).toContain('data-refusal="out-of-order"')
    expect((await post(form, {})).status()).toBe(303)
  })
})
