import type { ReceiptFacts } from '../act.ts'
import { recordBankAct } from '../office/bank-act.ts'
import { checkPlan, planOf } from '../office/campaign.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import type { TypeStanding } from '../ports.ts'
import { done, refused } from '../refusal.ts'

type Held = TypeStanding | undefined

/**
 * 種類の受付終了: from a day on nothing new of the type is taken, whoever still uses it is reminded on
 * the days of the plan, and after a last day, if there is one, its tokens expire. A later decision
 * about the same type takes the place of the one that runs.
 *
 * Refusals: `wrong-state` (no such type), those of `checkPlan`.
 */
export const typeClose = fourEyesAct<Held>({
  act: 'type-close',
  hold: (_ports, tx, bankCode, { subject }) => tx.campaigns.lockStanding(bankCode, subject),
  guard: async (ports, _tx, held, { facts }) => {
    // 1. The bank knows the type, and the plan can be carried out from today on.
    if (held === undefined) return refused('wrong-state')
    return checkPlan(held.type, planOf(facts), ports.clock.now())
  },
  execute: async (ports, tx, request, held, proposal) => {
    if (held === undefined) return refused('wrong-state')
    const { bankCode } = request.bank
    const { type, running } = held
    const plan = planOf(proposal.facts)
    const nowMs = ports.clock.now()
    // 2. The event, with the days that were decided.
    const receipt: ReceiptFacts = await recordBankAct(
      ports,
      tx,
      request,
      { procedure: 'type-close' },
      {
        type: type.type,
        closedFrom: plan.closedFrom,
        ...(plan.lastDay !== undefined && { lastDay: plan.lastDay }),
        reminders: plan.reminderDays.join(' '),
      },
    )
    // 3. The type is closed, and the campaign runs in the place of the one before.
    await tx.campaigns.setClosedFrom(bankCode, type.type, plan.closedFrom)
    if (running !== undefined) await tx.campaigns.close(running, 'replaced', nowMs)
    await tx.campaigns.start({
      ...plan,
      bankCode,
      id: proposal.id,
      type: type.type,
      state: 'running',
      decidedAtMs: nowMs,
      receiptNo: receipt.receiptNo,
    })
    return done(receipt)
  },
})

/**
 * 受付再開: starts with, and exchanges to, the type are taken again, and a campaign that runs about it
 * ends. Tokens that have expired stay so.
 *
 * Refusals: `wrong-state` (no such type, or nothing to reopen).
 */
export const typeReopen = fourEyesAct<Held>({
  act: 'type-reopen',
  hold: (_ports, tx, bankCode, { subject }) => tx.campaigns.lockStanding(bankCode, subject),
  guard: async (_ports, _tx, held) => {
    // 1. There is something to reopen.
    if (held === undefined) return refused('wrong-state')
    const isOpen = held.type.closedFrom === undefined && held.running === undefined
    return isOpen ? refused('wrong-state') : done(true)
  },
  execute: async (ports, tx, request, held) => {
    if (held === undefined) return refused('wrong-state')
    const { type, running } = held
    // 2. Open, and nothing more is sent or ended.
    await tx.campaigns.setClosedFrom(request.bank.bankCode, type.type, undefined)
    if (running !== undefined) await tx.campaigns.close(running, 'ended', ports.clock.now())
    // 3. The event.
    const attempted = { procedure: 'type-reopen' }
    return done(await recordBankAct(ports, tx, request, attempted, { type: type.type }))
  },
})
