import type { Pool, PoolClient } from 'pg'
import { connect, run } from './connection.ts'

/** Runs the work on one connection, in one transaction that commits unless it throws. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool)
  let broken: Error | undefined
  try {
    await run(client, 'begin')
    const result = await work(client)
    await run(client, 'commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
