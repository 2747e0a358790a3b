import type { TypeStanding } from '../../../bank/ports.ts'
import { japanese } from '../../words/words.ts'
import type { StaffVisit } from '../visit.tsx'

const words = japanese.office.campaigns

/** The type of the address, as the bank stands to it. */
export async function standingOf(visit: StaffVisit): Promise<TypeStanding | undefined> {
  const type = visit.c.req.param('type') ?? ''
  if (!/^[0-9A-Z]{1,8}$/.test(type)) return undefined
  return visit.site.ports.store.tables.campaigns.standing(visit.bank.bankCode, type)
}

/** Whether new tokens of the type are taken, in words. */
export function registrationOf({ type }: TypeStanding, today: string): string {
  const { openFrom, closedFrom } = type
  if (closedFrom !== undefined && closedFrom <= today) return words.closed(closedFrom)
  if (openFrom !== undefined && openFrom > today) return words.notYet(openFrom)
  return closedFrom === undefined ? words.open : words.openUntil(closedFrom)
}

export const lastDayOf = ({ running }: TypeStanding): string =>
  running?.lastDay === undefined ? words.noLastDay : words.day(running.lastDay)
