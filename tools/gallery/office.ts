/**
 * The back office as its staff find it: in Japanese and light, which is all it has. One after the
 * other: what the clerk has prepared is what the supervisor decides, and so on.
 */
import type { DemoBank } from '../demo-bank.ts'
import { Desk, type StaffId } from './desk.ts'
import { visitAsClerk, visitHardware, visitMessages } from './office-clerk.ts'
import type { Walk } from './walk.ts'

type Round = (desk: Desk) => Promise<void>

const ROUNDS: readonly (readonly [staffId: StaffId | undefined, round: Round])[] = [
  [undefined, visitLogin],
  ['clerk', visitAsClerk],
  ['clerk', visitHardware],
  ['clerk', visitMessages],
  ['supervisor', visitAsSupervisor],
  ['administrator', visitAsAdministrator],
  ['supervisor', approveWhatWaits],
  ['administrator', visitFirstLogin],
  ['clerk', visitWhatWasDecided],
  ['auditor', visitAsAuditor],
]

export async function visitOffice(bank: DemoBank, walk: Walk): Promise<void> {
  for (const [staffId, round] of ROUNDS) {
    await walk(`office, ${round.name}`, async () => {
      const context = await bank.browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
      try {
        const desk = new Desk(bank, await context.newPage())
        if (staffId !== undefined) await desk.logInAs(staffId)
        await round(desk)
      } finally {
        await context.close()
      }
    })
  }
}

async function visitLogin(desk: Desk): Promise<void> {
  await desk.shootAll('/login', '/login?notice=ended', '/login?notice=logged-out')
  await desk.stumbleIn('clerk')
  await desk.fill({ otp: '000000' })
  await desk.submit()
  await desk.shoot('login-code_wrong-code')
}

async function visitAsSupervisor(desk: Desk): Promise<void> {
  await desk.shootAll('/inbox')
  await desk.press('main td a')
  await desk.shoot('proposal_to-decide')
  await desk.pressButton('差し戻す')
  await desk.shoot('proposal_invalid-input')
  await desk.fill({ note: '届出印を確かめてください' })
  await desk.pressButton('差し戻す')
  await desk.shoot('proposal_returned')
  await desk.open('/inbox')
  await desk.press('main td a')
  await desk.submit()
  await desk.shoot('proposal_approved')
  await approveWhatWaits(desk)
  await desk.shootAll('/inbox/settled', '/figures?period=today', '/events')
}

async function approveWhatWaits(desk: Desk): Promise<void> {
  await desk.open('/inbox')
  while ((await desk.page.locator('main td a').count()) > 0) {
    await desk.press('main td a')
    await desk.submit()
    await desk.open('/inbox')
  }
}

/** Appoints somebody, prints a letter, renews a colleague. */
async function visitAsAdministrator(desk: Desk): Promise<void> {
  await desk.shootAll('/staff', '/staff/clerk', '/staff/administrator', '/identity-questions')
  await desk.shootAll('/letters')
  await desk.pressButton('印刷する（一度だけ）')
  await desk.shoot('letter')
  await desk.shootAll('/staff/appoint')
  await desk.fill({ staffId: 'teller', name: '窓口　担当', role: 'clerk' })
  await desk.submit()
  await desk.shoot('staff-appoint_invalid-input')
  await desk.propose('4月の異動')
  await desk.shoot('proposal_staff')
}

/** Who was appointed gets a first password, and comes in for the first time. */
async function visitFirstLogin(desk: Desk): Promise<void> {
  await desk.shootAll('/staff/teller')
  await desk.submit()
  await desk.shoot('staff-first-password')
  const password = await desk.page.locator('[data-field=password]').innerText()
  await desk.page.context().clearCookies()
  await desk.open('/login')
  await desk.fill({ staffId: 'teller', password })
  await desk.submit()
  await desk.shoot('login-code_first')
  const uri = await desk.page.locator('a[href^="otpauth:"]').getAttribute('href')
  await desk.fill({ otp: desk.bank.scannedCode(uri ?? '') })
  await desk.submit()
  await desk.shoot('password_first')
  await desk.fill({ currentPassword: password, newPassword: 'x' })
  await desk.submit()
  await desk.shoot('password_invalid-input')
  await desk.fill({ currentPassword: password, newPassword: 'Madoguchi-no-himitsu-1' })
  await desk.submit()
  await desk.shoot('password-done')
}

async function visitWhatWasDecided(desk: Desk): Promise<void> {
  await desk.shootAll('/campaigns', '/campaigns/SY', '/campaigns/SY/reopen', '/announcements')
  await desk.press('main td a')
  await desk.shoot('announcement')
  await desk.follow('取り下げる')
  await desk.shoot('announcement-take-down')
  await desk.open('/customers/10000000007')
  await desk.shoot('customer_reissued')
  await desk.shootAll('/hardware/returns', '/letters')
  await desk.page.goto(new URL('/mailbox', desk.page.url()).href)
  await desk.shoot('mailbox')
}

async function visitAsAuditor(desk: Desk): Promise<void> {
  await desk.open('/inbox/settled')
  await desk.press('main td a')
  await desk.shoot('proposal_settled')
  const receiptNo = await desk.page.locator('[data-field=receiptNo]').first().innerText()
  await desk.shootAll('/evidence')
  await desk.fill({ receiptNo: '1' })
  await desk.submit()
  await desk.shoot('evidence-receipt_invalid-input')
  await desk.fill({ receiptNo })
  await desk.submit()
  await desk.shoot('evidence-receipt')
  await desk.shootAll('/events?from=2', '/hardware', '/staff')
}
