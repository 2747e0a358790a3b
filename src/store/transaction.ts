import type { Pool, PoolClient } from 'pg'
import { connect, run } from './connection.ts'

/** Runs statements that belong to no procedure in one transaction; a throw undoes them. */
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
    // A connection that cannot even roll back is thrown away.
    broken = await client.query('rollback').then(
      () => undefined,
      (failure: Error) => failure,
    )
    throw error
  } finally {
    client.release(broken)
  }
}
