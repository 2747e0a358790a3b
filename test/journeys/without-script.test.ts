/** The bank site needs no script: every form works in a browser that runs none. */
import { it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { EVERY_FORM } from './every-form.ts'
import { phoneJourneys } from './stage.ts'

phoneJourneys('without script', (stage) => {
  it.each(EVERY_FORM)('%s', async (_, walk) => {
    const visitor = await stage.visitor({ javaScriptEnabled: false })
    await walk(new BankSite(visitor, stage.program), stage.program)
  })
})
