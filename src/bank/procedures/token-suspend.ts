import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'
import { suspendNotice } from '../token-notices.ts'

const PROCEDURE = 'token-suspend'

export interface TokenSuspendResult extends ReceiptFacts {
  readonly serial: string
}

interface Held {
  readonly token: Token | undefined
  readonly users: readonly Contract[]
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
  const attempted = { procedure: PROCEDURE, serial }
  return attempt<Held, TokenSuspendResult>(
    ports,
    request,
    attempted,
    async (tx) => {
      const found = await tx.tokens.find(bankCode, serial)
      const users = found ? await tx.contracts.lockUsing(bankCode, found) : []
      return { users, token: found && (await tx.tokens.lock(found)) }
    },
    async (tx, { token, users }) => {
      // 1. The token is in use by customers of this bank.
      const [first] = users
      if (token === undefined || first === undefined) return refused('serial-unknown', 'serial')
      // 2. It is not suspended already.
      if (token.state === 'suspended') return refused('token-suspended', 'serial')
      if (!(await tx.tokens.move(token, 'suspended'))) return refused('serial-unknown', 'serial')
      // 3. Every customer concerned gets a receipt, and is told.
      const receipt = await drawReceipt(ports, tx)
      const result: TokenSuspendResult = { ...receipt, serial }
      for (const contract of users) {
        await recordAct(ports, tx, request, {
          attempted: { ...attempted, contractId: contract.contractId },
          contract,
          receipt: contract === first ? receipt : await drawReceipt(ports, tx),
          notice: suspendNotice(serial),
        })
      }
      return done(result)
    },
  )
}
