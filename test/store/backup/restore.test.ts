/** A backup comes back whole or not at all, and nothing that is lost happens twice. */
import fs from 'node:fs'
import path from 'node:path'
import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FLEETING } from '../../../src/store/backup/catalogue.ts'
import { makeBackup } from '../../../src/store/backup/dump.ts'
import { NotEmpty } from '../../../src/store/backup/load.ts'
import { institutionOn } from '../../../src/store/keys/institution.ts'
import { WrongKeyFile } from '../../../src/store/keys/key-ring.ts'
import { fingerprintOf, fixedKey } from '../../../src/store/keys/wrapping-keys.ts'
import { applyDue, knownMigrations, LIST_OF_MIGRATIONS } from '../../../src/store/migrate.ts'
import { codeAt } from '../../bank/held-token.ts'
import { ask, keyed } from '../../bank/procedures/verification-steps.ts'
import {
  contractOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  type TestBank,
  tokenOf,
  WRAPPING_KEY,
} from '../../bank/test-bank.ts'
import { type BackupSteps, backupSteps, rowsOf } from './backup-steps.ts'

let bank: TestBank
let steps: BackupSteps
beforeAll(async () => {
  bank = await openTestBank()
  steps = backupSteps(bank)
})
afterAll(async () => {
  await steps?.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const otherKey = Buffer.alloc(32, 'another key')
const number = async (on: { readonly pool: Pool }, text: string) =>
  Number((await on.pool.query(text)).rows[0]?.n)

describe('a restored bank', () => {
  test('has every row as it was, but codes that are dead and what was only for the moment', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token, method: 'image-card' })
    await ask(bank, customer, { otp: codeAt(token, MORNING_MS) }, keyed('kept', 'body'))
    await bank.ports.store.tables.sessions.begin(newBrowser(), {
      bankCode: '1184',
      contractId: customer.contractId,
      startedAtMs: MORNING_MS,
      lastSeenAtMs: MORNING_MS,
    })
    // What a text format could stumble over.
    const odd = 'タブ\t改行\n\\.\\N "引用" \u{20bb7} \u0001'
    await bank.pool.query('update contract set name = $1 where contract_id = $2', [
      odd,
      customer.contractId,
    ])
    const file = await steps.backUp()
    const empty = await steps.empty()
    await empty.restore(file)
    const [before, after] = [await rowsOf(bank.pool), await rowsOf(empty.pool)]
    expect([...after.keys()]).toEqual([...before.keys()])
    const changed = [...before.keys()].filter(
      (table) => before.get(table)?.join('\n') !== after.get(table)?.join('\n'),
    )
    const expected = ['event', 'idempotent_call', 'migration', 'session', 'token']
    expect(changed.sort()).toEqual(expected)
    expect(after.get('session')).toEqual([])
    expect(after.get('idempotent_call')).toEqual([])
    const events = after.get('event') ?? []
    expect(events.filter((line) => !before.get('event')?.includes(line))).toHaveLength(1)
    expect(events.length).toBe((before.get('event')?.length ?? 0) + 1)
    expect((await contractOf(empty.process(), customer)).name).toBe(odd)
    const text = 'select to_jsonb(t) - $1::text as token from token t order by issuer, serial'
    const tokens = async (on: Process | TestBank) =>
      (await on.pool.query(text, ['last_accepted'])).rows
    expect(await tokens(empty.process())).toEqual(await tokens(bank))
    expect(FLEETING).toContain('draft')
  })

  test('opens its seals, signs with the same key, and its ledger balances', async () => {
    const token = await bank.makeToken()
    const file = await steps.backUp()
    const restored = await steps.empty()
    await restored.restore(file)
    const one = restored.process()
    await one.ports.vault.check()
    const seed = await one.ports.vault.openSeed(await tokenOf(one, token))
    expect(Buffer.from(seed)).toEqual(Buffer.from(token.seed))
    const keys = [institutionOn(one.pool, one.ports.vault), bank.ports.institution]
    const [there, here] = await Promise.all(keys.map((institution) => institution.publicKey()))
    expect(there).toEqual(here)
    const { rows } = await one.pool.query(
      `select a.account_number from account a
        where a.balance_yen is not null and a.balance_yen <> (
          select coalesce(sum(case when m.credit_number = a.account_number
                                    and m.credit_branch = a.branch_code then m.amount_yen
                                   else -m.amount_yen end), 0)
            from movement m
           where (m.credit_branch, m.credit_type, m.credit_number)
                   = (a.branch_code, a.account_type, a.account_number)
              or (m.debit_branch, m.debit_type, m.debit_number)
                   = (a.branch_code, a.account_type, a.account_number))`,
    )
    expect(rows).toEqual([])
    expect(await number(one, 'select count(*) as n from movement')).toBeGreaterThan(5)
  })

  test('says in its events that it was restored, and from when', async () => {
    const file = await steps.backUp()
    const restored = await steps.empty()
    bank.clock.nowMs += 3_600_000
    await restored.restore(file)
    const text = `select bank_code, actor_kind, outcome, detail from event where kind = 'restore'`
    expect((await restored.pool.query(text)).rows).toEqual([
      {
        bank_code: '0000',
        actor_kind: 'system',
        outcome: 'done',
        detail: { madeAt: new Date(MORNING_MS).toISOString(), key: fingerprintOf(WRAPPING_KEY) },
      },
    ])
  })

  test('is brought up to the newest schema from an older one', async () => {
    const older = await steps.empty()
    const client = await older.pool.connect()
    try {
      await client.query(LIST_OF_MIGRATIONS)
      await applyDue(
        client,
        knownMigrations().filter((name) => name < '0011'),
      )
    } finally {
      client.release()
    }
    const named = `insert into wrapping_key values (1, $1, now())`
    await older.pool.query(named, [fingerprintOf(WRAPPING_KEY)])
    const text = `insert into bank values ('1999', 'old', '{}', '{}', '{}', '{}')`
    await older.pool.query(text)
    // At that time the column was an identity, with a sequence of another name.
    const drawn = await number(older, `select nextval('event_seq_seq') as n`)
    const file = path.join(steps.folder, 'older')
    await makeBackup(older.connectionString, fixedKey(WRAPPING_KEY), file, MORNING_MS)
    const restored = await steps.empty()
    await restored.restore(file)
    const { rows } = await restored.pool.query('select bank_code, notice_template from bank')
    expect(rows).toEqual([{ bank_code: '1999', notice_template: null }])
    const next = await number(restored, `select nextval('event_seq') as n`)
    expect(next).toBeGreaterThan(drawn + 1_000_000)
    const applied = await restored.pool.query('select name from migration order by name')
    expect(applied.rows.map(({ name }) => name)).toEqual(knownMigrations())
  })
})

