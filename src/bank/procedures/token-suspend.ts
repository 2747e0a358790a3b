import type { ReceiptFacts } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { suspendNotice } from '../token-notices.ts'
import {
  type HeldWithUsers,
  holdWithUsers,
  SHARED_SUSPENSION,
  suspend,
  tellUsers,
} from '../token-suspension.ts'

const PROCEDURE = 'token-suspend'

export interface TokenSuspendResult extends ReceiptFacts {
  readonly serial: string
}

/**
 * 利用停止 by another channel of the bank: from this commit on no code of the token is accepted, on any
 * page, by the API, in any process. Only the bank lifts it.
 *
 * Refusals: `serial-unknown` (also for a token that no contract of this bank uses),
 * `token-suspended`.
 */
export function suspendToken(
  ports: Ports,
  request: Request,
  serial: string,
): Promise<Outcome<TokenSuspendResult>> {
  const { bankCode } = request.bank
  return attempt<HeldWithUsers, TokenSuspendResult>(
    ports,
    request,
    { procedure: PROCEDURE, serial },
    async (tx) => {
      const found = await tx.tokens.find(bankCode, serial)
      return found ? holdWithUsers(tx, found) : { token: undefined, users: [] }
    },
    async (tx, { token, users }) => {
      // 1. The token is in use by customers of this bank.
      const [own, ...family] = users.filter((contract) => contract.bankCode === bankCode)
      if (token === undefined || own === undefined) return refused('serial-unknown', 'serial')
      // 2. It is not suspended already.
      if (token.state === 'suspended') return refused('token-suspended', 'serial')
      if (await suspend(ports, tx, bankCode, token)) return refused('serial-unknown', 'serial')
      // 3. Every customer concerned gets a receipt, and is told; at other banks, too.
      const elsewhere = users.filter((contract) => contract.bankCode !== bankCode)
      const told = { procedure: PROCEDURE, serial, notice: suspendNotice(serial) }
      const [receipt] = await tellUsers(ports, tx, request, [own], told)
      const shared = { ...told, procedure: SHARED_SUSPENSION }
      await tellUsers(ports, tx, request, [...family, ...elsewhere], shared)
      if (receipt === undefined) throw new Error('nobody uses a token that somebody uses')
      return done({ ...receipt, serial })
    },
  )
}
