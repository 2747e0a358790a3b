/** 収納サービス: a bill is paid once, by whoever is first. */
import { expect, it } from 'vitest'
import { BankSite, type Typed } from './bank-site.ts'
import { authenticator } from './codes.ts'
import { hajime, itsuki, yoshiko } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const WATER: Typed = { billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' }
const CITY_TAX: Typed = {
  billerNo: '58192',
  customerNo: '1184-0026-0042',
  confirmationNo: '305172',
  paymentCategory: '2607',
}

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

async function reviewBill(bank: BankSite, numbers: Typed): Promise<void> {
  await bank.follow('収納サービス')
  await bank.fill(numbers)
  await bank.press('内容を確認する')
}

deskJourneys('paying bills', (stage) => {
  it('with a code, once: whoever else has the same slip is told that it is paid', async () => {
    const token = authenticator(yoshiko.contractId, stage.program.clock)
    const bank = await newBank(stage)
    const other = await newBank(stage)
    await bank.logIn(yoshiko)
    await other.logIn(itsuki)
    await reviewBill(other, WATER)
    await reviewBill(bank, WATER)
    expect(bank.path).toBe('/bill/review')
    expect(await bank.value('amount')).toBe('8400')
    expect(await bank.page.locator('.operation__name').innerText()).toContain('8,400円の払込み')
    await bank.fill({ fromAccount: yoshiko.account, otp: await token.freshCode() })
    await bank.press('払い込む')
    expect(bank.path).toBe('/bill/done')
    expect(await bank.value('amount')).toBe('8400')
    expect(await bank.value('billerName')).toBe('白河市水道部（デモ）')
    const receiptNo = await bank.value('receiptNo')
    await bank.back()
    expect(bank.path).toBe('/bill/done')
    expect(await bank.value('receiptNo')).toBe(receiptNo)
    expect(await bank.balance()).toBe(1_000_000 - 8_400)

    const otp = await authenticator(itsuki.contractId, stage.program.clock).freshCode()
    await other.fill({ otp })
    await other.press('払い込む')
    expect(await other.refusal()).toBe('already-paid')
    expect(await other.balance()).toBe(1_000_000)
    await reviewBill(bank, WATER)
    expect(await bank.refusal()).toBe('already-paid')
    expect(await bank.value('receiptNo')).toBe(receiptNo)
  })

  it('with the confirmation password; wrong numbers are told, and a bill beyond the limit', async () => {
    const bank = await newBank(stage)
    await bank.logIn(hajime)
    await reviewBill(bank, { ...CITY_TAX, confirmationNo: '305173' })
    expect(await bank.refusal()).toBe('unknown-bill')
    expect(await bank.typed('confirmationNo')).toBe('305173')
    await bank.fill({ billerNo: '99999' })
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('unknown-bill')
    expect(await bank.page.locator('#field-billerNo').getAttribute('aria-invalid')).toBe('true')

    await bank.fill(CITY_TAX)
    await bank.press('内容を確認する')
    expect(await bank.value('amount')).toBe('23500')
    expect(await bank.page.locator('[name="otp"]').count()).toBe(0)
    await bank.fill({ fromAccount: '0000012' })
    await bank.confirmAs(hajime)
    await bank.press('払い込む')
    expect(await bank.value('fromAccount')).toBe('0000012')
    expect(await bank.balance()).toBe(1_000_000)

    const dearer = { customerNo: '118400260043', confirmationNo: '820641', paymentCategory: '2605' }
    await reviewBill(bank, { ...CITY_TAX, ...dearer })
    await bank.confirmAs(hajime)
    await bank.press('払い込む')
    expect(await bank.refusal()).toBe('limit-exceeded')
  })
})
