/** Calls at the back office: who it is, what is stopped, what opens again, and how he goes on. */
import { expect, it } from 'vitest'
import { addDays, dayOf } from '../../src/bank/calendar.ts'
import { startByApi, verifyByApi } from './api.ts'
import { BankSite, withinBank } from './bank-site.ts'
import { authenticator, PhoneToken } from './codes.ts'
import { type Customer, futaba, hajime, itsuki, mitsuo, nanae, yoshiko } from './customers.ts'
import { type OfficeSite, staffAt } from './office.ts'
import { deskJourneys, type Stage } from './stage.ts'

const REASON = 'お電話にて本人確認済み'
const ANSWERED = { confirmed1: '', confirmed2: '', confirmed3: '' }

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

/** What waits there is approved; the customer can be told a receipt number. */
async function approve(supervisor: OfficeSite, proposal: string): Promise<void> {
  await supervisor.approve(proposal)
  expect(await supervisor.value('receiptNo')).toMatch(/^\d+$/)
}

/** Whether the history tells what the customer read: of what the clerk was refused there is nothing. */
const seenBy = ({ page }: OfficeSite, refusal: string): Promise<string[]> =>
  page
    .locator(`[data-outcome="${refusal}"]`)
    .evaluateAll((told) => told.map((one) => one.querySelector('summary')?.innerText ?? ''))

/** The counter at its threshold, as the clerk sees it, is opened. */
async function unlock(
  [clerk, supervisor]: readonly [OfficeSite, OfficeSite],
  customer: Customer,
  lock: string,
  count: string,
): Promise<void> {
  await clerk.page.goto(clerk.urlOf(`/customers/${customer.contractId}`))
  expect(await clerk.value(`count-${lock}`)).toBe(count)
  expect(await clerk.states()).toContain('locked')
  await approve(supervisor, await clerk.prepare(customer, 'ロックを解除する', { reason: REASON }))
}

