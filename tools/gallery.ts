/**
 * Takes a picture of every page as customers and staff meet it, into `gallery/`: on a phone and on
 * a PC, in Japanese, light and dark, and in English: `npm run gallery [-- --usual]`. For looking
 * at, never for tests. With `--usual` in Japanese and light only; `--only bank`, `app` or `office`.
 */
import { parseArgs } from 'node:util'
import { type DemoBank, openDemoBank } from './demo-bank.ts'
import { customerOf, type DemoCustomer } from './demo-customer.ts'
import { type Camera, cameraOf, FOLDER, type Look, USUAL } from './gallery/camera.ts'
import { visitHome, visitSettings, visitTransfers } from './gallery/inside.ts'
import { visitOffice } from './gallery/office.ts'
import { visitEnrolment, visitPublic, visitStartForm, visitToken } from './gallery/outside.ts'
import { visitRefusals, visitRefusedLogin, visitRefusedStart } from './gallery/refusals.ts'
import { visitTokenApp } from './gallery/token-app.ts'
import { walks } from './gallery/walk.ts'

const { values: options } = parseArgs({
  options: { usual: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const isAsked = (site: 'bank' | 'app' | 'office') => (options.only ?? site) === site

const LOOKS: readonly Look[] = options.usual
  ? [USUAL]
  : [USUAL, { lang: 'ja', theme: 'dark' }, { lang: 'en', theme: 'light' }]

type Visit = (bank: DemoBank, customer: DemoCustomer, camera: Camera) => Promise<void>

/** Who walks where; each contract of the demonstration is in the state that its pages need. */
const VISITS: readonly (readonly [contractId: string, visit: Visit])[] = [
  ['10000000002', visitPublic],
  ['10000000001', visitStartForm],
  ['10000000002', visitStartForm],
  ['10000000001', visitRefusedStart],
  ['10000000006', visitRefusedLogin],
  ['10000000003', visitToken],
  ['10000000008', visitEnrolment],
  ['10000000007', visitHome],
  ['10000000007', visitTransfers],
  ['10000000004', visitRefusals],
  ['10000000005', visitSettings],
]

const { walk, missed } = walks()
const bank = await openDemoBank()
try {
  // Before a walk moves the server's clock: the app would tell that the device's is slow.
  if (isAsked('app')) await walk('app', () => visitTokenApp(bank, LOOKS))
  for (const [contractId, visit] of isAsked('bank') ? VISITS : []) {
    await walk(`bank, ${visit.name} of ${contractId}`, async () => {
      const context = await bank.browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
      const customer = customerOf(bank, await context.newPage(), contractId)
      await visit(bank, customer, cameraOf(bank, customer, LOOKS))
      await context.close()
    })
  }
  if (isAsked('office')) await visitOffice(bank, walk)
} finally {
  await bank.close()
}
for (const walked of missed) console.error(`not reached: ${walked}`)
if (missed.length > 0) process.exitCode = 1
console.log(FOLDER)
