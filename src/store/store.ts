import type { Pool, PoolClient } from 'pg'
import type { Store, Tx } from '../bank/ports.ts'
import { apiClientsOn, banksOn } from './banks.ts'
import { billsOn } from './bills.ts'
import { connect, type Runner, row, run, untilUndisturbed } from './connection.ts'
import { contractsOn, loginCountersOn } from './contracts.ts'
import { coreBankOn } from './core-bank.ts'
import { draftsOn, sessionsOn } from './drafts.ts'
import { journalOn } from './journal.ts'
import { payeesOn } from './payees.ts'
import { tokensOn } from './tokens.ts'
import { transfersOn } from './transfers.ts'
import { verificationsOn } from './verifications.ts'

/** All tables on one connection. */
function tablesOn(on: Runner): Tx {
  return {
    banks: banksOn(on),
    apiClients: apiClientsOn(on),
    contracts: contractsOn(on),
    logins: loginCountersOn(on),
    tokens: tokensOn(on),
    sessions: sessionsOn(on),
    drafts: draftsOn(on),
    journal: journalOn(on),
    transfers: transfersOn(on),
    bills: billsOn(on),
    payees: payeesOn(on),
    core: coreBankOn(on),
  }
}

/** The store of the procedures on PostgreSQL. */
export function storeOn(pool: Pool): Store {
  type Work<T> = (tx: Tx, client: PoolClient) => Promise<T>

  const transaction = <T>(work: Work<T>): Promise<T> => untilUndisturbed(() => once(work))

  async function once<T>(work: Work<T>): Promise<T> {
    const client = await connect(pool)
    let broken: Error | undefined
    try {
      await run(client, 'begin')
      const result = await work(tablesOn(client), client)
      await run(client, 'commit')
      return result
    } catch (error) {
      broken = await rollBack(client)
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    attempt: (hold, act, refuse) =>
      transaction(async (tx, client) => {
        const held = await hold(tx)
        await run(client, 'savepoint act')
        const outcome = await act(tx, held)
        if (outcome.ok) return outcome
        await run(client, 'rollback to savepoint act')
        return refuse(tx, outcome)
      }),
    transaction: (work) => transaction(work),
    async ping() {
      await row(pool, 'select 1', [])
    },
    tables: tablesOn(pool),
    verifications: verificationsOn(pool),
  }
}

/** Ends a failed transaction; a connection that cannot even do that is thrown away. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  }
}
