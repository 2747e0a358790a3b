import { mayDo, type StaffAct, type StaffRole } from '../../bank/office/staff.ts'
import type { Link } from '../parts/page.tsx'
import { japanese } from '../words/words.ts'
import type { OfficePaths } from './paths.ts'

type Room = keyof typeof japanese.office.rooms

/** The rooms of the back office in the order of its menu, with what one must be allowed to do. */
const ROOMS: readonly (readonly [room: Room, act: StaffAct, path: (of: OfficePaths) => string])[] =
  [
    ['customers', 'customer-view', (paths) => paths.customers],
    ['inbox', 'proposal-view', (paths) => paths.inbox],
    ['letters', 'letter-print', (paths) => paths.letters],
    ['hardware', 'hardware-view', (paths) => paths.hardware],
    ['identity', 'identity-settings', (paths) => paths.identity],
    ['staff', 'staff-manage', (paths) => paths.staff],
    ['campaigns', 'campaign-view', (paths) => paths.campaigns],
    ['announcements', 'campaign-view', (paths) => paths.announcements],
    ['figures', 'figures-view', (paths) => paths.figures],
    ['evidence', 'evidence-view', (paths) => paths.evidence],
  ]

/** Pages of a room whose addresses begin in another way than its own. */
const ALSO_OF: Partial<Record<Room, (of: OfficePaths) => string>> = {
  inbox: (paths) => paths.proposals,
  figures: (paths) => paths.events,
}

/** The menu of a role: only what it may use. */
export function navigationOf(role: StaffRole, paths: OfficePaths, here: string): Link[] {
  return ROOMS.filter(([, act]) => mayDo(role, act)).map(([room, , path]) => {
    const href = path(paths)
    const begins = [href, ALSO_OF[room]?.(paths) ?? href]
    return {
      href,
      label: japanese.office.rooms[room],
      current: begins.some((begin) => here === begin || here.startsWith(`${begin}/`)),
    }
  })
}

/** Where a role begins after the login. */
export const firstRoomOf = (role: StaffRole, paths: OfficePaths): string =>
  navigationOf(role, paths, '')[0]?.href ?? paths.roles
