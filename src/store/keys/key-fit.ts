import type { Pool } from 'pg'
import { row } from '../connection.ts'
import { dataKeysOn, unwrap, WrongKeyFile } from './key-ring.ts'
import { fixedKey } from './wrapping-keys.ts'

/** Whether the key opens the data keys of the database. Only reads, whatever stands there. */
export async function keyFit(
  pool: Pool,
  key: Uint8Array,
): Promise<'opens' | 'other-key' | 'no-keys'> {
  const text = `select to_regclass('wrapping_key') is not null as there`
  if (!(await row<{ there: boolean }>(pool, text, []))?.there) return 'no-keys'
  const held = await dataKeysOn(pool)
  if (held.length === 0) return 'no-keys'
  try {
    for (const one of held) unwrap(fixedKey(key), one)
    return 'opens'
  } catch (error) {
    if (error instanceof WrongKeyFile) return 'other-key'
    throw error
  }
}
