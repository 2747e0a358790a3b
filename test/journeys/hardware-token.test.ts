/** The hardware token: only for whom it was shipped to, and with a clock of its own. */
import { expect, it } from 'vitest'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { authenticator } from './codes.ts'
import { futaba, mutsumi } from './customers.ts'
import { journeys } from './stage.ts'

const MINUTE_MS = 60_000

journeys('the hardware token', (stage) => {
  it('is started only by whom it was shipped to, and set right when its clock is wrong', async () => {
    const { clock } = stage.program
    const token = authenticator(mutsumi.contractId, clock)
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.startOtp(futaba, token, 'not-required')
    expect(await bank.refusal()).toBe('serial-not-yours')
    const alert = await bank.page.locator('[role="alert"]').innerText()
    expect(alert).toContain('0248-23-4513')

    await bank.startOtp(mutsumi, token, 'not-required')
    expect(bank.path).toBe('/otp/start/done')
    expect(await bank.value('serial')).toBe('2V0716016FK2')
    expect(await bank.value('otpAtLogin')).toBe('not-required')

    const ahead = authenticator(mutsumi.contractId, clock, 5 * MINUTE_MS)
    const tooEarly = await ahead.freshCode()
    expect(await verifyByApi(stage.program, mutsumi, tooEarly)).toBe('wrong-code')
    await bank.beginAtFoot('時刻補正', mutsumi)
    expect(bank.path).toBe('/otp/resync/codes')
    const [otp, nextOtp] = [await ahead.freshCode(), await ahead.freshCode()]
    await bank.fill({ otp: nextOtp, nextOtp: otp })
    await bank.press('補正する')
    expect(await bank.refusal()).toBe('wrong-code')
    await bank.fill({ otp, nextOtp })
    await bank.press('補正する')
    expect(bank.path).toBe('/otp/resync/done')
    expect(await bank.value('receiptNo')).toMatch(/^\d+$/)
    expect(await bank.value('serial')).toBe('2V0716016FK2')
    // Both are spent, and from now on the token counts as it is.
    expect(await verifyByApi(stage.program, mutsumi, nextOtp)).toBe('code-already-used')
    const next = await ahead.freshCode()
    expect(await verifyByApi(stage.program, mutsumi, next)).toBe('accepted')
  })
})
