/** A customer who reads English and likes dark pages: every procedure from first page to last. */
import { expect, it } from 'vitest'
import { BankSite, type Typed, withinBank } from './bank-site.ts'
import { authenticator, makeDesktopToken } from './codes.ts'
import { enrolmentPassword, futaba, hajime, itsuki, nanae, yayoi } from './customers.ts'
import { deskJourneys, type Stage } from './stage.ts'

const DAY_MS = 24 * 60 * 60_000
const SLIP: Typed = { billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' }

/** Names of people, banks and what stands on paper are as they are; all else is in English. */
const NAMES = /\([^()]*\)|デモ.*|白河.*|本店.*|水道料金.*/g
const JAPANESE = /[ぁ-んァ-ヶ一-龠]/

class EnglishBank extends BankSite {
  /** Chooses language and colours as a customer does, once. */
  async choose(): Promise<void> {
    await this.open('/login')
    await this.follow('English')
    await this.follow('Dark')
    const html = this.page.locator('html')
    expect(await html.getAttribute('lang')).toBe('en')
    expect(await html.getAttribute('data-theme')).toBe('dark')
  }

  /** Fills in the form of the page and sends it by its one button, whatever that is called. */
  async send(typed: Typed): Promise<void> {
    await this.fill(typed)
    await this.goOn(() => this.page.locator('main form.form button[type="submit"]').click())
    await this.expectEnglish()
  }

  async expectEnglish(): Promise<void> {
    const shown = await this.page.locator('main, header').allInnerTexts()
    const left = shown.join('\n').replaceAll(NAMES, '')
    expect(JAPANESE.exec(left)?.input ?? '', this.path).toBe('')
  }
}

async function english(stage: Stage): Promise<EnglishBank> {
  const bank = new EnglishBank(await stage.visitor(), stage.program)
  await bank.choose()
  return bank
}

const credentials = ({ contractId, loginPassword }: typeof hajime): Typed => ({
  contractId,
  loginPassword,
})

deskJourneys('in English and dark', (stage) => {
  it('enrolment, start with a customer card, exchange, stop', async () => {
    const bank = await english(stage)
    await bank.open('/enrol')
    await bank.send({ contractId: yayoi.contractId, enrolmentPassword })
    const { loginPassword } = yayoi
    await bank.send({ loginPassword, loginPasswordAgain: loginPassword, mail: 'yayoi@example.jp' })
    expect(bank.path).toBe('/enrol/done')

    const first = await makeDesktopToken(stage.program)
    await bank.open('/otp/start')
    await bank.send(credentials(futaba))
    await bank.confirmAs(futaba)
    const { serial } = first
    await bank.send({ serial, otp: await first.freshCode(), otpAtLogin: 'required' })
    expect(bank.path).toBe('/otp/start/done')

    const second = await makeDesktopToken(stage.program)
    await bank.open('/otp/exchange')
    await bank.send(credentials(futaba))
    await bank.send({ otp: await first.freshCode() })
    await bank.send({ serial: second.serial, otp: await second.freshCode() })
    expect(bank.path).toBe('/otp/exchange/done')

    await bank.open('/otp/resync')
    await bank.send(credentials(futaba))
    const otp = await second.freshCode()
    await bank.send({ otp, nextOtp: await second.freshCode() })
    expect(bank.path).toBe('/otp/resync/done')

    await bank.open('/otp/stop')
    await bank.send(credentials(futaba))
    await bank.confirmAs(futaba)
    await bank.send({ otp: await second.freshCode() })
    expect(bank.path).toBe('/otp/stop/done')
  })

  it('login with a code, transfer, reservation, bill, settings, freeze', async () => {
    const bank = await english(stage)
    const token = authenticator(nanae.contractId, stage.program.clock)
    await bank.send(credentials(nanae))
    await bank.send({ otp: await token.freshCode() })
    expect(bank.path).toBe('/home')
    await bank.open('/transfer')
    await bank.send(withinBank(nanae, hajime, '1000'))
    await bank.send({ otp: await token.freshCode() })
    expect(await bank.value('status')).toBe('executed')
    await bank.press('Save this payee')

    await bank.open('/transfer')
    const date = new Date(stage.program.clock.now() + 5 * DAY_MS).toISOString().slice(0, 10)
    await bank.send({ payee: 'new', ...withinBank(nanae, hajime, '2000'), date })
    await bank.send({ otp: await token.freshCode() })
    const receiptNo = await bank.value('receiptNo')
    await bank.open(`/transfers/${receiptNo}`)
    await bank.expectEnglish()
    await bank.open(`/transfers/${receiptNo}/cancel`)
    await bank.send({ otp: await token.freshCode() })
    expect(await bank.value('status')).toBe('cancelled')
    await bank.open('/transfers')
    await bank.expectEnglish()

    await bank.open('/bill')
    await bank.send(SLIP)
    await bank.send({ otp: await token.freshCode() })
    expect(await bank.value('amount')).toBe('8400')

    const change = async (path: string, typed: Typed) => {
      await bank.open(path)
      await bank.send(typed)
      await bank.send({ otp: await token.freshCode() })
      expect(bank.path).toBe(`${path}/done`)
    }
    await change('/settings/limit', { dailyLimit: '500000' })
    await change('/settings/mail', { mail: 'nanae@example.jp' })
    await change('/settings/otp-at-login', { otpAtLogin: 'not-required' })
    const [currentPassword, newPassword] = [nanae.loginPassword, 'Atarashii7']
    await change('/settings/password', {
      currentPassword,
      newPassword,
      newPasswordAgain: newPassword,
    })
    await bank.open('/freeze')
    await bank.send({})
    expect(bank.path).toBe('/freeze/done')
    await bank.open('/home')
    await bank.expectEnglish()
  })

  it('what is refused, and the way out', async () => {
    const bank = await english(stage)
    await bank.send({ ...credentials(itsuki), loginPassword: 'wrong' })
    expect(await bank.refusal()).toBe('wrong-credentials')
    await bank.send(credentials(itsuki))
    await bank.open('/transfer')
    await bank.send({ ...withinBank(itsuki, hajime, '1'), bankCode: 'nowhere' })
    expect(await bank.refusal()).toBe('invalid-input')
    await bank.open('/transfer')
    await bank.send(withinBank(itsuki, hajime, '2000000'))
    expect(await bank.refusal()).toBe('limit-exceeded')
    await bank.open('/bill')
    await bank.send({ ...SLIP, confirmationNo: '1' })
    expect(await bank.refusal()).toBe('unknown-bill')
    await bank.open('/otp/start')
    await bank.send(credentials(itsuki))
    expect(await bank.refusal()).toBe('has-token')
  })
})
