import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { eventOf, type Request } from '../attempt.ts'
import { dayOf } from '../calendar.ts'
import type { Contract } from '../contract.ts'
import type { NewApplication } from '../hardware/hardware.ts'
import type { AgeingToken, CampaignPlace } from '../hardware/hardware-batteries.ts'
import { batteryNotice } from '../hardware/hardware-notices.ts'
import { fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import type { Ports, Proposal, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { Unavailable } from '../unavailable.ts'

const ACT = 'battery-campaign'
/** Of one token of a campaign. */
const REPLACEMENT = 'battery-replacement'

/** So many under one signature; more go into the next campaign. */
export const MOST_IN_CAMPAIGN = 2_000

interface CampaignFacts {
  readonly endsBy: string
  readonly serials: readonly string[]
}

/**
 * 電池交換キャンペーン: for every listed token an application without a fee, so that its customer
 * gets another one in time. The approval only sets it going; `runBatteryCampaigns` does it token by
 * token.
 *
 * Refusals: `invalid-input` (an empty list, or one that is too long).
 */
export const batteryCampaign = fourEyesAct<undefined>({
  act: ACT,
  hold: async () => undefined,
  guard: async (_ports, _tx, _held, prepared) => mayBegin(prepared),
  execute: (ports, tx, request, _held, proposal) => begin(ports, tx, request, proposal),
})

/** What is proposed of the tokens that a dry run has listed: those that wait for nothing yet. */
export function campaignOf(endsBy: string, ageing: readonly AgeingToken[]): Prepared {
  const due = ageing.filter(({ hasSuccessor }) => !hasSuccessor)
  const serials = due.slice(0, MOST_IN_CAMPAIGN).map(({ serial }) => serial)
  return { subject: `電池の期限 ${endsBy}まで`, facts: { endsBy, serials } }
}

const factsOf = ({ facts }: Prepared) => facts as unknown as CampaignFacts

function mayBegin(prepared: Prepared): Outcome<true> {
  const { length } = factsOf(prepared).serials
  return length === 0 || length > MOST_IN_CAMPAIGN ? refused('invalid-input') : done(true)
}

async function begin(
  ports: Ports,
  tx: Tx,
  request: Request,
  proposal: Proposal,
): Promise<Outcome<ReceiptFacts>> {
  const { bankCode } = request.bank
  const { endsBy, serials } = factsOf(proposal)
  const receipt = await drawReceipt(ports, tx)
  const { receiptNo, receivedAtMs } = receipt
  const people = { preparedBy: proposal.preparedBy, approvedBy: request.actor.id }
  const campaign = { bankCode, campaignNo: receiptNo, endsBy, startedAtMs: receivedAtMs, ...people }
  await tx.hardware.batteries.open(campaign, serials)
  const more = { receiptNo, detail: { endsBy, tokens: serials.length } }
  await tx.journal.append(eventOf(ports, request, { procedure: ACT }, 'done', more))
  return done(receipt)
}

/**
 * Deals with what the campaigns have listed, one token to a transaction, in as many processes as
 * there are: a row is held by one of them and leaves its state in the transaction that records the
 * application. One that cannot be done is skipped with its reason, ever; one that throws is
 * reported and tried again at the next call.
 */
export async function runBatteryCampaigns(
  ports: Ports,
  runId: string,
  report: (error: unknown) => void,
): Promise<number> {
  let settled = 0
  let last: CampaignPlace | undefined
  for (;;) {
    const step = await runNext(ports, runId, last, report)
    if (step === undefined) return settled
    if (step.isSettled) settled += 1
    last = step.place
  }
}

async function runNext(
  ports: Ports,
  runId: string,
  after: CampaignPlace | undefined,
  report: (error: unknown) => void,
): Promise<{ readonly place: CampaignPlace; readonly isSettled: boolean } | undefined> {
  let held: CampaignPlace | undefined
  try {
    await ports.store.attempt(
      // 1. The next one that waits is this process's alone until the transaction ends.
      async (tx) => {
        held = await tx.hardware.batteries.holdNext(after)
        return held
      },
      async (tx, place) => {
        if (place !== undefined) return replace(ports, tx, runId, place)
        return done(undefined)
      },
      // 4. Or there is no application, and the page of the campaign says why.
      async (tx, refusal) => {
        if (held === undefined) return refusal
        await tx.hardware.batteries.settle(held, { skippedFor: refusal.refusal })
        const request = await requestOf(tx, held, runId)
        const attempted = { procedure: REPLACEMENT, serial: held.serial }
        await tx.journal.append(eventOf(ports, request, attempted, refusal.refusal))
        return refusal
      },
    )
    return held && { place: held, isSettled: true }
  } catch (error) {
    if (held === undefined || error instanceof Unavailable) throw error
    report(error)
    return { place: held, isSettled: false }
  }
}

async function requestOf(tx: Tx, { bankCode }: CampaignPlace, runId: string): Promise<Request> {
  const bank = await tx.banks.profile(bankCode)
  if (bank === undefined) throw new Error('a campaign of no bank')
  return { bank, actor: { kind: 'system', id: 'scheduler' }, requestId: runId }
}

async function replace(
  ports: Ports,
  tx: Tx,
  runId: string,
  place: CampaignPlace,
): Promise<Outcome<undefined>> {
  const { bankCode, serial, campaignNo } = place
  const request = await requestOf(tx, place, runId)
  const { batteries, terms, applications } = tx.hardware
  // 2. The token is still in use, and nothing is on its way in its place.
  const contract = await userOf(tx, bankCode, serial)
  const ageing = await batteries.find(bankCode, serial, await terms.find(bankCode))
  if (contract === undefined || ageing === undefined) return refused('no-token')
  if (ageing.hasSuccessor) return refused('already-applied')
  // 3. An application without a fee, and the customer is told. The old token goes on meanwhile.
  const receipt = await drawReceipt(ports, tx)
  const application: NewApplication = {
    bankCode,
    contractId: contract.contractId,
    applicationNo: receipt.receiptNo,
    purpose: 'battery',
    appliedOn: dayOf(receipt.receivedAtMs),
    feeYen: 0,
    replaces: serial,
    recordedBy: request.actor.id,
    recordedAtMs: receipt.receivedAtMs,
    ...(ageing.shape !== undefined && { shape: ageing.shape }),
  }
  if (!(await applications.insert(application))) return refused('already-applied')
  await batteries.settle(place, { applicationNo: receipt.receiptNo })
  await recordAct(ports, tx, request, {
    attempted: { procedure: REPLACEMENT, contractId: contract.contractId, serial },
    contract,
    receipt,
    notice: batteryNotice(serial, ageing.endsOn),
    detail: { campaignNo },
  })
  return done(undefined)
}

/** The contract of this bank that uses the token, held until the transaction ends. */
async function userOf(tx: Tx, bankCode: string, serial: string): Promise<Contract | undefined> {
  const found = await tx.hardware.stock.find(bankCode, serial)
  const users = found ? await tx.contracts.lockUsing(found.token) : []
  return users.find((user) => user.bankCode === bankCode)
}
