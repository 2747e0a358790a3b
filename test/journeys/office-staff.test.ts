/** 職員: a new colleague, from the proposal to the own password; and what becomes of proposals. */
import { expect, it } from 'vitest'
import { scanned } from './codes.ts'
import { futaba } from './customers.ts'
import { OfficeSite, staffAt } from './office.ts'
import { deskJourneys } from './stage.ts'

const REASON = '窓口で本人確認済み'
const PROPOSAL_LIFE_MS = 3 * 24 * 60 * 60 * 1000
const MINUTE_MS = 60_000
const OWN = 'Hanako-no-himitsu-1'

deskJourneys('the staff of the back office', (stage) => {
  it('appointed by two, enrolled by QR, an own password; returned with a note, withdrawn', async () => {
    const { clock } = stage.program
    const administrator = await staffAt(stage, 'administrator')
    const supervisor = await staffAt(stage, 'supervisor')

    // 登録: prepared with a reason, seen in the inbox, approved.
    await administrator.open('/staff')
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
    await supervisor.open('/inbox')
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
      await hanako.fill({ reason: REASON })
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

  it('what waits: not for its own author, not twice, not once it was withdrawn or left', async () => {
    const { clock } = stage.program
    const prepare = (office: OfficeSite) =>
      office.prepare(futaba, '確認方法を再発行する', { reason: REASON })

    // A supervisor prepares, and is no second pair of eyes; not even by a form made by hand.
    const supervisor = await staffAt(stage, 'supervisor')
    await prepare(supervisor)
    expect(await supervisor.room()).toBe('受付箱')
    expect(await supervisor.text()).toContain('役席者の承認を待っています')
    expect(await supervisor.text()).toContain('自分の起案は承認できません')
    const buttons = (office: OfficeSite) => office.page.locator('main button').allInnerTexts()
    expect(await buttons(supervisor)).toEqual(['取り下げる'])
    const form = supervisor.page.locator('main form')
    await form.evaluate((shown) =>
      shown.setAttribute('action', shown.getAttribute('action').replace('withdraw', 'approve')),
    )
    await supervisor.press('取り下げる')
    expect(await supervisor.refusal()).toBe('own-proposal')

    // The clerk reads it, decides nothing, and cannot prepare the same beside it.
    const clerk = await staffAt(stage, 'clerk')
    await clerk.open('/inbox')
    await clerk.follow('確認用パスワード・カードの再発行')
    expect(await clerk.value('state')).toBe('waiting')
    expect(await buttons(clerk)).toEqual([])
    await clerk.open(`/customers/${futaba.contractId}/prepare/card-reissue`)
    await clerk.fill({ reason: REASON })
    await clerk.press('起案する')
    expect(await clerk.refusal()).toBe('already-proposed')
    expect(await clerk.typed('reason')).toBe(REASON)
    await supervisor.press('取り下げる')
    expect(await supervisor.value('state')).toBe('withdrawn')

    // Withdrawn while the supervisor was reading: nothing is done.
    const withdrawn = await prepare(clerk)
    await supervisor.open(withdrawn)
    await clerk.press('取り下げる')
    await supervisor.press('承認して実行する')
    expect(await supervisor.refusal()).toBe('already-decided')
    expect(await supervisor.value('state')).toBe('withdrawn')

    // Left until it was over, under the eyes of who reads it.
    const left = await prepare(clerk)
    clock.moveBy(PROPOSAL_LIFE_MS - 5 * MINUTE_MS)
    await supervisor.arriveAs('supervisor')
    await supervisor.page.goto(supervisor.urlOf(left))
    clock.moveBy(6 * MINUTE_MS)
    await supervisor.press('承認して実行する')
    expect(await supervisor.refusal()).toBe('proposal-expired')
    expect(await supervisor.value('state')).toBe('expired')
    await supervisor.follow('承認待ちを見る')
    expect(await supervisor.text()).toContain('承認を待っている起案はありません')
    await supervisor.follow('処理済みを見る')
    const settled = supervisor.page.locator('tbody [data-field="state"]')
    const states = await settled.evaluateAll((tags) => tags.map((tag) => tag.dataset.value))
    expect(states.slice(0, 3)).toEqual(['expired', 'withdrawn', 'withdrawn'])
    const decidedBy = supervisor.page.locator('td[data-label="処理した人"]')
    expect((await decidedBy.allInnerTexts()).slice(0, 3)).toEqual(['—', 'clerk', 'supervisor'])
    await clerk.arriveAs('clerk')
    await supervisor.approve(await prepare(clerk))
    expect(await supervisor.value('receiptNo')).toMatch(/^\d+$/)
  })
})
