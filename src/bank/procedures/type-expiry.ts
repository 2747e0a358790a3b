import { drawReceipt, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import { dayOf } from '../calendar.ts'
import { type Campaign, expiryNotice } from '../office/campaign.ts'
import { holdCustomer } from '../office/held-customer.ts'
import type { Ports, Tx } from '../ports.ts'
import { release } from '../token-binding.ts'
import { Unavailable } from '../unavailable.ts'

const PROCEDURE = 'type-expiry'

/**
 * 種類の利用終了: after the last day of a type its tokens expire, and the customers fall back to their
 * confirmation method; one customer to a transaction, as often as it is called and in as many
 * processes. A contract is held by one of them at a time and has given its token up when it is let
 * go: nobody is told twice, and a process that dies leaves the rest to the others. One that throws
 * is reported and passed over.
 *
 * Returns how many tokens were taken from their customers.
 */
export async function expireTypes(
  ports: Ports,
  runId: string,
  report: (error: unknown) => void,
): Promise<number> {
  const { campaigns } = ports.store.tables
  let expired = 0
  for (const campaign of await campaigns.pastLastDay(dayOf(ports.clock.now()))) {
    let after = ''
    for (;;) {
      const step = await expireNext(ports, runId, campaign, after, report)
      if (step === undefined) break
      if (step.expired) expired += 1
      after = step.contractId
    }
    await endIfUnused(ports, campaign)
  }
  return expired
}

interface ExpiryStep {
  readonly contractId: string
  readonly expired: boolean
}

async function expireNext(
  ports: Ports,
  runId: string,
  campaign: Campaign,
  after: string,
  report: (error: unknown) => void,
): Promise<ExpiryStep | undefined> {
  let held: string | undefined
  try {
    return await ports.store.transaction(async (tx) => {
      // 1. The next customer of the type is this process's alone until the transaction ends.
      held = await tx.campaigns.holdUser(campaign, after)
      if (held === undefined) return undefined
      return { contractId: held, expired: await expire(ports, tx, runId, campaign, held) }
    })
  } catch (error) {
    if (held === undefined || error instanceof Unavailable) throw error
    report(error)
    return { contractId: held, expired: false }
  }
}

async function expire(
  ports: Ports,
  tx: Tx,
  runId: string,
  campaign: Campaign,
  contractId: string,
): Promise<boolean> {
  const { bankCode } = campaign
  const bank = await tx.banks.profile(bankCode)
  const type = await tx.banks.tokenType(bankCode, campaign.type)
  const { contract, token } = await holdCustomer(tx, bankCode, contractId)
  if (bank === undefined || type === undefined) throw new Error('a campaign about nothing')
  // 2. The customer still has a token of the type; a phone that serves another bank goes on there.
  if (contract === undefined || token?.type !== campaign.type) return false
  if (!(await release(tx, contract, token, 'expired'))) return false
  // 3. Receipt, event and notice, and the campaign knows what became of the customer.
  const request: Request = { bank, actor: { kind: 'system', id: 'scheduler' }, requestId: runId }
  await recordAct(ports, tx, request, {
    attempted: { procedure: PROCEDURE, contractId, serial: token.serial },
    contract,
    receipt: await drawReceipt(ports, tx),
    notice: expiryNotice(type, token.serial),
    detail: { type: type.type, campaignId: campaign.id },
  })
  await tx.campaigns.markExpired(campaign, contractId, ports.clock.now())
  return true
}

/** 4. When nobody uses the type any more, the campaign has done its work. */
const endIfUnused = (ports: Ports, campaign: Campaign) =>
  ports.store.transaction((tx) => tx.campaigns.endIfUnused(campaign, ports.clock.now()))
