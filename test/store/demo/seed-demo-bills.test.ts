/** The bills of the demonstration: there at every start, and a paid one stays paid. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemoBills } from '../../../src/store/demo/seed-demo-bills.ts'
import { issueBill, reviewedBill } from '../../bank/procedures/bill-payment-steps.ts'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const WAITING = {
  billerNo: '58191',
  customerNo: '20261122',
  confirmationNo: '4711',
  paymentCategory: '',
}
const find = () => bank.ports.store.tables.bills.find(WAITING)
const count = async () => Number((await bank.pool.query('select count(*) from bill')).rows[0].count)

test('an installation without bills gets them; a second start, or two at once, add none', async () => {
  await bank.pool.query('delete from bill')
  await bank.pool.query('delete from biller')
  await Promise.all([seedDemoBills(bank.pool), seedDemoBills(bank.pool)])
  expect(await find()).toMatchObject({ amountYen: 8_400, paid: false })
  const before = await count()
  await seedDemoBills(bank.pool)
  expect(await count()).toBe(before)
})

test('a paid bill stays paid, and bills of other billers stay', async () => {
  const other = await issueBill(bank)
  const { send } = await reviewedBill(bank, await bank.open(), undefined, WAITING)
  expect((await send()).ok).toBe(true)
  await seedDemoBills(bank.pool)
  expect((await find())?.paid).toBe(true)
  expect(await bank.ports.store.tables.bills.find(other)).toMatchObject({ paid: false })
})
