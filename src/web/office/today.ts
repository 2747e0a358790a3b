import { dayOf } from '../../bank/calendar.ts'
import type { OfficeVisit } from './visit.tsx'

/** The Japanese day of the visit, `YYYY-MM-DD`. */
export const todayOf = (visit: OfficeVisit): string => dayOf(visit.site.ports.clock.now())
