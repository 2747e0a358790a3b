import { drawReceipt, recordAct } from './act.ts'
import type { Request } from './attempt.ts'
import type { Contract } from './contract.ts'
import { type FourEyesAct, fourEyesAct } from './four-eyes.ts'
import { type HeldCustomer, holdCustomer } from './held-customer.ts'
import type { NoticeFacts } from './notice.ts'
import type { Browser, Ports, Tx } from './ports.ts'
import { done, type Outcome, refused } from './refusal.ts'
import type { Token } from './token.ts'

/** The customer whom an act of the staff is about, held until it is done. */
export interface Customer {
  readonly contract: Contract
  readonly token: Token | undefined
}

/** What a procedure says of an act about one customer that needs two people. */
export interface CustomerActParts {
  readonly act: string
  /** Whether it is possible now: asked when it is prepared, and again when it is approved. */
  readonly possible: (
    customer: Customer,
    request: Request,
    ports: Ports,
  ) => Outcome<unknown> | Promise<Outcome<unknown>>
  /** Does it. False when another act was first. */
  readonly change: (
    ports: Ports,
    tx: Tx,
    customer: Customer,
    request: Request,
    proposalId: string,
  ) => Promise<boolean>
  readonly notice: (customer: Customer) => NoticeFacts
}

/**
 * An act about one customer, the subject of its proposal: prepared by one person, approved by
 * another, with receipt, event and notice.
 *
 * Refusals: `unknown-contract`, those of `possible`, `wrong-state`.
 */
export function customerAct(parts: CustomerActParts): FourEyesAct {
  return fourEyesAct<HeldCustomer>({
    act: parts.act,
    hold: (_ports, tx, bankCode, { subject }) => holdCustomer(tx, bankCode, subject),
    async guard(ports, _tx, { contract, token }, _prepared, request) {
      if (contract === undefined) return refused('unknown-contract')
      return parts.possible({ contract, token }, request, ports)
    },
    async execute(ports, tx, request, { contract, token }, proposal) {
      if (contract === undefined) return refused('unknown-contract')
      const customer = { contract, token }
      const changed = await parts.change(ports, tx, customer, request, proposal.id)
      if (!changed) return refused('wrong-state')
      const receipt = await drawReceipt(ports, tx)
      const { contractId } = contract
      const serial = token && { serial: token.serial }
      await recordAct(ports, tx, request, {
        attempted: { procedure: parts.act, contractId, ...serial },
        contract,
        receipt,
        notice: parts.notice(customer),
        detail: { proposalId: proposal.id },
      })
      return done(receipt)
    },
  })
}

/** Not the identifier of any browser: sessions and drafts of all others are those of all. */
const NO_BROWSER: Browser = new Uint8Array()

/** Nobody is signed in as this customer any more, or in the middle of something. */
export async function signOutEverywhere(tx: Tx, contract: Contract): Promise<void> {
  await tx.sessions.endOthers(contract, NO_BROWSER)
  await tx.drafts.endOthers(contract, NO_BROWSER)
}
