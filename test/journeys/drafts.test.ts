/** Back, reload, second tabs, double clicks: nothing happens twice, nothing is mixed up. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { authenticator } from './codes.ts'
import { futaba, itsuki, yoshiko } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const MINUTE_MS = 60_000

/** Itsuki at the bank site, with a token and no code at login. */
async function signedIn(stage: Stage) {
  const bank = new BankSite(await stage.visitor(), stage.program)
  await bank.logIn(itsuki)
  return { bank, token: authenticator(itsuki.contractId, stage.program.clock) }
}

deskJourneys('one transfer, one draft', (stage) => {
  it('back and reload after the result find the same result', async () => {
    const { bank, token } = await signedIn(stage)
    const before = await bank.balance()
    await bank.reviewTransfer(itsuki, futaba, '1000')
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    const receiptNo = await bank.value('receiptNo')
    await bank.reload()
    expect(await bank.value('receiptNo')).toBe(receiptNo)
    await bank.back()
    expect(bank.path).toBe('/transfer/done')
    expect(await bank.value('receiptNo')).toBe(receiptNo)
    expect(await bank.balance()).toBe(before - 1000)
  })

  it('two tabs send what each of them showed', async () => {
    const { bank: first, token } = await signedIn(stage)
    const second = await first.anotherTab()
    await first.reviewTransfer(itsuki, futaba, '1111')
    await second.reviewTransfer(itsuki, yoshiko, '2222')
    await first.fill({ otp: await token.freshCode() })
    await first.press('振り込む')
    await second.fill({ otp: await token.freshCode() })
    await second.press('振り込む')
    expect(await first.value('amount')).toBe('1111')
    expect(await first.value('payeeName')).toBe('デモ　フタバ')
    expect(await second.value('amount')).toBe('2222')
    expect(await second.value('payeeName')).toBe('デモ　ヨシコ')
  })

  it('a double click, and two requests at once, are one transfer', async () => {
    const { bank, token } = await signedIn(stage)
    const before = await bank.receipts()
    await bank.reviewTransfer(itsuki, futaba, '1000')
    await bank.fill({ otp: await token.freshCode() })
    await bank.pressTwice('振り込む', '/transfer/done')
    expect(await bank.receipts()).toHaveLength(before.length + 1)

    await bank.reviewTransfer(itsuki, futaba, '1000')
    await bank.fill({ otp: await token.freshCode() })
    const form = await bank.formData()
    const post = () =>
      bank.visitor.context.request.post(bank.urlOf('/transfer/review'), { form, maxRedirects: 0 })
    const answers = await Promise.all([post(), post()])
    expect(answers.map((answer) => answer.status())).toEqual([303, 303])
    const [first, second] = answers.map((answer) => answer.headers().location)
    expect(first).toBe(second)
    expect(await bank.receipts()).toHaveLength(before.length + 2)
  })

  it('what was corrected is what is sent', async () => {
    const { bank, token } = await signedIn(stage)
    await bank.reviewTransfer(itsuki, futaba, '5000')
    await bank.follow('内容を直す')
    expect(await bank.typed('accountNumber')).toBe(futaba.account)
    expect(await bank.typed('amount')).toBe('5,000')
    await bank.fill({ amount: '6000' })
    await bank.press('内容を確認する')
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    expect(await bank.value('amount')).toBe('6000')
  })
})

deskJourneys('out of order', (stage) => {
  it('no step can be reached without the one before', async () => {
    const { bank } = await signedIn(stage)
    for (const path of ['/transfer/review', '/transfer/done', '/otp/start/token', '/login/code']) {
      await bank.open(path)
      expect(await bank.refusal(), path).toBe('out-of-order')
    }
    await bank.open('/no/such/page')
    expect(await bank.text()).toContain('ページが見つかりません')
  })

  it('a form from before the logout is refused, and nothing is sent', async () => {
    const { bank, token } = await signedIn(stage)
    const before = await bank.balance()
    await bank.reviewTransfer(itsuki, futaba, '1000')
    const otherTab = await bank.anotherTab()
    await otherTab.open('/home')
    await otherTab.logOut()
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('out-of-order')
    await bank.logIn(itsuki)
    expect(await bank.balance()).toBe(before)
  })

  it('another customer at the same browser finds nothing of the first', async () => {
    const { bank } = await signedIn(stage)
    await bank.reviewTransfer(itsuki, futaba, '1000')
    const review = bank.page.url()
    await bank.logOut()
    await bank.logIn(yoshiko)
    await bank.page.goto(review)
    await bank.visitor.see()
    expect(await bank.refusal()).toBe('out-of-order')
    expect(await bank.text()).not.toContain('フタバ')
    await bank.open(`/accounts/${itsuki.account}`)
    expect(await bank.text()).toContain('ページが見つかりません')
  })

  it('after half an hour the review has expired, though the customer was never idle', async () => {
    const { bank, token } = await signedIn(stage)
    const before = await bank.balance()
    await bank.reviewTransfer(itsuki, futaba, '1000')
    const otherTab = await bank.anotherTab()
    for (let turn = 0; turn < 4; turn += 1) {
      stage.program.clock.moveBy(8 * MINUTE_MS)
      await otherTab.page.goto(otherTab.urlOf('/home'))
    }
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('draft-expired')
    expect(await bank.balance()).toBe(before)
  })
})
