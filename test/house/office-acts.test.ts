/** What the bank's staff do has its page in `docs/procedures/`, by the name that code and events have. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { STAFF_ACTS } from '../../src/bank/office/staff.ts'
import { OFFICE_ACTS } from '../../src/web/office/four-eyes-acts.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/procedures', import.meta.url))

const pages = fs
  .readdirSync(FOLDER)
  .filter((name) => name.endsWith('.md'))
  .map((name) => fs.readFileSync(path.join(FOLDER, name), 'utf8'))

const isNamed = (act: string): boolean => pages.some((text) => text.includes(`\`${act}\``))

test.each([...OFFICE_ACTS.keys()])('%s, which two persons do', (act) => {
  expect(isNamed(act)).toBe(true)
})

test.each(Object.keys(STAFF_ACTS))('%s, which a role may', (act) => {
  expect(isNamed(act)).toBe(true)
})
