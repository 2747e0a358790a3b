/** 職員: a new colleague, from the proposal to the own password; and what becomes of proposals. */
import { expect, it } from 'vitest'
import { scanned } from './codes.ts'
import { futaba } from './customers.ts'
import { OfficeSite } from './office.ts'
import { deskJourneys } from './stage.ts'

const OWN = 'Hanako-no-himitsu-1'

deskJourneys('the staff of the back office', (stage) => {
  const signedIn = async (staffId: Parameters<OfficeSite['logInAs']>[0]) => {
    const office = new OfficeSite(await stage.visitor(), stage.program)
    await office.logInAs(staffId)
    return office
  }

  it('appointed by two, enrolled by QR, an own password; returned with a note, withdrawn', async () => {
    const { clock } = stage.program
    const administrator = await signedIn('administrator')
    const supervisor = await signedIn('supervisor')

    // 登録: prepared with a reason, seen in the inbox, approved.
    await administrator.follow('職員')
    await administrator.follow('職員を登録する')
    await administrator.fill({
      staffId: 'clerk',
      name: '白河　花子',
      role: 'clerk',
      reason: '異動',
    })
    await administrator.press('起案する')
    expect(await administrator.refusal()).toBe('already-exists')
    await administrator.fill({ staffId: 'hanako' })
    await administrator.press('起案する')
    expect(await administrator.value('state')).toBe('waiting')
    await supervisor.follow('受付箱')
    await supervisor.follow('職員の登録')
    await supervisor.press('承認して実行する')
    expect(await supervisor.value('receiptNo')).toMatch(/^\d+$/)
    await administrator.open('/staff/hanako')
    await administrator.press('初回のパスワードを発行する')
    const password = await administrator.value('password')

    // The first login: the authenticator, then the own password, then the work.
    const hanako = new OfficeSite(await stage.visitor(), stage.program)
    await hanako.open('/login')
    await hanako.fill({ staffId: 'hanako', password })
    await hanako.press('次へ')
    const uri = await hanako.page.locator('a[href^="otpauth:"]').getAttribute('href')
    await hanako.fill({ otp: await scanned(uri ?? '', clock).freshCode() })
    await hanako.press('ログイン')
    expect(hanako.path).toBe('/password')
    await hanako.fill({ currentPassword: password, newPassword: OWN })
    await hanako.press('変更する')
    await hanako.follow('業務の画面へ進む')
    expect(hanako.path).toBe('/customers')

    // 差戻し with a note, 取下げ by the author.
    const prepare = async () => {
      await hanako.open(`/customers/${futaba.contractId}/prepare/card-reissue`)
      await hanako.fill({ reason: '窓口で本人確認済み' })
      await hanako.press('起案する')
      return hanako.path
    }
    const returned = await prepare()
    await supervisor.open(returned)
    await supervisor.press('差し戻す')
    expect(await supervisor.refusal()).toBe('invalid-input')
    await supervisor.fill({ note: '届出印がありません' })
    await supervisor.press('差し戻す')
    await hanako.open(returned)
    expect(await hanako.value('note')).toBe('届出印がありません')
    await prepare()
    await hanako.press('取り下げる')
    expect(await hanako.value('state')).toBe('withdrawn')

    // 再登録, of whoever has lost the authenticator.
    await administrator.open('/staff/hanako')
    await administrator.fill({ reason: 'スマートフォンの紛失' })
    await administrator.press('起案する')
    await supervisor.approve(administrator.path)
    await hanako.reload()
    expect(hanako.path).toContain('/login')
  })
})
