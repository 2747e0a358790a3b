/** The end of a session, or of a procedure, is announced before it comes, and can be put off. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { futaba } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const MINUTE_MS = 60_000

/** Time passes for the server and for the browser alike. */
async function pass(stage: Stage, bank: BankSite, ms: number): Promise<void> {
  stage.program.clock.moveBy(ms)
  await bank.page.clock.fastForward(ms)
}

async function signedIn(stage: Stage): Promise<BankSite> {
  const visitor = await stage.visitor()
  await visitor.page.clock.install()
  const bank = new BankSite(visitor, stage.program)
  await bank.logIn(futaba)
  return bank
}

const dialogOf = (bank: BankSite) => bank.page.getByRole('alertdialog')

deskJourneys('the end of a session', (stage) => {
  it('is announced two minutes before, and put off by one press', async () => {
    const bank = await signedIn(stage)
    await pass(stage, bank, 7 * MINUTE_MS)
    expect(await dialogOf(bank).isVisible()).toBe(false)
    await pass(stage, bank, 70_000)
    await dialogOf(bank).waitFor()
    expect(await dialogOf(bank).innerText()).toContain('まもなく自動的にログアウトします')
    expect(await bank.page.locator('dialog :focus').innerText()).toBe('続ける')
    await bank.visitor.see()
    await bank.page.keyboard.press('Enter')
    await dialogOf(bank).waitFor({ state: 'hidden' })
    // Past the first end, it warns again before the second.
    await pass(stage, bank, 9 * MINUTE_MS)
    await dialogOf(bank).waitFor()
    await bank.page.keyboard.press('Enter')
    await dialogOf(bank).waitFor({ state: 'hidden' })
    await bank.open('/home')
    expect(bank.path).toBe('/home')
  })

  it('leads to the login page, which says why', async () => {
    const bank = await signedIn(stage)
    await pass(stage, bank, 8.5 * MINUTE_MS)
    await dialogOf(bank).waitFor()
    await pass(stage, bank, 2 * MINUTE_MS)
    await bank.page.waitForURL(/\/login\?notice=ended$/)
    expect(await bank.text()).toContain('10分間操作がないとき')
  })

  it('comes after an hour in any case, and says so', async () => {
    const bank = await signedIn(stage)
    for (let minutes = 0; minutes < 54; minutes += 9) {
      await pass(stage, bank, 9 * MINUTE_MS)
      await bank.page.goto(bank.urlOf('/home'))
    }
    expect(bank.path).toBe('/home')
    await pass(stage, bank, 4.5 * MINUTE_MS)
    await dialogOf(bank).waitFor()
    expect(await dialogOf(bank).innerText()).toContain('ログインから1時間')
    await dialogOf(bank).getByRole('button', { name: '閉じる' }).click()
    await dialogOf(bank).waitFor({ state: 'hidden' })
  })
})

deskJourneys('the end of a procedure', (stage) => {
  it('is announced to who is not signed in, put off by one press, and told', async () => {
    const visitor = await stage.visitor()
    await visitor.page.clock.install()
    const bank = new BankSite(visitor, stage.program)
    await bank.beginAtFoot('利用開始', futaba)
    await pass(stage, bank, 28.5 * MINUTE_MS)
    await dialogOf(bank).waitFor()
    expect(await dialogOf(bank).innerText()).toContain('まもなくお手続きの時間が切れます')
    await bank.visitor.see()
    await bank.page.keyboard.press('Enter')
    await dialogOf(bank).waitFor({ state: 'hidden' })
    await pass(stage, bank, 28.5 * MINUTE_MS)
    await dialogOf(bank).waitFor()
    await pass(stage, bank, 2 * MINUTE_MS)
    await bank.page.locator('[data-refusal="draft-expired"]').waitFor()
    expect(bank.path).toBe('/otp/start/token')
  })
})
