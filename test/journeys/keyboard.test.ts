/** Every form by keyboard alone, the focus always to be seen. */
import { expect, it } from 'vitest'
import { hajime } from './customers.ts'
import { EVERY_FORM } from './every-form.ts'
import { KeyboardBank } from './keyboard-bank.ts'
import { deskJourneys } from './stage.ts'

deskJourneys('by keyboard alone', (stage) => {
  it.each(EVERY_FORM)('%s', async (_, walk) => {
    await walk(new KeyboardBank(await stage.visitor(), stage.program), stage.program)
  })

  it('Enter in the last field of a form sends it', async () => {
    const bank = new KeyboardBank(await stage.visitor(), stage.program)
    const { contractId, loginPassword } = hajime
    await bank.open('/login')
    await bank.fill({ contractId, loginPassword })
    await bank.enter()
    expect(bank.path).toBe('/home')
  })

  it('a refusal takes the focus, and one key leads to its field', async () => {
    const bank = new KeyboardBank(await stage.visitor(), stage.program)
    await bank.logIn({ ...hajime, loginPassword: 'wrong' })
    const alert = bank.page.locator('[role="alert"]')
    expect(await alert.evaluate((it) => it.ownerDocument.activeElement === it)).toBe(true)
    await bank.tabTo(alert.locator('a'))
    await bank.page.keyboard.press('Enter')
    await bank.page.keyboard.press('Tab')
    const focused = bank.page.locator(':focus')
    expect(await focused.getAttribute('name')).toMatch(/contractId|loginPassword/)
  })

  it('the first Tab leads past the header', async () => {
    const bank = new KeyboardBank(await stage.visitor(), stage.program)
    await bank.logIn(hajime)
    await bank.tabTo(bank.page.locator('.skip'))
    await bank.page.keyboard.press('Enter')
    await bank.page.keyboard.press('Tab')
    expect(await bank.page.locator('main :focus').count()).toBe(1)
  })
})
