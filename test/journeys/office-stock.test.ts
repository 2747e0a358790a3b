/** 在庫: seed files of every kind, what the bank reckons with, and batteries that come to their end. */
import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { type Lock, pskcFile } from '../../bench/rig/pskc-writer.ts'
import { encodeBase32 } from '../../src/oath/base32.ts'
import { figure } from '../seed-files/reading.ts'
import { BankSite, type Typed } from './bank-site.ts'
import { hardwareToken, scanned } from './codes.ts'
import { futaba, hajime } from './customers.ts'
import { record, sendToken } from './hardware-desk.ts'
import { OfficeSite } from './office.ts'
import { deskJourneys, type Stage } from './stage.ts'
import { SLOW_MS } from './visitor.ts'

const signedIn = async (stage: Stage, staffId: 'clerk' | 'supervisor') => {
  const office = new OfficeSite(await stage.visitor(), stage.program)
  await office.logInAs(staffId)
  return office
}

/** Hands in a file on the page of the import, with what is chosen and typed beside it. */
async function upload(office: OfficeSite, content: string, typed: Typed): Promise<void> {
  await office.fill({ shape: '1', ...typed })
  const buffer = Buffer.from(content)
  const file = { name: 'tokens.txt', mimeType: 'text/plain', buffer }
  await office.page.locator('[name="file"]').setInputFiles(file)
  await office.press('取り込む')
}

const faultsOn = ({ page }: OfficeSite): Promise<string[]> =>
  page
    .locator('tr:has([data-field="fault"])')
    .evaluateAll((rows) => rows.map((row) => row.innerText as string))

