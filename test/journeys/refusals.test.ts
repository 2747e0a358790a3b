/** What a customer meets who errs: the page says why, keeps what was typed, and leads on. */
import { expect, it } from 'vitest'
import { verifyByApi } from './api.ts'
import { BankSite, withinBank } from './bank-site.ts'
import { authenticator, makeDesktopToken } from './codes.ts'
import { futaba, hajime, itsuki, mitsuo, nanae, yoshiko } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

/** The error stands beside its field, is tied to it, and the alert leads there. */
async function expectErrorAt(bank: BankSite, field: string): Promise<void> {
  const input = bank.page.locator(`#field-${field}`)
  expect(await input.getAttribute('aria-invalid')).toBe('true')
  const error = `field-${field}-error`
  const tied = input.locator(`xpath=ancestor-or-self::*[contains(@aria-describedby, "${error}")]`)
  expect(await tied.count()).toBeGreaterThan(0)
  expect(await bank.page.locator(`#${error}`).innerText()).not.toBe('')
  const wayThere = bank.page.locator(`[role="alert"] a[href="#field-${field}"]`)
  expect(await wayThere.count()).toBe(1)
}

deskJourneys('refusals at the login', (stage) => {
  it('a wrong password is told without telling which of the two was wrong', async () => {
    const bank = await newBank(stage)
    await bank.logIn({ ...futaba, loginPassword: 'ichido02' })
    expect(await bank.refusal()).toBe('wrong-credentials')
    expect(await bank.typed('contractId')).toBe(futaba.contractId)
    expect(await bank.typed('loginPassword')).toBe('')
    await expectErrorAt(bank, 'contractId')
    await bank.logIn({ ...futaba, contractId: '19999999999' })
    expect(await bank.refusal()).toBe('wrong-credentials')
    await bank.logIn(futaba)
    expect(bank.path).toBe('/home')
  })

  it('six wrong passwords lock, and the page says whom to call', async () => {
    const bank = await newBank(stage)
    await bank.open('/login')
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await bank.fill({ contractId: mitsuo.contractId, loginPassword: `Wrong${attempt}` })
      await bank.press('ログイン')
      expect(await bank.refusal()).toBe('wrong-credentials')
    }
    const { contractId, loginPassword } = mitsuo
    await bank.fill({ contractId, loginPassword })
    const answer = bank.page.waitForResponse((response) => response.status() === 423)
    await bank.press('ログイン')
    await answer
    expect(await bank.refusal()).toBe('locked-password')
    expect(await bank.page.locator('[role="alert"]').innerText()).toContain('0248-23-4513')
  })

  it('a wrong code, then the right one; and never the same one twice, wherever', async () => {
    const bank = await newBank(stage)
    const token = authenticator(nanae.contractId, stage.program.clock)
    await bank.logIn(nanae)
    const otp = await token.freshCode()
    await bank.fill({ otp: otp === '000000' ? '000001' : '000000' })
    await bank.press('ログイン')
    expect(await bank.refusal()).toBe('wrong-code')
    await expectErrorAt(bank, 'otp')
    // As an input method leaves it: full width, with a space.
    const fullWidth = [...otp].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    await bank.fill({ otp: `${fullWidth.slice(0, 3).join('')}　${fullWidth.slice(3).join('')}` })
    await bank.press('ログイン')
    expect(bank.path).toBe('/home')

    await bank.reviewTransfer(nanae, futaba, '1000')
    await bank.fill({ otp })
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('code-already-used')
    await expectErrorAt(bank, 'otp')
    expect(await verifyByApi(stage.program, nanae, otp)).toBe('code-already-used')
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    expect(await bank.value('status')).toBe('executed')
  })
})

