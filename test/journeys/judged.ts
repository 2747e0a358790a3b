/** What was found accessible in this run of the tests, known to all its files. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'

const fileOf = (structure: string) =>
  path.join(inject('judgedFolder'), createHash('sha256').update(structure).digest('hex'))

export const wasJudged = (structure: string): boolean => fs.existsSync(fileOf(structure))

export const noteJudged = (structure: string): void => fs.writeFileSync(fileOf(structure), '')
