import { changes, type Runner } from '../connection.ts'

const WATER_BILLER = '58191'
const CITY_BILLER = '58192'
const POWER_BILLER = '58193'

/** The billers of the demonstration, all of them invented. */
const DEMO_BILLERS = [
  [WATER_BILLER, '白河市水道部（デモ）'],
  [CITY_BILLER, '白河市役所（デモ）'],
  [POWER_BILLER, 'みちのく電力（デモ）'],
] as const

/**
 * The waiting bills: biller, customer number, confirmation number, payment category, what for, yen,
 * due. The first is the one that others rely on; the second has a category; the third costs more
 * than a customer without a token may pay in a day; the fourth is overdue.
 */
const DEMO_BILLS = [
  [WATER_BILLER, '20261122', '4711', '', '水道料金 10月・11月分', 8_400, '2027-03-31'],
  [CITY_BILLER, '118400260042', '305172', '2607', '市県民税 第4期', 23_500, '2027-02-01'],
  [CITY_BILLER, '118400260043', '820641', '2605', '固定資産税 第3期', 128_000, '2027-03-01'],
  [POWER_BILLER, '7000123456', '9021', '', '電気料金 9月分', 6_182, '2026-10-30'],
] as const

/** Writes the bills that are not there yet, at every start: an older installation gets them, too. */
export async function seedDemoBills(on: Runner): Promise<void> {
  for (const biller of DEMO_BILLERS) {
    await changes(on, 'insert into biller values ($1, $2) on conflict do nothing', [...biller])
  }
  for (const bill of DEMO_BILLS) {
    await changes(
      on,
      `insert into bill (biller_no, customer_no, confirmation_no, payment_category, purpose,
                         amount_yen, due_day)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [...bill],
    )
  }
}
