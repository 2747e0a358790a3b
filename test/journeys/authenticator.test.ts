/** Any authenticator that is given the demonstration's key URI plays the customer's token. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { authenticator } from './codes.ts'
import { nanae } from './customers.ts'
import { deskJourneys } from './stage.ts'

deskJourneys('a code from the key URI', (stage) => {
  it('logs in, today and tomorrow', async () => {
    const token = authenticator(nanae.contractId, stage.program.clock)
    const bank = new BankSite(await stage.visitor(), stage.program)
    for (const day of ['today', 'tomorrow']) {
      await bank.logIn(nanae, token)
      expect(bank.path, day).toBe('/home')
      await bank.logOut()
      stage.program.clock.moveBy(24 * 60 * 60_000)
    }
  })
})
