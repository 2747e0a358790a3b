import type { Contract } from './contract.ts'
import type { Ports, Tx } from './ports.ts'
import { done, type Outcome, refused } from './refusal.ts'
import { STARTABLE, type Token } from './token.ts'
import { isOpen } from './token-type.ts'

/**
 * Whether this contract may take the token with the typed serial into use: for 利用開始 and as the new
 * token of an 交換.
 *
 * Refusals, all at the field `serial`: `serial-unknown` (mistyped, never confirmed, or withdrawn),
 * `token-suspended`, `type-closed`, `serial-not-yours`, `serial-in-use`.
 */
export async function mayUseSerial(
  ports: Ports,
  tx: Tx,
  contract: Contract,
  token: Token | undefined,
): Promise<Outcome<Token>> {
  // 1. The serial is known here and not withdrawn.
  if (token === undefined) return refused('serial-unknown', 'serial')
  if (token.state === 'suspended') return refused('token-suspended', 'serial')
  const type = await tx.banks.tokenType(contract.bankCode, token.type)
  if (type === undefined) return refused('serial-unknown', 'serial')
  // 2. Hardware is this customer's only if this bank shipped that very serial to the customer.
  if (type.medium === 'hardware' && token.shippedTo !== contract.contractId) {
    return refused('serial-not-yours', 'serial')
  }
  if (!STARTABLE.includes(token.state)) return refused('serial-unknown', 'serial')
  // 3. The type is open for registration today.
  if (!isOpen(type, ports.clock.now())) return refused('type-closed', 'serial')
  // 4. A phone may serve several contracts, a hardware token one.
  if (type.medium === 'hardware' && token.state === 'active') {
    return refused('serial-in-use', 'serial')
  }
  return done(token)
}

/**
 * The serial for the event of an attempt: only one that exists. People type codes and passwords
 * into the wrong field, and those must not be kept.
 */
export async function recordedSerial(
  ports: Ports,
  bankCode: string,
  serial: string | undefined,
): Promise<{ readonly serial?: string }> {
  if (serial === undefined) return {}
  const known = await ports.store.tables.tokens.find(bankCode, serial)
  return known === undefined ? {} : { serial }
}