deskJourneys('calls at the back office', (stage) => {
  it('a password that others know: the service stops, reservations too; two open it', async () => {
    const { program } = stage
    const { clock } = program
    const token = authenticator(itsuki.contractId, clock)
    const bank = await newBank(stage)
    await bank.arrive(itsuki)
    await bank.open('/transfer')
    const date = addDays(dayOf(clock.now()), 3)
    await bank.fill({ ...withinBank(itsuki, futaba, '1000'), date })
    await bank.press('内容を確認する')
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('予約する')
    expect(await bank.value('status')).toBe('reserved')
    const reservation = await bank.value('receiptNo')

    // Nobody, several, and the one, by the beginning of the name in whatever kana.
    const clerk = await staffAt(stage, 'clerk')
    await clerk.search('')
    expect(await clerk.refusal()).toBe('invalid-input')
    await clerk.search('0248-00-0099')
    expect(await clerk.text()).toContain('該当するお客さまはいません')
    expect(await clerk.typed('q')).toBe('0248-00-0099')
    await clerk.search('でも')
    expect(await clerk.page.locator('tbody tr').count()).toBe(8)
    await clerk.search('ﾃﾞﾓ ｲﾂｷ')
    expect(clerk.path).toBe(`/customers/${itsuki.contractId}`)
    expect(await clerk.states()).toEqual(['open', 'signed-in'])
    expect(await clerk.text()).toContain(reservation)

    expect(await clerk.text()).toContain('振込の予約　1,000円')

    await clerk.follow('紛失届を受け付ける')
    expect(await clerk.text()).toContain('デモ　フタバ（予約）')
    expect(await clerk.text()).toContain('予約中の振込 1件を取り消し')
    await clerk.fill({ ...ANSWERED, scope: 'service', memo: '偽のサイトに入力した' })
    await clerk.press('ただちに停止する')
    expect(await clerk.value('service')).toBe('停止しました')
    expect(await clerk.value('cancelled')).toBe('1件')
    expect(await clerk.page.locator('[data-field="serial"]').count()).toBe(0)

    await bank.follow('振込')
    expect(bank.path).toBe('/login')
    await bank.logIn(itsuki)
    expect(await bank.refusal()).toBe('frozen')
    expect(await verifyByApi(program, itsuki, await token.freshCode())).toBe('frozen')

    // Of what is left to stop there is the token alone; and then nothing.
    await clerk.follow('お客さまの画面へ')
    expect(await clerk.states()).toEqual(['frozen'])
    expect(await clerk.text()).not.toContain('予約中の振込')
    await clerk.follow('紛失届を受け付ける')
    expect(await clerk.page.locator('[name="scope"]').count()).toBe(1)
    await clerk.fill(ANSWERED)
    await clerk.press('ただちに停止する')
    expect(await clerk.value('serial')).toBe(token.serial)
    await clerk.open(`/customers/${itsuki.contractId}/loss`)
    expect(await clerk.text()).toContain('すでに停止しています')

    const supervisor = await staffAt(stage, 'supervisor')
    await approve(supervisor, await clerk.prepare(itsuki, '取引中止を解除する', { reason: REASON }))
    await bank.logIn(itsuki)
    expect(bank.path).toBe('/home')
    await bank.open('/transfers')
    expect(await bank.text()).toContain('取消済み')
    await clerk.open(`/customers/${itsuki.contractId}`)
    expect(await clerk.states()).toEqual(['token-suspended', 'signed-in'])
  })

  it('an app deleted, and a phone restored: reissued, and begun anew in the app', async () => {
    const { program } = stage
    const clerk = await staffAt(stage, 'clerk')
    const supervisor = await staffAt(stage, 'supervisor')
    const reissue = async (customer: Customer) => {
      const typed = { cause: 'uninstalled', reason: REASON }
      await approve(supervisor, await clerk.prepare(customer, '再発行する', typed))
    }

    // Restored from a backup: the app says which token is gone, and the serial finds the customer.
    const phone = await stage.visitor()
    const before = await PhoneToken.make(phone, program)
    await startByApi(program, hajime, before)
    const session = await phone.context.newCDPSession(phone.page)
    const origin = program.token
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await phone.page.reload()
    const gone = await phone.page.locator('[data-field="lost-serial"]').innerText()
    await clerk.search(gone.toLowerCase())
    expect(clerk.path).toBe(`/customers/${hajime.contractId}`)
    await clerk.follow('再発行する')
    await clerk.press('起案する')
    expect(await clerk.refusal()).toBe('invalid-input')
    await reissue(hajime)
    const bank = await newBank(stage)
    const restored = await PhoneToken.make(phone, program)
    await bank.startOtp(hajime, restored, 'not-required')
    expect(await bank.value('serial')).toBe(restored.serial)
    // What the token was is found by its serial still.
    await clerk.search(before.serial)
    expect(await clerk.value('serial')).toBe(restored.serial)
    expect(await seenBy(clerk, 'invalid-input')).toEqual([''])
    expect(await clerk.text()).not.toContain('この版にない操作')

    // Deleted and installed again: the app knows of nothing, the bank of the old token.
    const fresh = await PhoneToken.make(await stage.visitor(), program)
    await bank.beginOtpStart(yoshiko)
    expect(await bank.refusal()).toBe('has-token')
    await clerk.search(yoshiko.contractId)
    await reissue(yoshiko)
    expect(await clerk.refusal()).toBeUndefined()
    await bank.startOtp(yoshiko, fresh, 'not-required')
    expect(await bank.value('serial')).toBe(fresh.serial)
  })

  it('stopped by the customer, found by the receipt, opened by two; he goes on', async () => {
    const bank = await newBank(stage)
    await bank.arrive(futaba)
    await bank.open('/freeze')
    await bank.press('すべてのお取引を中止する')
    const receiptNo = await bank.value('receiptNo')
    await bank.open('/transfer')
    await bank.fill(withinBank(futaba, mitsuo, '1000'))
    await bank.press('内容を確認する')
    expect(await bank.refusal()).toBe('frozen')

    const clerk = await staffAt(stage, 'clerk')
    await clerk.search(receiptNo)
    expect(clerk.path).toBe(`/customers/${futaba.contractId}`)
    expect(await clerk.states()).toEqual(['frozen', 'no-token', 'signed-in'])
    expect(await clerk.text()).toContain('取引中止（お客さまのお申し出）')
    const proposal = await clerk.prepare(futaba, '取引中止を解除する', { reason: REASON })
    await approve(await staffAt(stage, 'supervisor'), proposal)

    await bank.reviewTransfer(futaba, mitsuo, '1000')
    await bank.confirmAs(futaba)
    await bank.press('振り込む')
    expect(await bank.value('status')).toBe('executed')
  })

  it('a locked password, a locked card: opened by two, and the customer goes on', async () => {
    const clerk = await staffAt(stage, 'clerk')
    const supervisor = await staffAt(stage, 'supervisor')
    // The login password.
    const bank = await newBank(stage)
    const { contractId } = mitsuo
    for (let guess = 0; guess < 6; guess += 1) {
      expect(await bank.post('/login', { contractId, loginPassword: 'Chigau01' })).toBe(422)
    }
    await bank.logIn(mitsuo)
    expect(await bank.refusal()).toBe('locked-password')
    await clerk.search('（０２４８）００－００３１')
    expect(clerk.path).toBe(`/customers/${contractId}`)
    await unlock([clerk, supervisor], mitsuo, 'password', '6')
    await bank.logIn(mitsuo)
    expect(bank.path).toBe('/home')

    // The confirmation method: the review waits on, and is sent after all.
    await bank.reviewTransfer(mitsuo, futaba, '1000')
    const asked = await bank.positions()
    const wrong = Object.fromEntries(asked.map(({ name }) => [name, 'anchor']))
    await bank.postAgain(6, wrong)
    await bank.confirmAs(mitsuo)
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('locked-confirmation')
    await unlock([clerk, supervisor], mitsuo, 'confirmation', '6')
    await bank.confirmAs(mitsuo)
    await bank.press('振り込む')
    expect(await bank.value('status')).toBe('executed')
  })

  it('codes that are refused: the clerk sees why; locked, opened by two, and used', async () => {
    const { program } = stage
    const clerk = await staffAt(stage, 'clerk')
    const supervisor = await staffAt(stage, 'supervisor')
    // Used before; of a clock that is slow; mistyped.
    const token = authenticator(nanae.contractId, program.clock)
    const slow = authenticator(nanae.contractId, program.clock, -120_000)
    const customer = await newBank(stage)
    const used = await token.freshCode()
    await customer.arrive(nanae, { ...token, freshCode: async () => used })
    await customer.reviewTransfer(nanae, futaba, '1000')
    for (const [otp, refusal] of [
      [used, 'code-already-used'],
      [await slow.freshCode(), 'wrong-code'],
      ['000000', 'wrong-code'],
    ] as const) {
      await customer.fill({ otp })
      await customer.press('振り込む')
      expect(await customer.refusal()).toBe(refusal)
    }
    await clerk.search(nanae.contractId)
    const reasons = await clerk.page.locator('[data-field="why"]').allInnerTexts()
    expect(reasons).toHaveLength(3)
    expect(reasons[0]).toContain('打ち間違い、または別のトークン')
    expect(reasons[1]).toMatch(
      /^約[2-9]分(30秒)?前の数字です（入力の遅れ、またはトークンの時計の遅れ）/,
    )
    expect(reasons[2]).toContain('に「ログイン」で使われた数字です')
    expect(await seenBy(clerk, 'code-already-used')).toEqual(['お客さまの画面の表示'])
    await customer.postAgain(8, { otp: '000000' })
    await customer.fill({ otp: await token.freshCode() })
    await customer.press('振り込む')
    expect(await customer.refusal()).toBe('locked-code')
    await unlock([clerk, supervisor], nanae, 'code', '10')
    await customer.fill({ otp: await token.freshCode() })
    await customer.press('振り込む')
    expect(await customer.value('status')).toBe('executed')
  })
})
