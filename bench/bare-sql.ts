/**
 * The reference: what any design has to ask of the database for one acceptance, and no more. One
 * conditional update and one event in one prepared statement, committed, on tables of the same
 * shape as ours.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Act } from './load.ts'
import type { HeldToken } from './rig/tokens.ts'

const ACCEPT = `
  with accepted as (
    update bench_token
       set last_accepted = $3, drift_steps = $4, failures = 0
     where issuer = $1 and serial = $2 and last_accepted < $3 and state = 'active'
       and failures < 10 and guesses < 100
    returning serial
  )
  insert into bench_event (bank_code, id, at, actor_kind, actor_id, contract_id, serial, kind,
                           outcome, request_id, detail)
  select '1184', $5, $6, 'api', 'bench', $7, serial, 'verification', 'done', $5, $8
    from accepted`

const DETAIL = { purpose: 'other' }

export interface BareSql {
  readonly clients: readonly Act[]
  close(): Promise<void>
}

/** The step that the next pass over the tokens accepts; above all that were accepted before. */
let turn = Math.floor(Date.now() / 1000)

/** Copies the tokens into the reference's tables. */
export async function prepareBareSql(connectionString: string): Promise<void> {
  const client = new pg.Client(connectionString)
  await client.connect()
  await client.query('create table bench_token (like token including all) with (fillfactor = 80)')
  await client.query('insert into bench_token select * from token')
  await client.query('create table bench_event (like event including all)')
  await client.query('vacuum analyze bench_token')
  await client.end()
}

/** Connections that accept, each on tokens of its own share, step after step. */
export async function openBareSql(
  connectionString: string,
  tokens: readonly HeldToken[],
  count: number,
): Promise<BareSql> {
  const connections = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client(connectionString)
      // What breaks the connection fails the act under way.
      client.on('error', () => {})
      await client.connect()
      return client
    }),
  )
  const accept = { name: 'accept', text: ACCEPT }
  turn += 1
  const clients = connections.map((connection, share): Act => {
    let next = share
    return async () => {
      if (next >= tokens.length) {
        next = share
        turn += 1
      }
      const { serial, contractId } = tokens[next] as HeldToken
      next += count
      const at = new Date()
      const values = ['0000', serial, turn, 0, randomUUID(), at, contractId, DETAIL]
      const { rowCount } = await connection.query({ ...accept, values })
      if (rowCount !== 1) throw new Error('the reference did not accept a fresh step')
      return true
    }
  })
  const close = async () => {
    await Promise.all(connections.map((connection) => connection.end()))
  }
  return { clients, close }
}
