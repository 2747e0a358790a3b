/** From nothing to a transfer with a code, once for each confirmation method. */
import { expect, it } from 'vitest'
import { BankSite, type Typed } from './bank-site.ts'
import { PhoneToken } from './codes.ts'
import { type Customer, futaba, hajime, mitsuo } from './customers.ts'
import { journeys } from './stage.ts'

interface Journey {
  readonly customer: Customer
  readonly typed: Typed
  /** What is picked when a name fits several banks or branches. */
  readonly picked?: Typed
  readonly payee: string
  readonly feeYen: number
}

const JOURNEYS: readonly (readonly [method: string, Journey])[] = [
  [
    'a confirmation password, the payee by the names of bank and branch',
    {
      customer: hajime,
      typed: { bankCode: '白河信用金庫', branchCode: '本店', accountNumber: '0000021' },
      payee: 'デモ　フタバ',
      feeYen: 0,
    },
  ],
  [
    'a customer card, the payee by kana, as an input method leaves it',
    {
      customer: futaba,
      typed: {
        bankCode: 'しらかわしんきん',
        branchCode: 'ホンテン',
        accountNumber: '０００００３１',
      },
      payee: 'デモ　ミツオ',
      feeYen: 0,
    },
  ],
  [
    'an image card, the payee at another bank, picked among several',
    {
      customer: mitsuo,
      typed: { bankCode: '三菱', branchCode: '本店', accountNumber: '7654321' },
      picked: { bankCode: '0005' },
      payee: 'トウキヨウ　ハナコ',
      feeYen: 165,
    },
  ],
]

journeys('starting the one-time password, then a transfer', (stage) => {
  it.each(JOURNEYS)('with %s', async (_, journey) => {
    const token = await PhoneToken.make(await stage.visitor(), stage.program)
    const bank = new BankSite(await stage.visitor(), stage.program)
    await start(bank, journey.customer, token)
    await logInWithCode(bank, journey.customer, token)
    const before = await bank.balance()
    await transfer(bank, journey, token)
    const receiptNo = await bank.value('receiptNo')
    await expectPrintable(bank)
    await expectRecorded(bank, journey, receiptNo, before)
    await bank.logOut()
    expect(await bank.text()).toContain('ログアウトしました')
    expect(stage.program.log).toEqual([])
  })
})

async function start(bank: BankSite, customer: Customer, token: PhoneToken): Promise<void> {
  await bank.startOtp(customer, token, 'required')
  expect(bank.path).toBe('/otp/start/done')
  expect(await bank.text()).toContain('ワンタイムパスワード登録が完了しました。')
  expect(await bank.value('receiptNo')).toMatch(/^\d+$/)
  expect(Number.isNaN(Date.parse(await bank.value('receivedAt')))).toBe(false)
  expect(await bank.value('serial')).toBe(token.serial)
  expect(await bank.value('otpAtLogin')).toBe('required')
}

async function logInWithCode(bank: BankSite, customer: Customer, token: PhoneToken) {
  await bank.follow('ログイン画面に戻る')
  expect(bank.path).toBe('/login')
  const { contractId, loginPassword } = customer
  await bank.fill({ contractId, loginPassword })
  await bank.press('ログイン')
  expect(bank.path).toBe('/login/code')
  await bank.fill({ otp: await token.freshCode() })
  await bank.press('ログイン')
  expect(bank.path).toBe('/home')
  expect(await bank.value('token')).toBe(token.serial)
}

async function transfer(bank: BankSite, journey: Journey, token: PhoneToken): Promise<void> {
  const { customer, typed, picked, payee, feeYen } = journey
  await bank.follow('振込')
  await bank.fill({ fromAccount: customer.account, ...typed, amount: '1,500' })
  await bank.press('内容を確認する')
  if (picked !== undefined) {
    expect(await bank.refusal()).toBe('invalid-input')
    await bank.fill(picked)
    await bank.press('内容を確認する')
  }
  expect(bank.path).toBe('/transfer/review')
  expect(await bank.value('payeeName')).toBe(payee)
  expect(await bank.value('amount')).toBe('1500')
  expect(await bank.value('fee')).toBe(String(feeYen))
  await expectLargeOperation(bank, payee)
  await bank.fill({ otp: await token.freshCode() })
  await bank.press('振り込む')
  expect(bank.path).toBe('/transfer/done')
  expect(await bank.value('status')).toBe('executed')
  expect(await bank.value('amount')).toBe('1500')
  expect(await bank.value('payeeName')).toBe(payee)
}

/** What the code will authorise stands in letters larger than all others. */
async function expectLargeOperation(bank: BankSite, payee: string): Promise<void> {
  const name = bank.page.locator('.operation__name')
  expect(await name.innerText()).toBe('1,500円の振込')
  const size = await name.evaluate(
    (element) => element.ownerDocument.defaultView.getComputedStyle(element).fontSize as string,
  )
  expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(24)
  expect(await bank.page.locator('.operation').innerText()).toContain(payee)
}

async function expectRecorded(
  bank: BankSite,
  { customer, payee, feeYen }: Journey,
  receiptNo: string,
  before: number,
): Promise<void> {
  await bank.follow('取引履歴')
  expect(await bank.value('receiptNo')).toBe(receiptNo)
  expect(await bank.value('payeeName')).toBe(payee)
  const after = await bank.balance()
  expect(after).toBe(before - 1500 - feeYen)
  await bank.follow('入出金明細を見る')
  expect(bank.path).toBe(`/accounts/${customer.account}`)
  const amounts = await bank.page
    .locator('tbody td:nth-child(3)')
    .evaluateAll((cells) => cells.map((cell) => cell.dataset.value as string))
  expect(amounts).toContain('-1500')
  if (feeYen > 0) expect(amounts).toContain(String(-feeYen))
}

/** The result prints as one sheet. */
async function expectPrintable(bank: BankSite): Promise<void> {
  const sheet = (await bank.page.pdf()).toString('latin1')
  expect(sheet.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  await bank.expectPrintable()
}
