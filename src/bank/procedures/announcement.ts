import { dayOf } from '../calendar.ts'
import { announcementFormOf, announcementOf, checkDays, stageOf } from '../office/announcement.ts'
import { recordBankAct } from '../office/bank-act.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import type { AnnouncementRecord } from '../ports.ts'
import { done, refused } from '../refusal.ts'

/**
 * 重要なお知らせ: what all customers read on the login page and on the home page, from its first day to
 * its last. The text is in the proposal, word by word as it was previewed.
 *
 * Refusals: those of `checkDays`.
 */
export const announcementPublish = fourEyesAct<undefined>({
  act: 'announcement-publish',
  hold: async () => undefined,
  guard: async (ports, _tx, _held, { facts }) =>
    // 1. Its days are still to come.
    checkDays(announcementFormOf(facts), dayOf(ports.clock.now())),
  execute: async (ports, tx, request, _held, proposal) => {
    const { bankCode } = request.bank
    const form = announcementFormOf(proposal.facts)
    const announcement = announcementOf(bankCode, proposal.id, form)
    // 2. The event, and the announcement under its receipt number.
    const receipt = await recordBankAct(
      ports,
      tx,
      request,
      { procedure: 'announcement-publish' },
      { announcementId: proposal.id, publishedOn: form.publishedOn, lastDay: form.lastDay },
    )
    await tx.messages.publish({ ...announcement, receiptNo: receipt.receiptNo })
    return done(receipt)
  },
})

/**
 * お知らせの取下げ, before its last day or before its first.
 *
 * Refusals: `wrong-state` (no such announcement, over, or taken down before).
 */
export const announcementTakeDown = fourEyesAct<AnnouncementRecord | undefined>({
  act: 'announcement-take-down',
  hold: (_ports, tx, bankCode, { facts }) =>
    tx.messages.lock(bankCode, String(facts.announcementId)),
  guard: async (ports, _tx, held) => {
    // 1. It is shown, or will be.
    if (held === undefined) return refused('wrong-state')
    const stage = stageOf(held, dayOf(ports.clock.now()))
    return stage === 'shown' || stage === 'to-come' ? done(held) : refused('wrong-state')
  },
  execute: async (ports, tx, request, held) => {
    if (held === undefined) return refused('wrong-state')
    // 2. The event, and it is gone: pages that remember it forget it within seconds.
    const attempted = { procedure: 'announcement-take-down' }
    const detail = { announcementId: held.id }
    const receipt = await recordBankAct(ports, tx, request, attempted, detail)
    const { receiptNo, receivedAtMs } = receipt
    if (!(await tx.messages.takeDown(held, receiptNo, receivedAtMs))) return refused('wrong-state')
    return done(receipt)
  },
})
