/** The bank site needs no script: everything works in a browser that runs none. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { makeDesktopToken } from './codes.ts'
import { futaba, hajime } from './customers.ts'
import { journeys } from './stage.ts'

journeys('without script', (stage) => {
  it('start, login with a code, transfer, logout', async () => {
    const token = await makeDesktopToken(stage.program)
    const visitor = await stage.visitor({ javaScriptEnabled: false })
    const bank = new BankSite(visitor, stage.program)
    await bank.startOtp(futaba, token, 'required')
    expect(await bank.value('serial')).toBe(token.serial)
    await bank.logIn(futaba, token)
    expect(bank.path).toBe('/home')
    await bank.reviewTransfer(futaba, hajime, '3000')
    await bank.fill({ otp: await token.freshCode() })
    await bank.press('振り込む')
    expect(await bank.value('status')).toBe('executed')
    await bank.logOut()
    expect(bank.path).toBe('/login')
  })
})
