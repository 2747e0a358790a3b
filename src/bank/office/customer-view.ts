import { dayOf } from '../calendar.ts'
import type { BankProfile, Contract } from '../contract.ts'
import type { RecordedEvent } from '../event-reading.ts'
import { dailyLimitYen } from '../money/money.ts'
import type { HistoryEntry, Letter, Ports, Proposal, Session, TokenHold } from '../ports.ts'
import type { Token } from '../token.ts'
import type { TokenType } from '../token-type.ts'

/** All that a clerk sees of a customer, as it stands: read, and held by nobody. */
export interface CustomerView {
  readonly contract: Contract
  readonly token?: Token
  readonly tokenType?: TokenType
  /** The banks that hold the token suspended. */
  readonly holds: readonly TokenHold[]
  /** Other contracts that use the same phone. */
  readonly othersHere: readonly string[]
  readonly othersElsewhere: number
  /** Consecutive wrong login passwords. */
  readonly loginFailures: number
  /** What may be sent today, and what was. */
  readonly limitYen: number
  readonly usedYen: number
  readonly session?: Session
  readonly reservations: readonly HistoryEntry[]
  readonly proposals: readonly Proposal[]
  readonly letters: readonly Letter[]
}

const MOST_RESERVATIONS = 50
const MOST_PROPOSALS = 20

/** Undefined when the bank has no such contract. */
export async function viewCustomer(
  ports: Ports,
  bank: BankProfile,
  contractId: string,
): Promise<CustomerView | undefined> {
  const { tables } = ports.store
  const { bankCode } = bank
  const nowMs = ports.clock.now()
  const contract = await tables.contracts.find(bankCode, contractId)
  if (contract === undefined) return undefined
  const waiting = { status: 'reserved', kind: 'transfer', most: MOST_RESERVATIONS } as const
  const [ofToken, loginFailures, usedYen, session, reservations, proposals, letters] =
    await Promise.all([
      viewToken(ports, contract),
      tables.logins.failures(bankCode, contractId),
      tables.transfers.usedYen(contract, dayOf(nowMs)),
      tables.customers.session(contract),
      tables.transfers.search(contract, waiting),
      tables.proposals.ofContract(bankCode, contractId, MOST_PROPOSALS),
      tables.letters.ofContract(bankCode, contractId),
    ])
  return {
    contract,
    ...ofToken,
    loginFailures,
    usedYen,
    limitYen: dailyLimitYen(bank, contract, nowMs),
    ...(session && { session }),
    reservations: reservations.found,
    proposals,
    letters,
  }
}

type TokenView = Pick<
  CustomerView,
  'token' | 'tokenType' | 'holds' | 'othersHere' | 'othersElsewhere'
>

async function viewToken(ports: Ports, contract: Contract): Promise<TokenView> {
  const { tables } = ports.store
  const { bankCode, contractId } = contract
  const token = contract.token && (await tables.tokens.get(contract.token))
  if (token === undefined) return { holds: [], othersHere: [], othersElsewhere: 0 }
  const [tokenType, holds, users] = await Promise.all([
    tables.banks.tokenType(bankCode, token.type),
    tables.tokenHolds.of(token),
    tables.customers.usersOf(bankCode, token),
  ])
  return {
    token,
    ...(tokenType && { tokenType }),
    holds,
    othersHere: users.here.filter((user) => user !== contractId),
    othersElsewhere: users.elsewhere,
  }
}

/** What was done and refused, a page at a time. */
export async function viewHistory(
  ports: Ports,
  { bankCode, contractId }: Contract,
  of: { readonly most: number; readonly before?: number; readonly withViewings: boolean },
): Promise<{ readonly events: readonly RecordedEvent[]; readonly older?: number }> {
  const { most, before, withViewings } = of
  const { events: log } = ports.store
  const found = await log.ofContract(bankCode, contractId, most + 1, before, withViewings)
  const events = found.slice(0, most)
  const last = events.at(-1)
  return { events, ...(found.length > most && last && { older: last.seq }) }
}