deskJourneys('the stock of hardware tokens', (stage) => {
  it('takes seed files of every kind whole, or not at all, and says why', async () => {
    const { clock } = stage.program
    const clerk = await signedIn(stage, 'clerk')
    await clerk.open('/hardware')
    expect(await clerk.value('onShelf1')).toContain('4本')
    await clerk.follow('シードファイルの取込')

    // PSKC under a passphrase (PBKDF2).
    await upload(clerk, figure(7), { format: 'pskc', passphrase: 'qwertz' })
    expect(await clerk.refusal()).toBe('invalid-input')
    expect(await clerk.value('fault')).toBe('wrong-key')
    expect(await clerk.errorAt('passphrase')).toContain('パスフレーズが違うか')
    await upload(clerk, figure(7), { passphrase: 'qwerty' })
    expect(await clerk.value('imported')).toBe('1')

    // PSKC under a key that was handed over.
    const lock: Lock = { cipher: 'aes128-cbc', key: randomBytes(16), macKey: randomBytes(20) }
    const keys = ['PSKC00000001', 'PSKC00000002'].map((serial) => ({
      serial,
      seed: randomBytes(20),
    }))
    await clerk.follow('続けて取り込む')
    await upload(clerk, pskcFile(keys, lock), { format: 'pskc', key: '00'.repeat(16) })
    expect(await clerk.errorAt('key')).toContain('鍵またはパスフレーズが違うか')
    await upload(clerk, pskcFile(keys, lock), { key: Buffer.from(lock.key).toString('hex') })
    expect(await clerk.value('imported')).toBe('2')

    // A table that names its columns, while another tab watches.
    const seed = randomBytes(20)
    const secret = encodeBase32(seed)
    await clerk.follow('続けて取り込む')
    const watching = await clerk.anotherTab()
    const link = clerk.page.getByRole('link', { name: '進み具合を別の画面で見る' })
    await watching.page.goto(
      new URL((await link.getAttribute('href')) ?? '', clerk.page.url()).href,
    )
    expect(await watching.text()).toContain('まだ始まっていません。')
    await upload(
      clerk,
      `upn,serial number,secret key,time interval,manufacturer,model,expiry date
,TABLE0000001,${secret},30,Acme,A-100,2040-12-31
,TABLE0000002,${encodeBase32(randomBytes(20))},30,Acme,A-100,2040-12-31\n`,
      { format: 'csv' },
    )
    expect(await clerk.value('imported')).toBe('2')
    await expect.poll(() => watching.value('progress'), { timeout: SLOW_MS }).toBe('done')
    await watching.visitor.see()
    expect(await watching.text()).toContain('取込が終わりました：2本')

    // A table without names: every line that keeps the file out is told, and nothing comes in.
    const rowOf = (serial: string) => `${serial},${randomBytes(20).toString('hex')}\n`
    await clerk.follow('続けて取り込む')
    const doubled = ['TABLE0000003', 'TABLE0000001', 'TABLE0000003', 'TABLE0000004']
    await upload(clerk, doubled.map(rowOf).join(''), { format: 'csv' })
    expect(await clerk.refusal()).toBe('serial-in-use')
    const [taken, twice, ...more] = (await faultsOn(clerk)).toSorted()
    expect(taken).toMatch(/^2行目.*TABLE0000001は、すでに登録されています/s)
    expect(twice).toMatch(/^3行目.*TABLE0000003は、1行目にもあります/s)
    expect(more).toEqual([])
    await upload(clerk, rowOf('TABLE0000004'), { format: 'csv' })
    expect(await clerk.value('imported')).toBe('1')
    await clerk.follow('在庫を見る')
    expect(await clerk.value('onShelf1')).toContain('10本')
    await clerk.fill({ serial: 'table-0000001' })
    await clerk.press('検索する')
    expect(clerk.path).toBe('/hardware/TABLE0000001')
    expect(await clerk.value('endsOn')).toBe('2040年12月31日')

    // A customer starts what came in.
    await sendToken(clerk, await record(clerk, hajime, clock), 'TABLE0000001', '12345678901')
    const uri = `otpauth://totp/TABLE0000001?secret=${secret}&algorithm=SHA1&digits=6&period=30`
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.startOtp(hajime, scanned(uri, clock), 'not-required')
    expect(await bank.value('serial')).toBe('TABLE0000001')
    await clerk.reload()
    expect(await clerk.value('tokenState')).toBe('active')
  })

  it('asks the fee and replaces the batteries that two people have decided', async () => {
    const { clock } = stage.program
    const token = hardwareToken('2V0716016FK3', clock)
    const successor = hardwareToken('2V0716016FK4', clock)
    const clerk = await signedIn(stage, 'clerk')
    const supervisor = await signedIn(stage, 'supervisor')
    await sendToken(clerk, await record(clerk, futaba, clock), token.serial, '22345678901')
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.startOtp(futaba, token, 'not-required')

    // 手数料と電池の期間: not before the approval, and not by oneself.
    await clerk.open('/hardware/battery')
    await clerk.follow('手数料と電池の期間')
    await clerk.fill({ feeYen: '10001', batteryMonths: '12', reason: '業務会議で決定' })
    await clerk.press('変更を起案する')
    expect(await clerk.errorAt('feeYen')).toContain('0～10,000円')
    await clerk.fill({ feeYen: '550' })
    await clerk.press('変更を起案する')
    expect(await clerk.value('state')).toBe('waiting')
    expect(await clerk.page.getByRole('button', { name: '承認して実行する' }).count()).toBe(0)
    await supervisor.approve(clerk.path)
    await clerk.open('/hardware/terms')
    const terms = [await clerk.value('feeYen'), await clerk.value('batteryMonths')]
    expect(terms).toEqual(['550', '12'])
    await clerk.open(`/hardware/applications/new?contractId=${hajime.contractId}`)
    expect(await clerk.text()).toContain('550円を受け取った')

    // 電池の期限: within twelve months from now it is that of the token that was sent today.
    await clerk.open('/hardware/battery')
    expect(await clerk.value('ageing')).toBe('0')
    await clerk.fill({ months: '12' })
    await clerk.press('表示する')
    expect(await clerk.value('ageing')).toBe('1')

    // 電池交換キャンペーン: first whom it would concern, then by two people.
    await clerk.follow('交換キャンペーンを準備する')
    expect(await clerk.value('count')).toBe('1')
    await clerk.press('この内容で起案する')
    expect(await clerk.errorAt('reason')).toContain('理由')
    await clerk.fill({ reason: '期限の前に' })
    await clerk.press('この内容で起案する')
    await supervisor.approve(clerk.path)
    const campaign = `/hardware/battery/campaigns/${await supervisor.value('receiptNo')}`
    await supervisor.open(campaign)
    const stageOf = async (stage: string) => {
      await supervisor.page.goto(supervisor.urlOf(campaign))
      return supervisor.value(stage)
    }
    const becomes = (stage: string) =>
      expect.poll(() => stageOf(stage), { timeout: SLOW_MS, interval: 1_000 }).toBe('1')
    await becomes('recorded')

    // The application that it made, the parcel, and the exchange; the old token goes on until then.
    await clerk.open('/hardware/applications')
    await clerk.follow(await clerk.page.locator('td a').first().innerText())
    expect(await clerk.value('purpose')).toContain('電池切れに伴う交換')
    expect(await clerk.value('replaces')).toBe(token.serial)
    expect(await clerk.value('fee')).toBe('免除')
    await sendToken(clerk, clerk.path, successor.serial, '32345678901')
    await becomes('shipped')
    await bank.beginAtFoot('交換', futaba)
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('次へ')
    await bank.fill({ serial: successor.serial, otp: await successor.freshCode() })
    await bank.press('登録する')
    expect(await bank.value('newSerial')).toBe(successor.serial)
    await becomes('exchanged')
    expect(await supervisor.value('tokenStage')).toBe('exchanged')
    await supervisor.visitor.see()
  })
})
