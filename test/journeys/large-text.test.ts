/** Twice the size, and the largest letters on the narrowest phone: nothing scrolls sideways. */
import { beforeAll, expect, it } from 'vitest'
import { BankSite, withinBank } from './bank-site.ts'
import { authenticator, PhoneToken } from './codes.ts'
import { futaba, mitsuo, yoshiko } from './customers.ts'
import { BEFORE_LOGIN, reserveTransfer, SIGNED_IN } from './every-page.ts'
import { PC } from './screens.ts'
import { journeys } from './stage.ts'

/** WCAG 2.2, 1.4.10 and 1.4.4: a PC at 400 %, which is a phone of 320 px; and a phone of 360 px. */
const NARROW = { width: 320, height: 640 }
const SMALL_PHONE = { width: 360, height: 640 }
/** The window is what counts: made so narrow, that of a phone would be the same once more. */
const ON_ONE_WINDOW = [PC]

journeys(
  'in large letters',
  (stage) => {
    let ofHerTransfer: readonly string[] = []
    beforeAll(async () => {
      ofHerTransfer = await reserveTransfer(stage)
      await stage.clear()
    })

    it.each([
      ['standard letters on 320 px', NARROW, 'standard'],
      ['the largest letters on 360 px', SMALL_PHONE, 'largest'],
    ])('%s', async (_, viewport, size) => {
      const { program } = stage
      const bank = new BankSite(await stage.visitor({ viewport }), program)
      await bank.open(`/display?size=${size}`)
      for (const path of BEFORE_LOGIN) await bank.open(path)
      await bank.beginOtpStart(mitsuo)
      expect(bank.path).toBe('/otp/start/token')
      await bank.beginOtpStart(futaba)
      expect(bank.path).toBe('/otp/start/token')

      await bank.logIn(yoshiko)
      for (const path of [...SIGNED_IN, ...ofHerTransfer]) await bank.open(path)
      await bank.reviewTransfer(yoshiko, futaba, '499999')
      const token = authenticator(yoshiko.contractId, program.clock)
      await bank.fill({ otp: await token.freshCode() })
      await bank.press('振り込む')
      expect(await bank.value('status')).toBe('executed')
      await bank.open('/transfers')
      await bank.reviewTransfer(yoshiko, futaba, '999999')
      expect(await bank.refusal()).toBe('limit-exceeded')
      await bank.open('/transfer')
      await bank.fill({ ...withinBank(yoshiko, futaba, '1'), bankCode: '信用金庫' })
      await bank.press('内容を確認する')
      await bank.logOut()

      await PhoneToken.make(await stage.visitor({ viewport }), program)
    })
  },
  ON_ONE_WINDOW,
)
