/**
 * The customer's guide, chapter by chapter, as a customer reads and follows it. The table has an
 * entry for each chapter by its type.
 */
import { expect, it } from 'vitest'
import type { GuideChapter } from '../../src/web/banking/guide.tsx'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { authenticator, PhoneToken, type Token } from './codes.ts'
import { futaba, mutsumi, nanae } from './customers.ts'
import { journeys, type Stage } from './stage.ts'

/** One customer reads the guide from its first chapter to its last; what she has by now. */
interface Reader {
  readonly stage: Stage
  readonly bank: BankSite
  token?: Token
}

/** The chapter, reached from the contents; its heading is where the browser leads. */
async function read({ bank }: Reader, chapter: GuideChapter): Promise<string> {
  await bank.open('/guide')
  await bank.page.locator(`.contents a[href="#${chapter}"]`).click()
  expect(new URL(bank.page.url()).hash).toBe(`#${chapter}`)
  const section = bank.page.locator(`section#${chapter}`)
  expect(await section.locator('> h2').isVisible()).toBe(true)
  return section.innerText()
}

/** Contract ID and login password, after the button of a chapter. */
async function goOn({ bank }: Reader, button: string): Promise<void> {
  await bank.follow(button)
  const { contractId, loginPassword } = mutsumi
  await bank.fill({ contractId, loginPassword })
  await bank.press('次へ')
}

async function exchange(reader: Reader, to: Token): Promise<void> {
  const { bank, token } = reader
  await read(reader, 'exchange')
  await goOn(reader, '交換に進む')
  await bank.fill({ otp: (await token?.freshCode()) ?? '' })
  await bank.press('次へ')
  await bank.fill({ serial: to.serial, otp: await to.freshCode() })
  await bank.press('登録する')
  expect(bank.path).toBe('/otp/exchange/done')
  expect(await bank.value('newSerial')).toBe(to.serial)
  expect(await bank.value('oldSerial')).toBe(token?.serial)
  reader.token = to
}

const verdict = async ({ stage, token }: Reader): Promise<string> =>
  verifyByApi(stage.program, mutsumi, (await token?.freshCode()) ?? '')

/** In the guide's own order. */
const CHAPTERS: Readonly<Record<GuideChapter, (reader: Reader) => Promise<void>>> = {
  async what(reader) {
    expect(await read(reader, 'what')).toContain('一度だけ使える6けたの数字')
  },

  async kinds(reader) {
    const text = await read(reader, 'kinds')
    for (const day of ['平成29年3月13日', '平成29年7月24日', '平成30年3月12日']) {
      expect(text).toContain(day)
    }
    await reader.bank.page.locator('#kinds summary').click()
    expect(await reader.bank.page.locator('#kinds ol li').count()).toBe(4)
  },

  async get(reader) {
    await read(reader, 'get')
    const { program } = reader.stage
    const codes = reader.bank.page.locator('#get svg[role="img"]')
    expect(await codes.count()).toBe(2)
    for (const link of await reader.bank.page.locator('#get .qr a').all()) {
      expect(await link.getAttribute('href')).toBe(program.token)
    }
    reader.token = await PhoneToken.make(await reader.stage.visitor(), program)
  },

  async start(reader) {
    const { bank, token } = reader
    await read(reader, 'start')
    await goOn(reader, '利用開始に進む')
    await bank.fill({
      serial: token?.serial ?? '',
      otp: (await token?.freshCode()) ?? '',
      otpAtLogin: 'not-required',
    })
    await bank.confirmAs(mutsumi)
    await bank.press('登録する')
    expect(bank.path).toBe('/otp/start/done')
    expect(await bank.text()).toContain('ワンタイムパスワード登録が完了しました。')
    await bank.follow('ログイン画面に戻る')
    // 次回より、振込や収納サービス等の各種お取引の際にワンタイムパスワードが必要となります。
    await bank.logIn(mutsumi)
    await bank.reviewTransfer(mutsumi, futaba, '1000')
    expect(await bank.page.locator('[name="otp"]').count()).toBe(1)
    await bank.logOut()
  },

  async exchange(reader) {
    // Software to the hardware that the bank sent, and back to software on a new phone.
    const phone = reader.token
    const { program } = reader.stage
    await exchange(reader, authenticator(mutsumi.contractId, program.clock))
    const old = await phone?.freshCode()
    expect(await verifyByApi(program, mutsumi, old ?? '')).toBe('wrong-code')
    expect(await verdict(reader)).toBe('accepted')
    await exchange(reader, await PhoneToken.make(await reader.stage.visitor(), program))
    expect(await verdict(reader)).toBe('accepted')
  },

  async stop(reader) {
    const { bank, stage } = reader
    const token = authenticator(nanae.contractId, stage.program.clock)
    await read(reader, 'stop')
    await bank.follow('利用中止に進む')
    const { contractId, loginPassword } = nanae
    await bank.fill({ contractId, loginPassword })
    await bank.press('次へ')
    await bank.fill({ otp: await token.freshCode() })
    await bank.confirmAs(nanae)
    await bank.press('停止する')
    expect(bank.path).toBe('/otp/stop/done')
    // 以後、お取引する際は、確認用パスワードでの認証となります。
    await bank.logIn(nanae)
    await bank.reviewTransfer(nanae, futaba, '1000')
    expect(await bank.positions()).toHaveLength(3)
    await bank.logOut()
  },

  async lost(reader) {
    const { bank, stage, token } = reader
    expect(await read(reader, 'lost')).toContain('ただちに')
    const phones = bank.page.locator('#lost a[href^="tel:"]')
    expect(await phones.allInnerTexts()).toEqual(['0248-23-4513', '0120-000-000'])
    // The bank answers the call and suspends the token: its codes are of no use to a finder.
    const { api, apiKey } = stage.program
    const suspended = await fetch(`${api}/v1/tokens/${token?.serial}/suspend`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiKey}` },
    })
    expect(suspended.ok).toBe(true)
    expect(await verdict(reader)).toBe('token-suspended')
    await bank.logIn(mutsumi)
    await bank.reviewTransfer(mutsumi, futaba, '1000')
    await bank.fill({ otp: (await token?.freshCode()) ?? '' })
    await bank.press('振り込む')
    expect(await bank.refusal()).toBe('token-suspended')
    expect(await bank.page.locator('[role="alert"]').innerText()).toContain('0248-23-4513')
    await bank.logOut()
  },

  async uninstalled(reader) {
    const { bank, stage } = reader
    expect(await read(reader, 'uninstalled')).toContain('お電話ください')
    // Without the old token's code nobody exchanges; the page says whom to call.
    await bank.beginAtFoot('交換', mutsumi)
    expect(bank.path).toBe('/otp/exchange/current')
    expect(await bank.text()).toContain('0248-23-4513')
    // The app itself says so on the phone whose data were cleared.
    const visitor = await stage.visitor()
    await PhoneToken.make(visitor, stage.program)
    const session = await visitor.context.newCDPSession(visitor.page)
    const origin = stage.program.token
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await visitor.page.reload()
    await visitor.page.waitForSelector('[data-field="lost-serial"]')
    expect(await visitor.page.innerText('main')).toContain('まず窓口へお電話ください')
  },

  async screens(reader) {
    expect(await read(reader, 'screens')).toContain('ソフトウェアキーボードの使用方法')
  },
}

journeys("the customer's guide", (stage) => {
  it('every chapter, from the first to the last', async () => {
    const reader: Reader = { stage, bank: new BankSite(await stage.visitor(), stage.program) }
    for (const follow of Object.values(CHAPTERS)) await follow(reader)
  })
})
