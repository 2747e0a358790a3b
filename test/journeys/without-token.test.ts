/** A transfer by a customer who has not started the one-time password: the confirmation method. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { futaba, hajime } from './customers.ts'
import { deskJourneys } from './stage.ts'

deskJourneys('a transfer without a token', (stage) => {
  it('is confirmed by the confirmation password, up to the low limit', async () => {
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.logIn(hajime)
    expect(await bank.value('limitLeft')).toBe('100000')
    await bank.reviewTransfer(hajime, futaba, '100000')
    expect(await bank.page.locator('[name="otp"]').count()).toBe(0)
    await bank.confirmAs(hajime)
    await bank.press('振り込む')
    expect(await bank.value('status')).toBe('executed')
    expect(await bank.balance()).toBe(900_000)
    expect(await bank.value('limitLeft')).toBe('0')

    await bank.reviewTransfer(hajime, futaba, '1')
    expect(await bank.refusal()).toBe('limit-exceeded')
    expect(await bank.balance()).toBe(900_000)
  })
})
