/** What answers the phone: a lost phone from the first key to a new token, and all that unlocks. */
import { expect, it } from 'vitest'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { authenticator, makeDesktopToken } from './codes.ts'
import {
  type Customer,
  futaba,
  hajime,
  itsuki,
  mitsuo,
  mutsumi,
  nanae,
  yoshiko,
} from './customers.ts'
import { type OfficeSite, staffAt } from './office.ts'
import { deskJourneys, type Stage } from './stage.ts'

const REASON = '窓口にて運転免許証で本人確認済み'

deskJourneys('the customer who phones', (stage) => {
  it('a lost phone: one page, one confirmation; then reissued, started anew, limit lifted', async () => {
    const { program } = stage
    const phone = authenticator(nanae.contractId, program.clock)
    const clerk = await staffAt(stage, 'clerk')
    const supervisor = await staffAt(stage, 'supervisor')
    const thief = await newBank(stage)
    await thief.logIn(nanae, phone)
    await thief.reviewTransfer(nanae, hajime, '1000')

    // The caller says a name; the first page that comes is the report itself.
    await clerk.open('/customers')
    await clerk.fill({ q: 'でも ななえ' })
    await clerk.press('紛失届を受け付ける')
    expect(clerk.path).toBe(`/customers/${nanae.contractId}/loss`)
    await clerk.fill({ confirmed1: '', confirmed4: '', confirmed5: '' })
    await clerk.fill({ scope: 'token', memo: '電車の中で落とした' })
    await clerk.press('ただちに停止する')
    expect(await clerk.value('serial')).toBe(phone.serial)
    expect(await clerk.value('receiptNo')).toMatch(/^\d+$/)

    await thief.fill({ otp: await phone.freshCode() })
    await thief.press('振り込む')
    expect(thief.path).toBe('/login')
    await thief.logIn(nanae)
    await thief.fill({ otp: await phone.freshCode() })
    await thief.press('ログイン')
    expect(await thief.refusal()).toBe('token-suspended')
    expect(await verifyByApi(program, nanae, await phone.freshCode())).toBe('token-suspended')

    await clerk.follow('お客さまの画面へ')
    expect(await clerk.states()).toEqual(['token-suspended'])
    await clerk.follow('再発行する')
    await clerk.fill({ cause: 'lost', reason: REASON })
    await clerk.press('起案する')
    await approveAs(supervisor, clerk)
    expect(await verifyByApi(program, nanae, await phone.freshCode())).toBe('no-token')

    const customer = await newBank(stage)
    const token = await makeDesktopToken(program)
    await customer.startOtp(nanae, token, 'not-required')
    expect(await customer.value('serial')).toBe(token.serial)
    await clerk.prepare(nanae, '低い限度額を解除する', { reason: REASON })
    await approveAs(supervisor, clerk)
    await customer.logIn(nanae)
    await customer.reviewTransfer(nanae, hajime, '500000')
    await customer.fill({ otp: await token.freshCode() })
    await customer.press('振り込む')
    expect(await customer.value('status')).toBe('executed')
  })

  it('a token found again: stopped with the service, wherever he is; then both go on', async () => {
    const { program } = stage
    const clerk = await staffAt(stage, 'clerk')
    const supervisor = await staffAt(stage, 'supervisor')
    const exact = authenticator(yoshiko.contractId, program.clock)
    const bank = await newBank(stage)
    await bank.arrive(yoshiko)
    await bank.open('/settings')
    await clerk.open(`/customers/${yoshiko.contractId}`)
    await clerk.follow('紛失届を受け付ける')
    await clerk.fill({ scope: 'both' })
    await clerk.press('ただちに停止する')
    expect(await clerk.refusal()).toBe('invalid-input')
    await clerk.fill({ confirmed1: '', confirmed2: '', confirmed3: '' })
    await clerk.press('ただちに停止する')
    expect(await verifyByApi(program, yoshiko, await exact.freshCode())).toBe('frozen')
    await bank.follow('振込')
    expect(bank.path).toBe('/login')
    await bank.logIn(yoshiko)
    expect(await bank.refusal()).toBe('frozen')
    for (const act of ['取引中止を解除する', '利用停止を解除する']) {
      await clerk.prepare(yoshiko, act, { reason: REASON })
      await approveAs(supervisor, clerk)
    }
    expect(await verifyByApi(program, yoshiko, await exact.freshCode())).toBe('accepted')
  })

  it('a new card and a new password go out by letter, which a third person prints', async () => {
    const clerk = await staffAt(stage, 'clerk')
    const supervisor = await staffAt(stage, 'supervisor')
    for (const [customer, act] of [
      [futaba, '確認方法を再発行する'],
      [mitsuo, '確認方法を再発行する'],
      [itsuki, 'ログインパスワードを再発行する'],
    ] as const) {
      await clerk.prepare(customer, act, { reason: REASON })
      await approveAs(supervisor, clerk)
    }
    await clerk.open('/letters')
    expect(await clerk.text()).toContain('関与したため印刷できません')
    const administrator = await staffAt(stage, 'administrator')
    for (const customer of [futaba, mitsuo]) {
      const cells = await printed(administrator, () => cardOn(administrator))
      await sendsWithCard({ ...customer, cells }, stage)
    }
    const enrolmentPassword = await printed(administrator, () =>
      administrator.value('enrolmentPassword'),
    )
    await enrolsAgain(itsuki, enrolmentPassword, stage)
    await administrator.open('/identity-questions')
    await administrator.fill({ least: '2' })
    await administrator.press('保存する')
    expect(await administrator.text()).toContain('保存しました')
    await clerk.open(`/customers/${yoshiko.contractId}/loss`)
    expect(await clerk.text()).toContain('2つ以上')
  })
})

