/** Types of token, announcements, notices and figures: from the clerk's proposal to the customer. */
import fs from 'node:fs'
import { expect, it } from 'vitest'
import { addDays, dayOf } from '../../src/bank/calendar.ts'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { authenticator, makeDesktopToken } from './codes.ts'
import { itsuki, yoshiko } from './customers.ts'
import { OfficeSite } from './office.ts'
import { deskJourneys } from './stage.ts'
import { SLOW_MS } from './visitor.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const REASON = '業務会議で決定'

deskJourneys('campaigns in the back office', (stage) => {
  /** The staff member in a browser of the own, signed in. */
  const signedIn = async (staffId: 'clerk' | 'supervisor' | 'auditor') => {
    const office = new OfficeSite(await stage.visitor(), stage.program)
    await office.logInAs(staffId)
    return office
  }
  /** Prepares what the page before it reviewed. Returns where it waits. */
  const prepare = async (office: OfficeSite) => {
    await office.fill({ reason: REASON })
    await office.press('起案する')
    expect(await office.value('state')).toBe('waiting')
    return office.path
  }
  /** The background work takes its time, and pages show it when they are opened anew. */
  const becomes = (office: OfficeSite, path: string, field: string, value: string) =>
    expect
      .poll(
        async () => {
          await office.page.goto(office.urlOf(path))
          return office.value(field)
        },
        { timeout: SLOW_MS, interval: 500 },
      )
      .toBe(value)

  /** The plan for a type, up to its dry run. */
  const tryOut = async (office: OfficeSite, type: string, lastDay: string) => {
    await office.open(`/campaigns/${type}`)
    await office.follow('受付終了・最後の日を決める')
    await office.fill({ lastDay, reminder1: dayOf(stage.program.clock.now()) })
    await office.press('試算する')
    expect(await office.text()).toContain('まだ何も変わっていません')
    expect(await office.value('customers')).toBe('1')
  }

  it('tells customers in the words of the bank, previewed and approved', async () => {
    const { program } = stage
    const clerk = await signedIn('clerk')
    const supervisor = await signedIn('supervisor')
    const today = dayOf(program.clock.now())

    // 取引通知メールの文面: no link, ever.
    await clerk.open('/announcements/template')
    await clerk.follow('文面を変える')
    await clerk.fill({ greeting: '{金庫名}です。詳しくは https://bank.example へ。' })
    await clerk.press('表示を確かめる')
    expect(await clerk.refusal()).toBe('has-link')
    await clerk.fill({ greeting: '{金庫名}からのお知らせです。' })
    await clerk.press('表示を確かめる')
    expect(await clerk.value('body')).toContain('白河信用金庫（デモ）からのお知らせです。')
    await supervisor.approve(await prepare(clerk))

    // 重要なお知らせ, as the customer will see it.
    await clerk.open('/announcements')
    await clerk.follow('お知らせを書く')
    await clerk.fill({
      heading: '年末年始の休業',
      text: '12月31日から休業します。\nご了承ください。',
    })
    await clerk.fill({ publishedOn: today, headingEn: 'Year end', textEn: 'We are closed.' })
    await clerk.press('表示を確かめる')
    expect(await clerk.text()).toContain('We are closed.')
    const announcement = await prepare(clerk)
    await supervisor.open(announcement)
    expect(await supervisor.text()).toContain('ご了承ください。')
    await supervisor.press('承認して実行する')

    // The customer reads it.
    const bank = new BankSite(await stage.visitor(), program)
    await expect
      .poll(
        async () => {
          await bank.page.goto(bank.urlOf('/login'))
          return bank.text()
        },
        { timeout: SLOW_MS, interval: 500 },
      )
      .toContain('年末年始の休業')

    // お知らせの取下げ.
    await clerk.open('/announcements')
    await clerk.follow('年末年始の休業')
    await clerk.follow('取り下げる')
    await supervisor.approve(await prepare(clerk))
  })

  it('closes types, reminds, ends tokens, shows the figures, and proves what was decided', async () => {
    const { program } = stage
    const { clock } = program
    const clerk = await signedIn('clerk')
    const supervisor = await signedIn('supervisor')
    const today = dayOf(program.clock.now())

    // 種類の受付終了: one with a month's time, of which no reminder would tell at first.
    const lastDay = addDays(today, 30)
    await tryOut(clerk, 'SY', lastDay)
    await clerk.press('日付を直す')
    expect(await clerk.typed('lastDay')).toBe(lastDay)
    await clerk.fill({ reminder1: '' })
    await clerk.press('試算する')
    expect(await clerk.refusal()).toBe('invalid-input')
    await clerk.fill({ reminder1: today })
    await clerk.press('試算する')
    await supervisor.approve(await prepare(clerk))
    // And one that ends tomorrow.
    await tryOut(clerk, 'PC', addDays(today, 1))
    await supervisor.approve(await prepare(clerk))
    const decided = await supervisor.value('receiptNo')
    await becomes(supervisor, '/campaigns/SY', 'queued1', '1')
    await becomes(supervisor, '/campaigns/PC', 'queued1', '1')
    await supervisor.visitor.see()
    const mailbox = new URL('/mailbox', supervisor.page.url()).href
    await supervisor.page.goto(mailbox)
    expect(await supervisor.text()).toContain('利用終了のお知らせ（交換のお願い）')

    // 対象のお客さま: on the page and as a file, while she still is one.
    await supervisor.open('/campaigns/SY')
    await supervisor.follow('対象のお客さまの一覧')
    expect(await supervisor.text()).toContain(yoshiko.contractId)
    const listing = supervisor.page.waitForEvent('download')
    await supervisor.page.getByRole('button', { name: 'CSVファイルに保存する' }).click()
    const list = fs.readFileSync(await (await listing).path(), 'utf8')
    expect(list.trim().split('\r\n')).toHaveLength(2)
    expect(list).toContain(`${yoshiko.contractId},デモ　ヨシコ,SY20160412,利用中,`)
    await supervisor.follow('この種類の画面へ')
    expect(await supervisor.value('using')).toBe('1')

    // A customer exchanges the token in time.
    const bank = new BankSite(await stage.visitor(), program)
    const successor = await makeDesktopToken(program)
    await bank.beginAtFoot('交換', yoshiko)
    await bank.fill({ otp: await authenticator(yoshiko.contractId, clock).freshCode() })
    await bank.press('次へ')
    await bank.fill({ serial: successor.serial, otp: await successor.freshCode() })
    await bank.press('登録する')
    expect(await bank.value('newSerial')).toBe(successor.serial)
    await supervisor.reload()
    expect([await supervisor.value('using'), await supervisor.value('exchanged')]).toEqual([
      '0',
      '1',
    ])

    // 種類の受付再開.
    await clerk.open('/campaigns/SY')
    await clerk.follow('受付を再開する')
    await supervisor.approve(await prepare(clerk))
    await supervisor.open('/campaigns')
    await supervisor.follow('SY')
    expect(await supervisor.value('registration')).toBe('受付中')

    // 集計, with what has just been done; and as a file.
    await becomes(supervisor, '/figures?period=today', 'exchange', '1')
    await supervisor.visitor.see()
    await supervisor.follow('30日間')
    const downloading = supervisor.page.waitForEvent('download')
    await supervisor.page.getByRole('button', { name: '集計をCSVファイルに保存する' }).click()
    const file = fs.readFileSync(await (await downloading).path(), 'utf8')
    expect(file).toContain(`記録,${today},otp-exchange,done,customer,1`)

    // After the last day the token is dead, and the customer is told.
    clock.moveBy(2 * DAY_MS)
    const late = authenticator(itsuki.contractId, clock)
    await expect
      .poll(async () => verifyByApi(program, itsuki, await late.freshCode()), {
        timeout: SLOW_MS,
        interval: 1_000,
      })
      .toBe('no-token')
    await supervisor.page.goto(mailbox)
    expect(await supervisor.text()).toContain('ワンタイムパスワードの利用終了のお知らせ')
    await supervisor.logInAs('supervisor')
    await supervisor.open('/campaigns/PC')
    await supervisor.visitor.see()
    expect(await supervisor.text()).toContain('終了')

    // 証跡 and 記録の出力 for whoever audits.
    const auditor = await signedIn('auditor')
    await auditor.follow('証跡')
    await auditor.fill({ receiptNo: '1' })
    await auditor.press('証明を作る')
    expect(await auditor.refusal()).toBe('invalid-input')
    await auditor.fill({ receiptNo: decided })
    await auditor.press('証明を作る')
    expect(await auditor.value('events')).toBe('1')
    await auditor.follow('集計')
    await auditor.follow('記録の出力')
    await auditor.fill({ from: today, to: today, format: 'jsonl' })
    const coming = auditor.page.waitForEvent('download')
    await auditor.page.getByRole('button', { name: '出力する' }).click()
    const events = fs.readFileSync(await (await coming).path(), 'utf8')
    expect(events).toContain('"kind":"type-close"')
    expect(events).toContain('"kind":"type-reminder"')
  })
})
