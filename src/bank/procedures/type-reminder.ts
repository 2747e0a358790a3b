import { eventOf, type Request } from '../attempt.ts'
import { dayOf } from '../calendar.ts'
import { letterOf } from '../notice.ts'
import { reminderLetter } from '../office/campaign.ts'
import type { Ports, Reminder, Tx, TypeUser } from '../ports.ts'
import type { TokenType } from '../token-type.ts'

const PROCEDURE = 'type-reminder'

/** So many letters join the outbox at once: a customer's own notice waits behind no more. */
export const PORTION = 100
/** And so long the next portion waits, whichever process queues it. */
export const PORTION_EVERY_MS = 10_000

/**
 * 受付終了の案内: queues the next portion of a reminder whose day has come, called from time to time by
 * every process. The reminder is held by one of them at a time, and how far it has come is
 * committed with the letters: a process that dies in between has sent nothing, and no customer is
 * told twice.
 *
 * Returns how many letters were queued; undefined when nothing was due.
 */
export function remindNext(ports: Ports, runId: string): Promise<number | undefined> {
  return ports.store.transaction(async (tx) => {
    const nowMs = ports.clock.now()
    // 1. A reminder that is due is this process's alone until the transaction ends.
    const reminder = await tx.campaigns.holdReminder(dayOf(nowMs), nowMs)
    if (reminder === undefined) return undefined
    const { campaign, afterContract } = reminder
    const { bankCode, type } = campaign
    const bank = await tx.banks.profile(bankCode)
    const tokenType = await tx.banks.tokenType(bankCode, type)
    if (bank === undefined || tokenType === undefined) throw new Error('a campaign about nothing')
    // 2. The next customers who still use the type, each of whom is told once.
    const users = await tx.campaigns.users(bankCode, type, afterContract, PORTION)
    const marked = new Set(
      await tx.campaigns.markReminded(
        reminder,
        users.map(({ contractId }) => contractId),
      ),
    )
    const told = users.filter(({ contractId }) => marked.has(contractId))
    const actor = { kind: 'system', id: 'scheduler' } as const
    const request: Request = { bank, actor, requestId: runId }
    await Promise.all(told.map((user) => remind(ports, tx, request, reminder, tokenType, user)))
    // 3. From the last of them on, a little later; or this was the last portion.
    const last = users.at(-1)?.contractId
    const more = users.length === PORTION && last !== undefined
    const to = { afterContract: last ?? afterContract, queued: told.length, nowMs }
    await tx.campaigns.advanceReminder(reminder, to, more ? nowMs + PORTION_EVERY_MS : undefined)
    return told.length
  })
}

/** Letter and event of one customer. */
async function remind(
  ports: Ports,
  tx: Tx,
  request: Request,
  { campaign, no }: Reminder,
  type: TokenType,
  { contractId, serial, mail }: TypeUser,
): Promise<void> {
  const { bank } = request
  const createdAtMs = ports.clock.now()
  const letter = reminderLetter(type, campaign, serial, dayOf(createdAtMs))
  const text = letterOf(bank, contractId, letter)
  const { bankCode } = bank
  const attempted = { procedure: PROCEDURE, contractId, serial }
  const detail = { type: type.type, campaignId: campaign.id, reminder: no }
  await Promise.all([
    tx.journal.addNotice({ bankCode, contractId, to: mail, createdAtMs, ...text }),
    tx.journal.append(eventOf(ports, request, attempted, 'done', { detail })),
  ])
}