const newBank = async (stage: Stage) => new BankSite(await stage.visitor(), stage.program)

/** What the clerk has just prepared is approved. */
async function approveAs(supervisor: OfficeSite, clerk: OfficeSite): Promise<void> {
  await supervisor.approve(clerk.path)
  expect(await supervisor.value('receiptNo')).toMatch(/^\d+$/)
}

/** Prints the letter that has waited longest, and reads it. */
async function printed<T>(office: OfficeSite, read: () => Promise<T>): Promise<T> {
  await office.open('/letters')
  const arrived = office.page.waitForEvent('load')
  await office.page.getByRole('button', { name: '印刷する（一度だけ）' }).first().click()
  await arrived
  await office.visitor.see()
  const content = await read()
  const sheet = (await office.page.pdf()).toString('latin1')
  expect(sheet.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  return content
}

/** The digits of the card, or the names of its pictures, position 1 first. */
const cardOn = ({ page }: OfficeSite): Promise<string[]> =>
  page
    .locator('[data-cell]')
    .evaluateAll((cells) => cells.map((cell) => cell.dataset.value ?? cell.innerText))

async function sendsWithCard(customer: Customer, stage: Stage): Promise<void> {
  const bank = await newBank(stage)
  await bank.arrive(customer)
  await bank.reviewTransfer(customer, mutsumi, '1000')
  await bank.confirmAs(customer)
  await bank.press('振り込む')
  expect(await bank.value('status')).toBe('executed')
}

async function enrolsAgain(customer: Customer, enrolmentPassword: string, stage: Stage) {
  const { contractId } = customer
  const loginPassword = 'Atarashii5'
  const bank = await newBank(stage)
  await bank.logIn(customer)
  expect(await bank.refusal()).toBe('wrong-credentials')
  await bank.follow('利用登録')
  await bank.fill({ contractId, enrolmentPassword })
  await bank.press('次へ')
  const mail = 'itsuki@example.jp'
  await bank.fill({ loginPassword, loginPasswordAgain: loginPassword, mail })
  await bank.press('登録する')
  await bank.logIn({ ...customer, loginPassword })
  expect(bank.path).toBe('/home')
}
