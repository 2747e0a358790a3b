/** `docs/ROLES.md` says what the code does. */
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mayDo, STAFF_ACTS, STAFF_ROLES, type StaffAct } from '../../src/bank/office/staff.ts'

test('the table of the page is the table of the code', () => {
  const page = fileURLToPath(new URL('../../../docs/ROLES.md', import.meta.url))
  const rows = [...fs.readFileSync(page, 'utf8').matchAll(/^\| `([\w-]+)` \|[^|]*\|(.*)\|$/gm)]
  const said = rows.map(([, act, cells = '']) => [act, ...cells.split('|').map((c) => c.trim())])
  const done = (Object.keys(STAFF_ACTS) as StaffAct[]).map((act) => [
    act,
    ...STAFF_ROLES.map((role) => (mayDo(role, act) ? '○' : '–')),
  ])
  expect(said).toEqual(done)
})
