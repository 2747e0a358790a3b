import type { Pool, PoolClient } from 'pg'
import type { Store, Tx } from '../bank/ports.ts'
import { apiClientsOn, banksOn } from './banks.ts'
import { connect, type Runner, row, run, untilUndisturbed } from './connection.ts'
import { contractRegisterOn } from './customers/contract-register.ts'
import { contractsOn, loginCountersOn } from './customers/contracts.ts'
import { customersOn } from './customers/customer-search.ts'
import { draftsOn, sessionsOn } from './customers/drafts.ts'
import { lettersOn } from './customers/letters.ts'
import { lossTablesOn } from './customers/loss.ts'
import { eventReadingOn } from './events/events.ts'
import { figuresOn } from './events/figures.ts'
import { journalOn } from './events/journal.ts'
import { billsOn } from './money/bills.ts'
import { coreBankOn } from './money/core-bank.ts'
import { payeesOn } from './money/payees.ts'
import { transfersOn } from './money/transfers.ts'
import { administrationOn } from './office/administration.ts'
import { campaignsOn } from './office/campaigns.ts'
import { messagesOn } from './office/messages.ts'
import { proposalsOn } from './office/proposals.ts'
import { staffOn, staffSessionsOn } from './office/staff.ts'
import { hardwareOn } from './tokens/hardware.ts'
import { stockOn } from './tokens/stock.ts'
import { tokensOn } from './tokens/tokens.ts'
import { verificationsOn } from './tokens/verifications.ts'

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
    stock: stockOn(on),
    hardware: hardwareOn(on),
    core: coreBankOn(on),
    staff: staffOn(on),
    staffSessions: staffSessionsOn(on),
    proposals: proposalsOn(on),
    customers: customersOn(on),
    ...lossTablesOn(on),
    letters: lettersOn(on),
    register: contractRegisterOn(on),
    administration: administrationOn(on),
    campaigns: campaignsOn(on),
    messages: messagesOn(on),
    figures: figuresOn(on),
  }
}

const TABLES_OF_CLIENTS = new WeakMap<PoolClient, Tx>()

/** The same, kept with the connection for its next transaction. */
function tablesOf(client: PoolClient): Tx {
  const tables = TABLES_OF_CLIENTS.get(client) ?? tablesOn(client)
  TABLES_OF_CLIENTS.set(client, tables)
  return tables
}

/** The store of the procedures on PostgreSQL. */
export function storeOn(pool: Pool): Store {
  /** `begun` is the answer to `begin`: work may send its first statement before it is there. */
  type Work<T> = (tx: Tx, client: PoolClient, begun: Promise<void>) => Promise<T>

  const inTransaction = <T>(work: Work<T>): Promise<T> => untilUndisturbed(() => once(work))

  async function once<T>(work: Work<T>): Promise<T> {
    const client = await connect(pool)
    let broken: Error | undefined
    try {
      const result = await work(tablesOf(client), client, sent(client, 'begin'))
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
      inTransaction(async (tx, client, begun) => {
        const held = await hold(tx)
        await begun
        const marked = sent(client, 'savepoint act')
        const outcome = await act(tx, held)
        await marked
        if (outcome.ok) return outcome
        await run(client, 'rollback to savepoint act')
        return refuse(tx, outcome)
      }),
    transaction: (work) =>
      inTransaction(async (tx, _client, begun) => {
        await begun
        return work(tx)
      }),
    async ping() {
      await row(pool, 'select 1', [])
    },
    tables: tablesOn(pool),
    verifications: verificationsOn(pool),
    events: eventReadingOn(pool),
  }
}

/** Sends a statement whose answer is asked for later, behind what is sent after it. */
function sent(client: PoolClient, text: string): Promise<void> {
  const answer = run(client, text)
  answer.catch(() => {})
  return answer
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
