/**
 * A hardware token from the application to its end, on the bank's side and the customer's; and
 * everything that an application or a parcel can meet on the way.
 */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { hardwareToken } from './codes.ts'
import { futaba, hajime, itsuki, mitsuo, mutsumi } from './customers.ts'
import { dispatch, paperOf, record } from './hardware-desk.ts'
import { OfficeSite } from './office.ts'
import { deskJourneys } from './stage.ts'

/** The oldest token of shape 1 on the demonstration's shelf. */
const SERIAL = '2V0716016FK3'
/** On stock, but its display is broken. */
const BROKEN = '3K2204510AA2'
/** On its way to a customer. */
const SENT = '2V0716016FK2'

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

    // 申込の記録
    await office.follow('申込・割当')
    await office.follow('申込を記録する')
    await office.fill({ contractId: '10000000099' })
    await office.press('お客さまを確認する')
    expect(await office.refusal()).toBe('unknown-contract')
    await office.fill({ contractId: futaba.contractId })
    await office.press('お客さまを確認する')
    expect(await office.value('name')).toBe('デモ　フタバ')
    const { appliedOn = '' } = paperOf(clock)
    await office.fill({ appliedOn, shape: '1', fee: 'taken' })
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

    const boss = new OfficeSite(await stage.visitor(), stage.program)
    await boss.logInAs('supervisor')

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
    expect(await office.errorAt('serial')).toContain('「それ以外」を選んでください')
    await office.fill({ condition: 'opened' })
    await office.press('受け付ける')
    expect(await office.text()).toContain('廃棄待ちにしました')

    // 廃棄, by two people, with a broken one on stock; all of the list, or nothing.
    await office.fill({ [`pick-${SERIAL}`]: 'yes', serials: `${BROKEN} ${SENT}` })
    await office.fill({ reason: '月次の廃棄' })
    await office.press('廃棄を起案する')
    expect(await office.refusal()).toBe('wrong-state')
    await office.fill({ serials: BROKEN })
    await office.press('廃棄を起案する')
    expect(await office.value('state')).toBe('waiting')
    await boss.approve(office.path)
    expect(await boss.value('receiptNo')).toMatch(/^\d+$/)
    for (const serial of [BROKEN, SERIAL]) {
      await office.open(`/hardware/${serial}`)
      expect(await office.value('tokenState')).toBe('destroyed')
    }
    expect(await office.text()).toContain('利用開始')
  })

  it('is waived and withdrawn; its assignment is undone, by oneself and by a colleague', async () => {
    const { clock } = stage.program
    const office = new OfficeSite(await stage.visitor(), stage.program)
    await office.logInAs('clerk')
    const { appliedOn = '' } = paperOf(clock)

    // 手数料の免除, with its reason; 取下げ.
    await office.open(`/hardware/applications/new?contractId=${hajime.contractId}`)
    await office.fill({ appliedOn, shape: 'any', fee: 'waived', sealChecked: 'yes' })
    await office.press('記録する')
    expect(await office.errorAt('waiver')).toContain('免除の理由')
    await office.fill({ waiver: '初期不良のため' })
    await office.press('記録する')
    expect([await office.value('fee'), await office.value('waiver')]).toEqual([
      '免除',
      '初期不良のため',
    ])
    await office.press('申込を取り下げる')
    expect(await office.value('applicationState')).toBe('withdrawn')
    await office.follow('申込・割当')
    expect(await office.text()).toContain('手続きが済んでいない申込はありません。')

    // 割当の取消: the token is on stock again.
    const application = await record(office, hajime, clock)
    await office.open(application)
    const serial = await office.typed('serial')
    await office.press('シリアルを割り当てる')
    await office.press('割当を取り消す')
    expect(await office.value('applicationState')).toBe('received')
    expect(await office.typed('serial')).toBe(serial)

    // While the clerk types the parcel's number, a colleague takes the assignment back.
    await office.press('シリアルを割り当てる')
    await office.follow('発送リストへ')
    const field = await office.page.locator('input[name^="parcelNo-"]').getAttribute('name')
    await office.press('発送済みにする')
    expect(await office.text()).toContain('番号が入力されていません。')
    await office.send(`${application}/undo`)
    await office.fill({ [field ?? '']: '52345678901' })
    await office.press('発送済みにする')
    expect(await office.refusal()).toBe('wrong-state')
    expect(await office.text()).toContain('発送していない申込があります')
    await office.open(`/hardware/${serial}`)
    expect(await office.value('tokenState')).toBe('stocked')
  })

  it('is lost, sent again, comes back undelivered, and arrives in the end', async () => {
    const { clock } = stage.program
    const office = new OfficeSite(await stage.visitor(), stage.program)
    await office.logInAs('clerk')
    const application = await record(office, mitsuo, clock)
    await office.open(application)
    const lost = hardwareToken(await office.typed('serial'), clock)

    // 不着・紛失: whoever has the token can start nothing; 再送, with another one.
    await office.send(`${application}/assign`, { serial: lost.serial })
    await dispatch(office, application, '52345678901')
    await office.open(application)
    await office.press('不着・紛失として止める')
    expect(await office.value('applicationState')).toBe('missing')
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.startOtp(mitsuo, lost, 'not-required')
    expect(await bank.refusal()).toBe('token-suspended')
    await office.press('再送を手配する')
    expect(await office.value('applicationState')).toBe('received')
    const undelivered = hardwareToken(await office.typed('serial'), clock)
    expect(undelivered.serial).not.toBe(lost.serial)

    // 返却 of a parcel that nobody took: the token is on stock, and the customer waits again.
    await office.send(`${application}/assign`, { serial: undelivered.serial })
    await dispatch(office, application, '62345678901')
    await office.reload()
    await office.follow('戻ってきた郵便物を受け付ける')
    expect(await office.typed('serial')).toBe(undelivered.serial)
    await office.fill({ condition: 'unopened' })
    await office.press('受け付ける')
    expect(await office.text()).toContain('在庫に戻しました。')
    await office.follow(undelivered.serial)
    expect(await office.value('tokenState')).toBe('stocked')

    // 発送, twice at once; the customer starts what came in the end.
    const other = await record(office, itsuki, clock)
    await office.send(`${application}/assign`, { serial: undelivered.serial })
    await office.send(`${other}/assign`, { serial: '3K2204510AA3' })
    await office.open('/hardware/dispatch')
    const numberOf = (path: string) => `parcelNo-${path.split('/').at(-1)}`
    await office.fill({ [numberOf(application)]: '72345678901', [numberOf(other)]: '72345678901' })
    await office.press('発送済みにする')
    expect(await office.refusal()).toBe('invalid-input')
    expect(await office.text()).toContain('1件を発送済みにしました')
    await office.fill({ [numberOf(other)]: '82345678901' })
    await office.press('発送済みにする')
    await office.follow('今日発送した一覧')
    expect(await office.text()).toMatch(/723-45-67890-1.*823-45-67890-1/s)
    // On paper it is the list alone, with room for both to sign.
    await office.page.emulateMedia({ media: 'print' })
    expect(await office.page.locator('.print-only').isVisible()).toBe(true)
    const pressed = office.page.locator('.sections, .site-nav, .button, button, input')
    expect(await pressed.filter({ visible: true }).allInnerTexts()).toEqual([])
    await office.page.emulateMedia({ media: null })
    await bank.startOtp(mitsuo, undelivered, 'not-required')
    expect(await bank.value('serial')).toBe(undelivered.serial)
    await office.open(application)
    expect(await office.text()).toContain('利用開始済み')

    // Of each step the customer was told.
    await office.page.goto(new URL('/mailbox', office.page.url()).href)
    const told = await office.text()
    for (const act of ['不着', '再送', '返送', '発送']) {
      expect(told).toContain(`ハードウェアトークンの${act}`)
    }
  })
})
