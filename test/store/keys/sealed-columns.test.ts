/** The list of sealed columns is whole, and the database guards what it names. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SEALED_COLUMNS } from '../../../src/store/keys/sealed-columns.ts'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const listed = SEALED_COLUMNS.map(({ table, sealed }) => `${table}.${sealed}`).sort()

test('every column that holds sealed boxes is in the list', async () => {
  const { rows } = await bank.pool.query<{ place: string }>(
    `select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and column_name like '%sealed%' and data_type = 'bytea'`,
  )
  expect(rows.map(({ place }) => place).sort()).toEqual(listed)
})

test('every column that names a version of a data key belongs to one in the list', async () => {
  const { rows } = await bank.pool.query<{ place: string }>(
    `select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and column_name like '%key_version%'`,
  )
  const named = SEALED_COLUMNS.map(({ table, keyVersion }) => `${table}.${keyVersion}`)
  expect(rows.map(({ place }) => place).sort()).toEqual(named.sort())
})

test('every one of them refers to the data keys, so that none in use is destroyed', async () => {
  const { rows } = await bank.pool.query<{ place: string }>(
    `select c.conrelid::regclass || ' ' || string_agg(a.attname, ' ' order by k.place) as place
       from pg_constraint c
       cross join unnest(c.conkey) with ordinality as k (number, place)
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number
      where c.contype = 'f' and c.confrelid = 'data_key'::regclass
      group by c.oid, c.conrelid`,
  )
  const guarded = SEALED_COLUMNS.map(({ table, bank: by, keyVersion }) =>
    [table, by, keyVersion].join(' '),
  )
  expect(rows.map(({ place }) => place).sort()).toEqual(guarded.sort())
})

test('a seal under a key that is destroyed does not reach the table', async () => {
  const owner = { bankCode: '1184', contractId: '10000000001' }
  const box = await bank.ports.vault.sealSecret(owner, '482913')
  const late = bank.pool.query(
    `update contract set sealed_secret = $1, secret_key_version = 99 where contract_id = $2`,
    [box.sealed, owner.contractId],
  )
  await expect(late).rejects.toMatchObject({ code: '23503' })
  const gone = bank.pool.query(`delete from data_key where bank_code = '1184'`)
  await expect(gone).rejects.toMatchObject({ code: '23503' })
})
