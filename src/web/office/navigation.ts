import { mayDo, type StaffAct, type StaffRole } from '../../bank/office/staff.ts'
import type { Link } from '../parts/page.tsx'
import { japanese } from '../words/words.ts'
import type { OfficePaths } from './paths.ts'

type Room = keyof typeof japanese.office.rooms

type PathOf = (of: OfficePaths) => string

/**
 * The rooms of the back office in the order of its menu, with what one must be allowed to do, and
 * where else a room goes on.
 */
const ROOMS: readonly (readonly [room: Room, act: StaffAct, path: PathOf, more?: PathOf])[] = [
  ['customers', 'customer-view', (paths) => paths.customers],
  ['inbox', 'proposal-view', (paths) => paths.inbox, (paths) => paths.proposal('')],
  ['letters', 'letter-print', (paths) => paths.letters],
  ['hardware', 'hardware-view', (paths) => paths.hardware],
  ['identity', 'identity-settings', (paths) => paths.identity],
  ['staff', 'staff-manage', (paths) => paths.staff],
  ['campaigns', 'campaign-view', (paths) => paths.campaigns],
  ['announcements', 'campaign-view', (paths) => paths.announcements],
  ['figures', 'figures-view', (paths) => paths.figures, (paths) => paths.events],
  ['evidence', 'evidence-view', (paths) => paths.evidence],
]

/** The menu of a role: only what it may use. */
export function navigationOf(role: StaffRole, paths: OfficePaths, here: string): Link[] {
  return ROOMS.filter(([, act]) => mayDo(role, act)).map(([room, , path, more]) => {
    const href = path(paths)
    const isWithin = here === href || here.startsWith(`${href}/`)
    return {
      href,
      label: japanese.office.rooms[room],
      current: isWithin || (more !== undefined && here.startsWith(more(paths))),
    }
  })
}

/** Where a role begins after the login. */
export const firstRoomOf = (role: StaffRole, paths: OfficePaths): string =>
  navigationOf(role, paths, '')[0]?.href ?? paths.roles