describe('refused before anything is changed', () => {
  test('a wrong key', async () => {
    const restored = await steps.empty()
    const file = await steps.backUp()
    const names = [WRAPPING_KEY, otherKey].map(fingerprintOf)
    const reason = `it was made with the key ${names[0]}, and the key file holds ${names[1]}`
    await expect(restored.restore(file, otherKey)).rejects.toThrow(reason)
    expect(await restored.contents()).toEqual([])
    await restored.restore(file)
  })

  test('a database that is not empty, of whatever', async () => {
    const file = await steps.backUp()
    const restored = await steps.empty()
    await restored.pool.query('create table precious as select 1 as one')
    await expect(restored.restore(file)).rejects.toBeInstanceOf(NotEmpty)
    expect(await restored.contents()).toEqual(['precious'])
    const full = await steps.empty()
    await full.restore(file)
    const before = await rowsOf(full.pool)
    await expect(full.restore(file)).rejects.toBeInstanceOf(NotEmpty)
    expect(await rowsOf(full.pool)).toEqual(before)
  })

  test('a file that is not there', async () => {
    const restored = await steps.empty()
    await expect(restored.restore('/no/such/file')).rejects.toThrow('it cannot be read (ENOENT)')
  })
})

test('two restores at once: one is done, the other one finds the database full', async () => {
  const file = await steps.backUp()
  const restored = await steps.empty()
  const outcomes = await Promise.allSettled([restored.restore(file), restored.restore(file)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = outcomes.find((outcome) => outcome.status === 'rejected')
  expect(lost?.reason).toBeInstanceOf(NotEmpty)
  await restored.process().ports.vault.check()
})

test('a restore that breaks off leaves nothing behind', async () => {
  const file = await steps.backUp()
  const restored = await steps.empty()
  let broken = 0
  for (let round = 0; round < 6; round += 1) {
    const going = restored.restore(file).then(
      () => 'done',
      () => 'broken',
    )
    // Another moment in each round, once its transaction has begun.
    const text = `select pid from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid()
                     and xact_start < clock_timestamp() - $1 * interval '1 millisecond'`
    let pid: number | undefined
    let ended = false
    const end = going.then(() => {
      ended = true
    })
    while (pid === undefined && !ended) {
      pid = (await restored.pool.query(text, [round * 40])).rows[0]?.pid
    }
    if (pid !== undefined) await restored.pool.query('select pg_terminate_backend($1)', [pid])
    await end
    if ((await going) === 'done') break
    broken += 1
    expect(await restored.contents()).toEqual([])
  }
  expect(broken).toBeGreaterThan(0)
})

describe('a backup', () => {
  test('is not made with a wrong key, and leaves no file', async () => {
    const file = path.join(steps.folder, 'wrong')
    const making = makeBackup(bank.connectionString, fixedKey(otherKey), file, MORNING_MS)
    await expect(making).rejects.toBeInstanceOf(WrongKeyFile)
    expect(fs.readdirSync(steps.folder).filter((name) => name.startsWith('wrong'))).toEqual([])
  })

  test('never overwrites a file', async () => {
    const file = path.join(steps.folder, 'precious')
    fs.writeFileSync(file, 'precious')
    const making = makeBackup(bank.connectionString, fixedKey(WRAPPING_KEY), file, MORNING_MS)
    await expect(making).rejects.toThrow('it exists already')
    expect(fs.readFileSync(file, 'utf8')).toBe('precious')
    const nowhere = path.join(steps.folder, 'no', 'such', 'folder')
    const lost = makeBackup(bank.connectionString, fixedKey(WRAPPING_KEY), nowhere, MORNING_MS)
    await expect(lost).rejects.toThrow('it cannot be written (ENOENT)')
  })

  test('shows nothing of what is in it, nor the key, and is for its owner alone', async () => {
    const customer = await bank.open()
    const file = await steps.backUp()
    const bytes = fs.readFileSync(file)
    for (const secret of [customer.mail, 'デモ', WRAPPING_KEY.toString('hex')]) {
      expect(bytes.includes(secret)).toBe(false)
    }
    expect(bytes.includes(WRAPPING_KEY)).toBe(false)
    if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  })

  test('leaves out what only lasts a moment, by a list that is whole', async () => {
    const text = `select tablename from pg_tables where schemaname = 'public'`
    const { rows } = await bank.pool.query<{ tablename: string }>(text)
    const fleeting = rows
      .map(({ tablename }) => tablename)
      .filter((name) => /session|draft|idempotent|holder/.test(name))
    expect(fleeting.sort()).toEqual([...FLEETING].sort())
  })
})
