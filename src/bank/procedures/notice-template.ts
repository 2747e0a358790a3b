import { recordBankAct } from '../office/bank-act.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import {
  readTemplate,
  STANDARD_TEMPLATE,
  TEMPLATE_PARTS,
  templateOf,
} from '../office/notice-template.ts'
import { done, refused } from '../refusal.ts'

interface Held {
  /** The number of the newest version. */
  readonly version: number
}

/**
 * 取引通知メールの文面: the bank's own words around what a notice tells, as a new version; the older
 * ones are kept. What is in the outbox already is sent as it was written.
 *
 * Refusals: those of `readTemplate`; `wrong-state` (these words are in force already).
 */
export const noticeTemplateChange = fourEyesAct<Held>({
  act: 'notice-template-change',
  hold: async (_ports, tx, bankCode) => ({ version: await tx.messages.lockTemplate(bankCode) }),
  guard: async (_ports, tx, _held, { facts }, request) => {
    // 1. The words carry no link and only known placeholders.
    const read = readTemplate(templateOf(facts))
    if (!read.ok) return read
    // 2. They are others than those in force.
    const [newest] = await tx.messages.templates(request.bank.bankCode, 1)
    const now = newest?.template ?? STANDARD_TEMPLATE
    const same = TEMPLATE_PARTS.every((part) => read.value[part] === now[part])
    return same ? refused('wrong-state') : read
  },
  execute: async (ports, tx, request, held, proposal) => {
    const version = held.version + 1
    // 3. The event, and the next version in force.
    const attempted = { procedure: 'notice-template-change' }
    const receipt = await recordBankAct(ports, tx, request, attempted, { version })
    await tx.messages.addTemplate(request.bank.bankCode, {
      version,
      template: templateOf(proposal.facts),
      decidedAtMs: receipt.receivedAtMs,
      decidedBy: request.actor.id,
      receiptNo: receipt.receiptNo,
    })
    return done(receipt)
  },
})
