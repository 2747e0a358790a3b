/**
 * Takes a picture of every page as a customer meets it, into `gallery/`: on a phone and on a PC, in
 * both languages, light and dark: `npm run gallery [-- --usual]`. For looking at, never for tests.
 * With `--usual` in Japanese and light only.
 */
import { parseArgs } from 'node:util'
import { type DemoBank, openDemoBank } from './demo-bank.ts'
import { customerOf, type DemoCustomer } from './demo-customer.ts'
import { type Camera, cameraOf, FOLDER, type Look } from './gallery/camera.ts'
import { visitHome, visitSettings, visitTransfers } from './gallery/inside.ts'
import { visitEnrolment, visitPublic, visitStartForm, visitToken } from './gallery/outside.ts'
import { visitTokenApp } from './gallery/token-app.ts'

const { values: options } = parseArgs({ options: { usual: { type: 'boolean', default: false } } })

const USUAL: Look = { lang: 'ja', theme: 'light' }
const LOOKS: readonly Look[] = options.usual
  ? [USUAL]
  : [
      USUAL,
      { lang: 'ja', theme: 'dark' },
      { lang: 'en', theme: 'light' },
      { lang: 'en', theme: 'dark' },
    ]

type Visit = (bank: DemoBank, customer: DemoCustomer, camera: Camera) => Promise<void>

/** Who walks where; each contract of the demonstration is in the state that its pages need. */
const VISITS: readonly (readonly [contractId: string, visit: Visit])[] = [
  ['10000000002', visitPublic],
  ['10000000001', visitStartForm],
  ['10000000002', visitStartForm],
  ['10000000003', visitToken],
  ['10000000008', visitEnrolment],
  ['10000000007', visitHome],
  ['10000000007', visitTransfers],
  ['10000000005', visitSettings],
]

const bank = await openDemoBank()
try {
  for (const [contractId, visit] of VISITS) {
    const context = await bank.browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
    const customer = customerOf(bank, await context.newPage(), contractId)
    await visit(bank, customer, cameraOf(bank, customer, LOOKS))
    await context.close()
  }
  await visitTokenApp(bank, LOOKS)
} finally {
  await bank.close()
}
console.log(FOLDER)
