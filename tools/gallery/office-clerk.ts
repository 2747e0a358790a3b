/** What a clerk does on a day, each thing as far as a supervisor has to decide. */
import { addDays, dayOf } from '../../src/bank/calendar.ts'
import { customerOf } from '../demo-customer.ts'
import type { Desk } from './desk.ts'

const REASON = '窓口にて運転免許証で本人確認済み'
/** The demonstration's token that is on its way, and the oldest one on its shelf. */
const SHIPPED = '2V0716016FK2'
const SHELVED = '2V0716016FK3'
const PARCEL = '123-45-67890-1'

/** One who lost the phone, one whose card is to be replaced. */
export async function visitAsClerk(desk: Desk): Promise<void> {
  await desk.shootAll('/customers', '/customers/10000000007', '/customers/10000000006')
  await desk.open('/customers')
  await desk.fill({ q: 'デモ' })
  await desk.press('main form button[type=submit]')
  await desk.shoot('customers_found')
  await desk.open('/customers?q=99999999999')
  await desk.shoot('customers_none')
  await desk.shootAll('/customers/10000000007/loss')
  await desk.submit()
  await desk.shoot('loss_invalid-input')
  for (const box of await desk.page.locator('[name^=confirmed]').all()) {
    await box.check({ force: true })
  }
  await desk.submit()
  await desk.shoot('loss-reported')
  await desk.shootAll('/customers/10000000007/prepare/reissue')
  await desk.submit()
  await desk.shoot('prepare_invalid-input')
  await desk.fill({ cause: 'lost' })
  await desk.propose(REASON)
  await desk.shoot('proposal_own')
  await desk.open('/customers/10000000002/prepare/card-reissue')
  await desk.propose(REASON)
  await desk.open('/customers/10000000007')
  await desk.shoot('customer_suspended')
  await desk.shootAll('/inbox', '/letters', '/password', '/roles', '/staff', '/nowhere')
}

/** From the paper to the parcel, and the pages beside it. */
export async function visitHardware(desk: Desk): Promise<void> {
  await desk.shootAll('/hardware', '/hardware/applications', '/hardware/applications/new')
  await desk.open('/hardware')
  await desk.fill({ serial: 'ABCD9999' })
  await desk.press('main form button[type=submit]')
  await desk.shoot('hardware_serial-unknown')
  await visitImport(desk)
  await desk.shootAll('/hardware/applications/new?contractId=10000000002')
  await desk.fill({ appliedOn: dayOf(desk.bank.now()), shape: '1', fee: 'taken' })
  await desk.submit()
  await desk.shoot('hardware-paper_invalid-input')
  await desk.fill({ sealChecked: 'yes' })
  await desk.submit()
  await desk.shoot('hardware-application')
  await desk.pressButton('シリアルを割り当てる')
  await desk.shoot('hardware-application_assigned')
  await desk.shootAll('/hardware/dispatch', '/hardware/applications')
  await desk.open('/hardware/dispatch')
  const parcel = desk.page.locator('input[name^="parcelNo-"]')
  await parcel.fill('123')
  await desk.pressButton('発送済みにする')
  await desk.shoot('hardware-dispatch_invalid-input')
  await parcel.fill(PARCEL)
  await desk.pressButton('発送済みにする')
  await desk.shoot('hardware-dispatch_done')
  await desk.shootAll('/hardware/dispatched', '/customers/10000000002', `/hardware/${SHELVED}`)
  await desk.shootAll('/hardware/battery', '/hardware/battery?months=60', '/hardware/terms')
  await startHardwareToken(desk)
  await desk.open('/hardware/battery?months=60')
  await desk.shoot('hardware-battery_some')
  await desk.follow('交換キャンペーンを準備する')
  await desk.shoot('hardware-battery-campaign')
  await desk.open(`/hardware/returns?serial=${SHIPPED}`)
  await desk.fill({ condition: 'opened' })
  await desk.pressButton('受け付ける')
  await desk.shoot('hardware-returns_done')
  await desk.fill({ [`pick-${SHIPPED}`]: 'yes' })
  await desk.propose('月次の廃棄')
  await desk.shoot('proposal_destroy')
}

/** The customer has received it; only what is in use has a battery that ends. */
async function startHardwareToken({ bank, page }: Desk): Promise<void> {
  const customer = customerOf(bank, await page.context().newPage(), '10000000002')
  await customer.open('/otp/start')
  await customer.giveCredentials()
  await customer.fill({ serial: SHELVED, otp: bank.shelvedCodeOf(SHELVED) })
  await customer.confirm()
  await customer.submit()
  await customer.page.close()
}

async function visitImport(desk: Desk): Promise<void> {
  await desk.shootAll('/hardware/import')
  const send = async (rows: string, name: string) => {
    await desk.fill({ format: 'csv', shape: '1' })
    const file = { name: 'tokens.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) }
    await desk.page.locator('[name=file]').setInputFiles(file)
    await desk.submit()
    await desk.shoot(name)
  }
  await send('2V0716016FZ9,not-a-seed\n', 'hardware-import_invalid-input')
  const seed = Buffer.alloc(20, 7).toString('hex')
  await send(`2V0716016FZ9,${seed},totp,6,30\n`, 'hardware-import_done')
}

/** 種類の終了, お知らせ and 文面: written, shown as customers will see them, prepared. */
export async function visitMessages(desk: Desk): Promise<void> {
  const today = dayOf(desk.bank.now())
  await desk.shootAll('/campaigns', '/campaigns/SY', '/campaigns/SY/customers')
  await desk.shootAll('/campaigns/SY/plan')
  await desk.fill({ lastDay: addDays(today, 30), reminder1: '' })
  await desk.submit()
  await desk.shoot('campaigns-SY-plan_invalid-input')
  await desk.fill({ reminder1: today })
  await desk.submit()
  await desk.shoot('campaigns-SY-plan_review')
  await desk.propose('業務会議で決定')
  await desk.shoot('proposal_type-close')

  await desk.shootAll('/announcements', '/announcements/write')
  await desk.fill({
    heading: '年末年始の休業',
    text: '12月31日から休業します。\nご了承ください。',
    publishedOn: today,
    headingEn: 'Closed at the turn of the year',
    textEn: 'We are closed from 31 December.',
  })
  await desk.submit()
  await desk.shoot('announcements-preview')
  await desk.propose('業務会議で決定')
  await desk.shoot('proposal_announcement')

  await desk.shootAll('/announcements/template', '/announcements/template/write')
  await desk.fill({ greeting: '{金庫名}です。詳しくは https://bank.example へ。' })
  await desk.submit()
  await desk.shoot('announcements-template_has-link')
  await desk.fill({ greeting: '{金庫名}からのお知らせです。' })
  await desk.submit()
  await desk.shoot('announcements-template-preview')
  await desk.shootAll('/figures')
}
