import { drawReceipt, type ReceiptFacts } from '../act.ts'
import { eventOf, type Request } from '../attempt.ts'
import type { HardwareTerms } from '../hardware/hardware.ts'
import { fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'hardware-terms'

/** A fee above this is a slip of the hand. */
const MOST_FEE_YEN = 10_000
const BATTERY_MONTHS = { least: 12, most: 120 }

/**
 * What the bank takes for a hardware token, and how long it reckons with a battery; from the
 * approval on. Applications that are recorded already keep their fee.
 *
 * Refusals: `invalid-input` at `feeYen` or `batteryMonths`, `wrong-state` (it is so already).
 */
export const hardwareTerms = fourEyesAct<HardwareTerms>({
  act: ACT,
  hold: (_ports, tx, bankCode) => tx.hardware.terms.find(bankCode),
  guard: async (_ports, _tx, now, prepared) => isChange(now, prepared),
  execute: (ports, tx, request, _now, proposal) => set(ports, tx, request, proposal),
})

/** What is proposed of the figures as they were typed. */
export const termsOf = (typed: { feeYen: string; batteryMonths: string }): Prepared => ({
  subject: '手数料と電池の期間',
  facts: { feeYen: numberOf(typed.feeYen), batteryMonths: numberOf(typed.batteryMonths) },
})

/** Full-width digits and separators are forgiven; what is no number is none of the range. */
function numberOf(typed: string): number {
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '')
  return /^\d{1,6}$/.test(text) ? Number(text) : -1
}

const factsOf = ({ facts }: Prepared) => facts as unknown as HardwareTerms

function isChange(now: HardwareTerms, prepared: Prepared): Outcome<true> {
  const { feeYen, batteryMonths } = factsOf(prepared)
  if (feeYen < 0 || feeYen > MOST_FEE_YEN) return refused('invalid-input', 'feeYen')
  const { least, most } = BATTERY_MONTHS
  if (batteryMonths < least || batteryMonths > most) {
    return refused('invalid-input', 'batteryMonths')
  }
  const isSame = feeYen === now.feeYen && batteryMonths === now.batteryMonths
  return isSame ? refused('wrong-state') : done(true)
}

async function set(
  ports: Ports,
  tx: Tx,
  request: Request,
  proposal: Prepared,
): Promise<Outcome<ReceiptFacts>> {
  const { feeYen, batteryMonths } = factsOf(proposal)
  await tx.hardware.terms.set(request.bank.bankCode, { feeYen, batteryMonths })
  const receipt = await drawReceipt(ports, tx)
  const more = { receiptNo: receipt.receiptNo, detail: { feeYen, batteryMonths } }
  await tx.journal.append(eventOf(ports, request, { procedure: ACT }, 'done', more))
  return done(receipt)
}
