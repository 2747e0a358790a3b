import { nextMidnightMs } from './calendar.ts'
import type { Contract } from './contract.ts'
import type { Ports, Tx } from './ports.ts'
import type { Token } from './token.ts'

/*
 * How a contract gets, changes and gives up its token, once its codes have proven what they must.
 * Each is decided by one conditional write; false means that another act was first.
 */

/** The contract's first token. Until 0:00 the low limits apply. */
export async function bind(
  ports: Ports,
  tx: Tx,
  contract: Contract,
  token: Token,
  otpAtLogin: boolean,
): Promise<boolean> {
  if (token.state !== 'active') await tx.tokens.move(token, 'active')
  return tx.contracts.bindToken(contract, token, { otpAtLogin, ...changeNow(ports) })
}

/** The successor in, the old token out, in one write. Until 0:00 the low limits apply. */
export async function swap(
  ports: Ports,
  tx: Tx,
  contract: Contract,
  token: Token,
  successor: Token,
): Promise<boolean> {
  if (successor.state !== 'active') await tx.tokens.move(successor, 'active')
  const by = { token: successor, ...changeNow(ports) }
  if (!(await tx.contracts.replaceToken(contract, token, by))) return false
  await retire(tx, token, 'exchanged')
  return true
}

/** The contract has no token any more: stopped by the customer, reissued, or its type has ended. */
export async function release(
  tx: Tx,
  contract: Contract,
  token: Token,
  as: Exclude<Retired, 'exchanged'> = 'stopped',
): Promise<boolean> {
  if (!(await tx.contracts.replaceToken(contract, token, undefined))) return false
  await retire(tx, token, as)
  return true
}

type Retired = 'exchanged' | 'stopped' | 'reissued' | 'expired'

/**
 * Ends a token that a contract has given up, for good: its serial is never started again. A phone
 * that still serves another contract goes on; it ends with the last of them.
 */
async function retire(tx: Tx, token: Token, as: Retired): Promise<void> {
  if ((await tx.tokens.contractsUsing(token)) > 0) return
  await tx.tokens.move(token, as)
}

/** Until 0:00 the low limits apply, and for a day neither password nor mail address changes. */
function changeNow(ports: Ports) {
  const changedAtMs = ports.clock.now()
  return { changedAtMs, lowLimitUntilMs: nextMidnightMs(changedAtMs) }
}
