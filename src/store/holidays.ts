import holidayJp from '@holiday-jp/holiday_jp'
import type { Holidays } from '../bank/business-days.ts'

/**
 * The public holidays of Japan, from the npm package `@holiday-jp/holiday_jp`. Looked up by the
 * day's name: its own functions read a `Date` in the time zone of the machine.
 */
export const publicHolidays: Holidays = {
  isPublicHoliday: (day) => Object.hasOwn(holidayJp.holidays, day),
}
