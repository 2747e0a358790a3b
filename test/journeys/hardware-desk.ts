/** The desk of the hardware tokens, for journeys that are about something else: forms alone. */
import { dayOf } from '../../src/bank/calendar.ts'
import type { Typed } from './bank-site.ts'
import type { Customer } from './customers.ts'
import type { OfficeSite } from './office.ts'
import type { ServerClock } from './program.ts'

/** What stands on the paper of today. */
export const paperOf = (clock: ServerClock): Typed => ({
  appliedOn: dayOf(clock.now()),
  shape: 'any',
  fee: 'taken',
  sealChecked: 'yes',
})

/** Records an application. Returns the address of its page. */
export const record = (office: OfficeSite, { contractId }: Customer, clock: ServerClock) =>
  office.send('/hardware/applications', { contractId, ...paperOf(clock) })

/** Assigns the token to an application, by the address of its page, and sends it. */
export async function sendToken(
  office: OfficeSite,
  application: string,
  serial: string,
  parcelNo: string,
): Promise<void> {
  await office.send(`${application}/assign`, { serial })
  await dispatch(office, application, parcelNo)
}

export async function dispatch(office: OfficeSite, application: string, parcelNo: string) {
  const no = application.split('/').at(-1) ?? ''
  await office.send('/hardware/dispatch', { listed: no, [`parcelNo-${no}`]: parcelNo })
}
