/** 利用登録, what customers set themselves, and 取引中止. */
import { expect, it } from 'vitest'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { authenticator, makeDesktopToken, type Token } from './codes.ts'
import {
  enrolmentPassword,
  futaba,
  hajime,
  itsuki,
  mitsuo,
  nanae,
  yayoi,
  yoshiko,
} from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const DAY_MS = 24 * 60 * 60_000

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

/** The last step of a change of the settings. */
async function confirmChange(bank: BankSite, token: Token): Promise<void> {
  await bank.fill({ otp: await token.freshCode() })
  await bank.press('変更する')
  expect(await bank.refusal()).toBeUndefined()
  expect(await bank.value('receiptNo')).toMatch(/^\d+$/)
}

deskJourneys('enrolment', (stage) => {
  it('with what came on paper, once; then the chosen password logs in', async () => {
    const bank = await newBank(stage)
    const { contractId, loginPassword } = yayoi
    const begin = async () => {
      await bank.open('/login')
      await bank.follow('利用登録')
      await bank.fill({ contractId, enrolmentPassword })
      await bank.press('次へ')
    }
    await begin()
    expect(bank.path).toBe('/enrol/password')
    const mail = 'yayoi@example.jp'
    await bank.fill({ loginPassword, loginPasswordAgain: 'Ichido09', mail })
    await bank.press('登録する')
    expect(await bank.refusal()).toBe('invalid-input')
    expect(await bank.typed('mail')).toBe(mail)
    expect(await bank.typed('loginPassword')).toBe('')
    await bank.fill({ loginPassword, loginPasswordAgain: loginPassword })
    await bank.press('登録する')
    expect(bank.path).toBe('/enrol/done')
    expect(await bank.value('mail')).toBe(mail)

    await begin()
    expect(await bank.refusal()).toBe('wrong-credentials')
    await bank.logIn(yayoi)
    expect(bank.path).toBe('/home')
    expect(await bank.value('accountNumber')).toBe(yayoi.account)
  })
})

deskJourneys('settings', (stage) => {
  it('the code at login at once; mail and password a day after the start', async () => {
    const token = await makeDesktopToken(stage.program)
    const bank = await newBank(stage)
    await bank.startOtp(hajime, token, 'not-required')
    await bank.logIn(hajime)
    for (const path of ['/settings/mail', '/settings/password']) {
      await bank.open(path)
      expect(await bank.refusal(), path).toBe('too-many-requests')
      expect(await bank.text()).toContain('24時間')
    }
    await bank.follow('設定')
    await bank.follow('ログイン時の認証要否')
    expect(await bank.value('otpAtLogin')).toBe('not-required')
    await bank.fill({ otpAtLogin: 'required' })
    await bank.press('次へ')
    await confirmChange(bank, token)
    expect(await bank.value('otpAtLogin')).toBe('required')

    stage.program.clock.moveBy(DAY_MS)
    await bank.logIn(hajime, token)
    expect(bank.path).toBe('/home')
    await bank.open('/settings/mail')
    await bank.fill({ mail: 'hajime@example.jp' })
    await bank.press('次へ')
    await confirmChange(bank, token)
    expect(await bank.value('mail')).toBe('hajime@example.jp')

    const newPassword = 'Atarashii1'
    await bank.open('/settings/password')
    const { loginPassword: currentPassword } = hajime
    await bank.fill({ currentPassword, newPassword, newPasswordAgain: newPassword })
    await bank.press('次へ')
    await confirmChange(bank, token)
    await bank.logOut()
    await bank.logIn(hajime)
    expect(await bank.refusal()).toBe('wrong-credentials')
    await bank.logIn({ ...hajime, loginPassword: newPassword }, token)
    expect(bank.path).toBe('/home')
  })

  it('a lower limit at once, a higher one from midnight and only with a token', async () => {
    const token = authenticator(yoshiko.contractId, stage.program.clock)
    const bank = await newBank(stage)
    const change = async (dailyLimit: string) => {
      await bank.open('/settings/limit')
      await bank.fill({ dailyLimit })
      await bank.press('内容を確認する')
    }
    await bank.logIn(yoshiko)
    await change('50,000')
    expect(await bank.value('effectiveAt')).toBe('now')
    await confirmChange(bank, token)
    await bank.reviewTransfer(yoshiko, futaba, '50001')
    expect(await bank.refusal()).toBe('limit-exceeded')

    await change('80000')
    expect(await bank.value('effectiveAt')).toMatch(/T15:00:00/)
    await confirmChange(bank, token)
    await bank.open('/home')
    expect(await bank.value('limitLeft')).toBe('50000')
    stage.program.clock.moveBy(DAY_MS)
    await bank.logIn(yoshiko)
    expect(await bank.value('limitLeft')).toBe('80000')
    await bank.logOut()

    await bank.logIn(mitsuo)
    await change('100001')
    expect(await bank.refusal()).toBe('no-token')
  })
})

deskJourneys('the emergency freeze', (stage) => {
  it('refuses everything that moves money, tokens or settings', async () => {
    const token = authenticator(itsuki.contractId, stage.program.clock)
    const bank = await newBank(stage)
    await bank.logIn(itsuki)
    await bank.reviewTransfer(itsuki, futaba, '1000')
    const otherTab = await bank.anotherTab()
    await otherTab.open('/home')
    await otherTab.follow('取引中止')
    await otherTab.press('すべてのお取引を中止する')
    expect(otherTab.path).toBe('/freeze/done')
    expect(await otherTab.value('receiptNo')).toMatch(/^\d+$/)

    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('frozen')
    expect(await verifyByApi(stage.program, itsuki, await token.freshCode())).toBe('frozen')
    expect(await bank.balance()).toBe(1_000_000)
    expect(await bank.text()).toContain('お取引を中止しています')
    await bank.reviewTransfer(itsuki, futaba, '1000')
    expect(await bank.refusal()).toBe('frozen')
    await bank.open('/bill')
    await bank.fill({ billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' })
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('frozen')
    await bank.open('/settings/mail')
    expect(await bank.refusal()).toBe('frozen')
    for (const procedure of ['利用開始', '交換', '利用中止', '時刻補正']) {
      await bank.beginAtFoot(procedure, itsuki)
      expect(await bank.refusal(), procedure).toBe('frozen')
    }
  })

  it('without the phone: contract ID and password are enough', async () => {
    const bank = await newBank(stage)
    await bank.beginAtFoot('取引中止', nanae)
    await bank.press('すべてのお取引を中止する')
    expect(bank.path).toBe('/freeze/done')
    const token = authenticator(nanae.contractId, stage.program.clock)
    expect(await verifyByApi(stage.program, nanae, await token.freshCode())).toBe('frozen')
  })
})
