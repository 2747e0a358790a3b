/** The log of a restored bank goes on, and differs from the heads of what was lost. */
import fs from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditLogs } from '../../../src/store/evidence/audit.ts'
import { headPublisher } from '../../../src/store/evidence/head-publishing.ts'
import { logKeysOn } from '../../../src/store/evidence/log-keys.ts'
import { sealerOn } from '../../../src/store/evidence/sealer.ts'
import type { Process } from '../../bank/test-bank.ts'
import { BANK, type LogBank, newEvent, openLogBank } from '../evidence/log-of-tests.ts'
import { type BackupSteps, backupSteps } from './backup-steps.ts'

let bank: LogBank
let steps: BackupSteps
beforeAll(async () => {
  bank = await openLogBank()
  steps = backupSteps(bank)
})
afterAll(async () => {
  await steps?.close()
  await bank.close()
})

/** The log of a process: what is sealed, published to a file, and found with the heads of one. */
function logOf({ pool, ports }: Process) {
  const { clock } = bank
  const keys = logKeysOn(pool, ports.vault, clock)
  const sealer = sealerOn({ pool, clock, keys }, (error) => {
    throw error
  })
  return {
    async grow(count: number) {
      for (let made = 0; made < count; made += 1) {
        await ports.store.tables.journal.append(newEvent(clock.nowMs))
      }
      for (let round = 0; round < 3; round += 1) while (await sealer.round());
    },
    publish: (file: string) =>
      headPublisher({ pool, keys, logger: pino({ level: 'silent' }), target: { file } }).round(),
    async found(headsFile: string) {
      const question = { bankCode: BANK, unsealedMs: 60_000, headsFile }
      const kinds: string[] = []
      for await (const { findings } of auditLogs({ pool, clock, keys }, question)) {
        kinds.push(...findings.map(({ kind }) => kind))
      }
      return kinds
    },
  }
}

test('the heads of before are put aside: with them there is a finding for ever, with new ones none', async () => {
  const old = path.join(steps.folder, 'heads.log')
  const fresh = path.join(steps.folder, 'heads-since.log')
  const lost = logOf(bank)
  await lost.grow(5)
  await lost.publish(old)
  const toSnapshot = path.join(steps.folder, 'heads-to-snapshot.log')
  fs.copyFileSync(old, toSnapshot)
  const backup = await steps.backUp()
  await lost.grow(3)
  await lost.publish(old)
  expect(await lost.found(old)).toEqual([])

  const empty = await steps.empty()
  await empty.restore(backup)
  const restored = logOf(empty.process())
  await restored.grow(0)
  // The log is shorter than it was known to be …
  expect(await restored.found(old)).toEqual(['cut-off'])
  await restored.grow(20)
  // … and then has grown past that, with other events.
  expect(await restored.found(old)).toEqual(['head-differs'])
  await restored.grow(20)
  await restored.publish(fresh)
  expect(await restored.found(old)).toEqual(['head-differs'])
  expect(await restored.found(fresh)).toEqual([])
  // What was published up to the snapshot still holds.
  expect(await restored.found(toSnapshot)).toEqual([])
})
