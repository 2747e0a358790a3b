/** The keyboard on the screen: by finger or mouse, and by the keys of a real one. */
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { hajime } from './customers.ts'
import { deskJourneys } from './stage.ts'

deskJourneys('the keyboard on the screen', (stage) => {
  it('types a login password, shuffled or not', async () => {
    const bank = new BankSite(await stage.visitor(), stage.program)
    const { page } = bank
    await bank.open('/login')
    await bank.fill({ contractId: hajime.contractId })
    await page.locator('.keyboard__opener').click()
    await page.locator('.keyboard__panel').waitFor()
    const key = (label: string) => page.getByRole('button', { name: label, exact: true })
    const orderOfKeys = () => page.locator('.keyboard__keys button').allInnerTexts()
    const inOrder = await orderOfKeys()
    await key('並べ替える').click()
    expect(await orderOfKeys()).not.toEqual(inOrder)
    expect((await orderOfKeys()).sort()).toEqual([...inOrder].sort())
    await key('大文字').click()
    await key('大文字の I').click()
    await key('大文字').click()
    for (const character of 'chidox') await key(character).click()
    await key('1文字消す').click()
    for (const character of '01') await key(character).click()
    expect(await bank.typed('loginPassword')).toBe(hajime.loginPassword)
    expect(await page.locator('.keyboard__typed').innerText()).toContain('8')
    await bank.visitor.see()
    await bank.press('ログイン')
    expect(bank.path).toBe('/home')
  })

  it('opens by key, and Escape leads back to where it was opened', async () => {
    const bank = new BankSite(await stage.visitor(), stage.program)
    const { page } = bank
    await bank.open('/otp/stop')
    await page.locator('[name="loginPassword"]').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.keyboard__panel').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await bank.typed('loginPassword')).toBe('1')
    await page.keyboard.press('Escape')
    await page.locator('.keyboard__panel').waitFor({ state: 'detached' })
    expect(await page.locator('.keyboard__opener:focus').count()).toBe(1)
  })
})