deskJourneys('refusals at the start of the one-time password', (stage) => {
  it('an unknown serial and a closed type, with the form kept', async () => {
    const bank = await newBank(stage)
    const token = await makeDesktopToken(stage.program)
    const closed = authenticator(itsuki.contractId, stage.program.clock)
    await bank.beginOtpStart(hajime)
    await bank.fill({ serial: 'GM00000000', otp: '123456', otpAtLogin: 'not-required' })
    await bank.confirmAs(hajime)
    await bank.press('登録する')
    expect(await bank.refusal()).toBe('serial-unknown')
    await expectErrorAt(bank, 'serial')
    expect(await bank.typed('serial')).toBe('GM00000000')
    expect(await bank.page.locator('[value="not-required"]').isChecked()).toBe(true)

    await bank.fill({ serial: closed.serial, otp: await closed.freshCode() })
    await bank.confirmAs(hajime)
    await bank.press('登録する')
    expect(await bank.refusal()).toBe('type-closed')

    await bank.fill({ serial: token.serial.toLowerCase(), otp: await token.freshCode() })
    await bank.confirmAs(hajime)
    await bank.press('登録する')
    expect(bank.path).toBe('/otp/start/done')

    await bank.beginOtpStart(hajime)
    expect(await bank.refusal()).toBe('has-token')
  })
})

deskJourneys('refusals of transfers', (stage) => {
  it('a wrong confirmation asks for the very same positions again', async () => {
    const bank = await newBank(stage)
    await bank.logIn(hajime)
    await bank.reviewTransfer(hajime, futaba, '1000')
    const asked = await bank.positions()
    for (const { name } of asked) await bank.fill({ [name]: '0' })
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('wrong-confirmation')
    await expectErrorAt(bank, 'confirm1')
    expect(await bank.positions()).toEqual(asked)
    // Nor does another transfer, or another login, ask for others.
    const elsewhere = await newBank(stage)
    await elsewhere.logIn(hajime)
    await elsewhere.reviewTransfer(hajime, futaba, '2000')
    expect(await elsewhere.positions()).toEqual(asked)
    await elsewhere.confirmAs(hajime)
    await elsewhere.press('振り込む')
    expect(await elsewhere.value('status')).toBe('executed')
  })

  it('a limit, too little money, and fields that cannot be read', async () => {
    const bank = await newBank(stage)
    await bank.logIn(yoshiko)
    await bank.reviewTransfer(yoshiko, futaba, '1000001')
    expect(await bank.refusal()).toBe('limit-exceeded')
    await expectErrorAt(bank, 'amount')
    expect(await bank.typed('amount')).toBe('1000001')
    expect(await bank.typed('accountNumber')).toBe(futaba.account)

    // The whole balance goes, and nothing is left for the fee.
    await bank.fill({ bankCode: '0001', accountNumber: '1234567', amount: '1000000' })
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('insufficient-funds')
    await expectErrorAt(bank, 'amount')

    await bank.fill({ amount: '千円' })
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('invalid-input')
    await expectErrorAt(bank, 'amount')
    await bank.fill({ bankCode: 'そんなぎんこう' })
    await bank.press('内容を確認する')
    await expectErrorAt(bank, 'bankCode')
    expect(await bank.typed('bankCode')).toBe('そんなぎんこう')
  })

  it('an unknown payee: at this bank the end, at another bank the customer names it', async () => {
    const bank = await newBank(stage)
    await bank.logIn(itsuki)
    await bank.open('/transfer')
    await bank.fill({ ...withinBank(itsuki, futaba, '1000'), accountNumber: '9999999' })
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('unknown-payee')
    await expectErrorAt(bank, 'accountNumber')

    await bank.fill({ bankCode: '0001', branchCode: '001' })
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('unknown-payee')
    await bank.fill({ payeeName: 'ｼﾗｶﾜ ｼﾞﾛｳ' })
    await bank.press('内容を確認する')
    expect(await bank.value('payeeName')).toBe('シラカワ ジロウ')
    expect(await bank.value('fee')).toBe('165')
  })
})
