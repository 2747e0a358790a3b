/** A hardware token from the application to its end, on the bank's side and the customer's. */
import { expect, it } from 'vitest'
import { figure } from '../seed-files/reading.ts'
import { BankSite } from './bank-site.ts'
import { hardwareToken } from './codes.ts'
import { futaba, mutsumi } from './customers.ts'
import { OfficeSite } from './office.ts'
import { deskJourneys } from './stage.ts'
import { SLOW_MS } from './visitor.ts'

/** The oldest token of shape 1 on the demonstration's shelf. */
const SERIAL = '2V0716016FK3'

deskJourneys('hardware tokens in the back office', (stage) => {
  it('goes from the paper to the customer, comes back, and is destroyed by two people', async () => {
    const { clock } = stage.program
    const office = new OfficeSite(await stage.visitor(), stage.program)
    await office.logInAs('clerk')

    // 在庫
    await office.follow('ハードウェアトークン')
    expect(await office.value('onShelf1')).toContain('4本')
    await office.fill({ serial: 'ABCD9999' })
    await office.press('検索する')
    expect(await office.refusal()).toBe('serial-unknown')

    // シードファイルの取込: nothing with a wrong key, all of it with the right one.
    await office.follow('シードファイルの取込')
    const file = { name: 'tokens.xml', mimeType: 'text/xml', buffer: Buffer.from(figure(6)) }
    const send = async (key: string) => {
      await office.fill({ format: 'pskc', shape: '2', key })
      await office.page.locator('[name="file"]').setInputFiles(file)
      await office.press('取り込む')
    }
    await send('12345678901234567890123456789013')
    expect(await office.refusal()).toBe('invalid-input')
    expect(await office.value('fault')).toBe('wrong-key')
    await send('12345678901234567890123456789012')
    expect(await office.value('imported')).toBe('1')
    await office.follow('在庫を見る')
    expect(await office.value('onShelf2')).toContain('4本')

    // 申込の記録
    await office.follow('申込・割当')
    await office.follow('申込を記録する')
    await office.fill({ contractId: '10000000099' })
    await office.press('お客さまを確認する')
    expect(await office.refusal()).toBe('unknown-contract')
    await office.fill({ contractId: futaba.contractId })
    await office.press('お客さまを確認する')
    expect(await office.value('name')).toBe('デモ　フタバ')
    const today = new Date(clock.now() + 9 * 3_600_000).toISOString().slice(0, 10)
    await office.fill({ appliedOn: today, shape: '1', fee: 'taken' })
    await office.press('記録する')
    expect(await office.refusal()).toBe('invalid-input')
    await office.fill({ sealChecked: 'yes' })
    await office.press('記録する')
    expect(await office.value('applicationState')).toBe('received')
    expect(await office.value('fee')).toBe('1,100円')

    // シリアルの割当: the oldest of the shape is proposed.
    expect(await office.typed('serial')).toBe(SERIAL)
    await office.fill({ serial: '3K2204510AA1' })
    await office.press('シリアルを割り当てる')
    expect(await office.refusal()).toBe('wrong-shape')
    await office.fill({ serial: SERIAL })
    await office.press('シリアルを割り当てる')
    expect(await office.value('applicationState')).toBe('assigned')

    // 発送リスト
    await office.follow('発送リストへ')
    const field = await office.page.locator('input[name^="parcelNo-"]').getAttribute('name')
    await office.fill({ [field ?? '']: '123' })
    await office.press('発送済みにする')
    expect(await office.refusal()).toBe('invalid-input')
    await office.fill({ [field ?? '']: '123-45-67890-1' })
    await office.press('発送済みにする')
    expect(await office.text()).toContain('1件を発送済みにしました')
    await office.follow('今日発送した一覧')
    expect(await office.value('parcelNo')).toBe('123-45-67890-1')

    // 利用開始 by this customer, and by nobody else.
    const token = hardwareToken(SERIAL, clock)
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.logIn(futaba)
    expect(await bank.value('hardwareToken')).toBe('shipped')
    expect(await bank.text()).toContain('123-45-67890-1')
    await bank.logOut()
    await bank.startOtp(mutsumi, token, 'not-required')
    expect(await bank.refusal()).toBe('serial-not-yours')
    await bank.startOtp(futaba, token, 'not-required')
    expect(await bank.value('serial')).toBe(SERIAL)
    await office.open(`/hardware/${SERIAL}`)
    expect(await office.value('tokenState')).toBe('active')

    // 電池交換キャンペーン: first whom it would concern, then by two people; the old token goes on.
    await office.follow('電池・交換')
    expect(await office.value('ageing')).toBe('0')
    await office.fill({ months: '60' })
    await office.press('表示する')
    expect(await office.value('ageing')).toBe('1')
    await office.follow('交換キャンペーンを準備する')
    expect(await office.value('count')).toBe('1')
    await office.fill({ reason: '5年の期限の前に' })
    await office.press('この内容で起案する')
    const campaign = office.path
    const boss = new OfficeSite(await stage.visitor(), stage.program)
    await boss.logInAs('supervisor')
    await boss.approve(campaign)
    await boss.open(`/hardware/battery/campaigns/${await boss.value('receiptNo')}`)
    const recorded = async () => {
      await boss.reload()
      return boss.value('recorded')
    }
    await expect.poll(recorded, { timeout: SLOW_MS, interval: 2_000 }).toBe('1')

    // 利用中止
    await bank.beginAtFoot('利用中止', futaba)
    await bank.fill({ otp: await token.freshCode() })
    await bank.confirmAs(futaba)
    await bank.press('停止する')
    expect(bank.path).toBe('/otp/stop/done')

    // 返却: what a customer has had never goes on stock again.
    await office.open(`/hardware/${SERIAL}`)
    await office.follow('返却を受け付ける')
    await office.fill({ condition: 'unopened' })
    await office.press('受け付ける')
    expect(await office.refusal()).toBe('wrong-state')
    await office.fill({ condition: 'opened' })
    await office.press('受け付ける')
    expect(await office.text()).toContain('廃棄待ちにしました')

    // 廃棄, by two people.
    await office.fill({ [`pick-${SERIAL}`]: 'yes', reason: '月次の廃棄' })
    await office.press('廃棄を起案する')
    expect(await office.value('state')).toBe('waiting')
    await boss.approve(office.path)
    expect(await boss.value('receiptNo')).toMatch(/^\d+$/)
    await office.open(`/hardware/${SERIAL}`)
    expect(await office.value('tokenState')).toBe('destroyed')
    expect(await office.text()).toContain('利用開始')
  })
})
