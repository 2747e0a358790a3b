import type { Hardware } from '../../bank/hardware/hardware.ts'
import type { Runner } from '../connection.ts'
import { applicationsOn, hardwareTermsOn } from './hardware-applications.ts'
import { batteriesOn } from './hardware-batteries.ts'
import { hardwareStockOn } from './hardware-stock.ts'

/** The tables of `0014-hardware.sql`, and the tokens of `0008-stock.sql` as the office sees them. */
export const hardwareOn = (on: Runner): Hardware => ({
  terms: hardwareTermsOn(on),
  applications: applicationsOn(on),
  stock: hardwareStockOn(on),
  batteries: batteriesOn(on),
})
