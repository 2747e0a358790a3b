import { drawReceipt, type ReceiptFacts, recordAct } from './act.ts'
import type { Request } from './attempt.ts'
import type { Contract } from './contract.ts'
import type { BankEvent } from './event.ts'
import type { NoticeFacts } from './notice.ts'
import type { Ports, Tx } from './ports.ts'
import { type Refused, refused } from './refusal.ts'
import type { Token } from './token.ts'

/*
 * 利用停止 and its end, by whichever way: one phone may serve several contracts, also at several banks,
 * and what happens to it concerns all of them.
 */

/** A token and the contracts of all banks that use it, held together. */
export interface HeldWithUsers {
  readonly token: Token | undefined
  readonly users: readonly Contract[]
}

/** Locks the contracts in one order, then the token: as the customers' own acts do. */
export async function holdWithUsers(
  tx: Tx,
  token: Pick<Token, 'issuer' | 'serial'>,
): Promise<HeldWithUsers> {
  const users = await tx.contracts.lockUsing(token)
  return { users, token: await tx.tokens.lock(token) }
}

/**
 * From this commit on no code of the token is accepted, on any page, by the API, in any process.
 * The bank holds it; a token that another bank holds already is held by both.
 *
 * Refusals: `token-suspended` (this bank holds it already), `no-token` (not in use).
 */
export async function suspend(
  ports: Ports,
  tx: Tx,
  bankCode: string,
  token: Token,
): Promise<Refused | undefined> {
  if (token.state !== 'suspended') {
    if (token.state !== 'active') return refused('no-token')
    if (!(await tx.tokens.move(token, 'suspended'))) return refused('no-token')
  }
  const placed = await tx.tokenHolds.place(token, bankCode, ports.clock.now())
  return placed ? undefined : refused('token-suspended')
}

/**
 * The kind of the events at contracts that only share a token with the one it was reported for: one
 * lost phone is one report, however many contracts and banks it serves.
 */
export const SHARED_SUSPENSION = 'token-suspend-shared'

/** What is told to the users of a token, each under a receipt number of the own bank. */
export interface ToldToUsers {
  readonly procedure: string
  readonly serial: string
  readonly notice: NoticeFacts
  readonly detail?: BankEvent['detail']
}

/**
 * Receipt, event and notice for each of them. At other banks than the request's the centre acts:
 * who works here, and for whom, is no business of theirs.
 */
export async function tellUsers(
  ports: Ports,
  tx: Tx,
  request: Request,
  users: readonly Contract[],
  told: ToldToUsers,
): Promise<ReceiptFacts[]> {
  const receipts: ReceiptFacts[] = []
  for (const contract of users) {
    const receipt = await drawReceipt(ports, tx)
    await recordAct(ports, tx, await requestAt(tx, request, contract.bankCode), {
      attempted: {
        procedure: told.procedure,
        contractId: contract.contractId,
        serial: told.serial,
      },
      contract,
      receipt,
      notice: told.notice,
      ...(told.detail && { detail: told.detail }),
    })
    receipts.push(receipt)
  }
  return receipts
}

async function requestAt(tx: Tx, request: Request, bankCode: string): Promise<Request> {
  if (bankCode === request.bank.bankCode) return request
  const bank = await tx.banks.profile(bankCode)
  if (bank === undefined) throw new Error('a contract of no bank')
  return { bank, actor: { kind: 'system', id: 'centre' }, requestId: request.requestId }
}
