/** 交換 and 利用中止: which token counts afterwards, and that nothing happens twice. */
import { expect, it } from 'vitest'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { authenticator, makeDesktopToken, PhoneToken, type Token } from './codes.ts'
import { type Customer, futaba, hajime, itsuki, nanae, yoshiko } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

/** 交換 up to the form for the new token. */
async function proveCurrent(bank: BankSite, customer: Customer, token: Token): Promise<void> {
  await bank.beginAtFoot('交換', customer)
  expect(bank.path).toBe('/otp/exchange/current')
  await bank.fill({ otp: await token.freshCode() })
  await bank.press('次へ')
  expect(bank.path).toBe('/otp/exchange/new')
}

async function expectExchanged(bank: BankSite, from: Token, to: Token): Promise<void> {
  expect(bank.path).toBe('/otp/exchange/done')
  expect(await bank.value('receiptNo')).toMatch(/^\d+$/)
  expect(Number.isNaN(Date.parse(await bank.value('receivedAt')))).toBe(false)
  expect(await bank.value('newSerial')).toBe(to.serial)
  expect(await bank.value('oldSerial')).toBe(from.serial)
  expect(await bank.text()).toMatch(/変更後.*変更前/s)
}

deskJourneys('exchanging the token', (stage) => {
  it('from the old phone to the new one, which alone counts from then on', async () => {
    const oldPhone = await PhoneToken.make(await stage.visitor(), stage.program)
    const newPhone = await PhoneToken.make(await stage.visitor(), stage.program)
    const bank = await newBank(stage)
    await bank.startOtp(hajime, oldPhone, 'required')
    await proveCurrent(bank, hajime, oldPhone)
    await bank.fill({ serial: newPhone.serial, otp: await newPhone.freshCode() })
    await bank.press('登録する')
    await expectExchanged(bank, oldPhone, newPhone)

    await bank.logIn(hajime)
    expect(bank.path).toBe('/login/code')
    await bank.fill({ otp: await oldPhone.freshCode() })
    await bank.press('ログイン')
    expect(await bank.refusal()).toBe('wrong-code')
    await bank.fill({ otp: await newPhone.freshCode() })
    await bank.press('ログイン')
    expect(bank.path).toBe('/home')
    expect(await bank.value('token')).toBe(newPhone.serial)
    // Until midnight a thief who had done this would gain little.
    expect(await bank.value('limitLeft')).toBe('100000')
  })

  it('from a closed type to the one that is open, and to no other', async () => {
    const symantec = authenticator(yoshiko.contractId, stage.program.clock)
    const desktop = authenticator(itsuki.contractId, stage.program.clock)
    const phone = await makeDesktopToken(stage.program)
    const bank = await newBank(stage)
    await proveCurrent(bank, yoshiko, symantec)
    await bank.fill({ serial: desktop.serial, otp: await desktop.freshCode() })
    await bank.press('登録する')
    expect(await bank.refusal()).toBe('type-closed')
    const alert = await bank.page.locator('[role="alert"]').innerText()
    expect(alert).toContain('「しんきん（個人）ワンタイムパスワード」または')
    expect(await bank.typed('serial')).toBe(desktop.serial)

    await bank.fill({ serial: symantec.serial, otp: await symantec.freshCode() })
    await bank.press('登録する')
    expect(await bank.refusal()).toBe('same-serial')
    // Until the exchange is done, the token in use is in use.
    const otp = await symantec.freshCode()
    expect(await verifyByApi(stage.program, yoshiko, otp)).toBe('accepted')

    await bank.fill({ serial: phone.serial, otp: await phone.freshCode() })
    await bank.press('登録する')
    await expectExchanged(bank, symantec, phone)
    const oldCode = await symantec.freshCode()
    expect(await verifyByApi(stage.program, yoshiko, oldCode)).toBe('wrong-code')
    const newCode = await phone.freshCode()
    expect(await verifyByApi(stage.program, yoshiko, newCode)).toBe('accepted')
  })

  it('back, reload, a double click and two requests at once are one exchange', async () => {
    const token = authenticator(itsuki.contractId, stage.program.clock)
    const successor = await makeDesktopToken(stage.program)
    const bank = await newBank(stage)
    await bank.beginAtFoot('交換', itsuki)
    await bank.fill({ otp: await token.freshCode() })
    await bank.pressTwice('次へ', '/otp/exchange/new')
    await bank.back()
    expect(bank.path).toBe('/otp/exchange/new')

    await bank.fill({ serial: successor.serial, otp: await successor.freshCode() })
    const form = await bank.formData()
    await bank.pressTwice('登録する', '/otp/exchange/done')
    await expectExchanged(bank, token, successor)
    const receiptNo = await bank.value('receiptNo')
    const post = () =>
      bank.visitor.context.request.post(bank.urlOf('/otp/exchange/new'), { form, maxRedirects: 0 })
    const answers = await Promise.all([post(), post()])
    expect(answers.map((answer) => answer.status())).toEqual([303, 303])

    await bank.reload()
    expect(await bank.value('receiptNo')).toBe(receiptNo)
    await bank.back()
    expect(bank.path).toBe('/otp/exchange/done')
    expect(await bank.value('receiptNo')).toBe(receiptNo)
  })
})

deskJourneys('stopping the one-time password', (stage) => {
  it('leaves the confirmation method, and ends the token for good', async () => {
    const token = authenticator(nanae.contractId, stage.program.clock)
    const bank = await newBank(stage)
    await bank.beginAtFoot('利用中止', nanae)
    expect(bank.path).toBe('/otp/stop/confirm')
    await bank.fill({ otp: await token.freshCode() })
    await bank.confirmAs(nanae)
    await bank.press('停止する')
    expect(bank.path).toBe('/otp/stop/done')
    expect(await bank.value('receiptNo')).toMatch(/^\d+$/)
    expect(await bank.value('serial')).toBe(token.serial)
    expect(await verifyByApi(stage.program, nanae, await token.freshCode())).toBe('no-token')

    await bank.logIn(nanae)
    expect(bank.path).toBe('/home')
    expect(await bank.value('token')).toBe('')
    expect(await bank.value('limitLeft')).toBe('100000')
    await bank.reviewTransfer(nanae, futaba, '1000')
    expect(await bank.page.locator('[name="otp"]').count()).toBe(0)
    await bank.confirmAs(nanae)
    await bank.press('振り込む')
    expect(await bank.value('status')).toBe('executed')

    await bank.beginAtFoot('利用中止', nanae)
    expect(await bank.refusal()).toBe('no-token')
    await bank.startOtp(nanae, token, 'required')
    expect(await bank.refusal()).toBe('serial-unknown')
  })
})
