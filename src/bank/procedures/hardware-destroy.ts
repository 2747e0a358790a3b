import { normaliseSerial } from '../../oath/serial.ts'
import { drawReceipt, type ReceiptFacts } from '../act.ts'
import { eventOf, type Request } from '../attempt.ts'
import type { HardwareToken } from '../hardware/hardware-stock.ts'
import { fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'hardware-destroy'

/** So many are destroyed under one signature: more, nobody compares with the list. */
export const MOST_DESTROYED = 100

/** What is at the bank, and nowhere meant for anybody. */
const DESTROYABLE = ['stocked', 'returned']

interface DestroyFacts {
  readonly serials: readonly string[]
}

/**
 * 廃棄: the listed tokens are broken up, one person with another. All of them or none.
 *
 * Refusals: `invalid-input` at `serials`, `serial-unknown`, `wrong-state` (not at the bank, or
 * meant for a customer).
 */
export const destroyTokens = fourEyesAct<readonly (HardwareToken | undefined)[]>({
  act: ACT,
  hold: holdTokens,
  guard: async (_ports, _tx, held) => areHere(held),
  execute: (ports, tx, request, held) => destroy(ports, tx, request, held),
})

/** What is proposed of a list of serials, as typed or scanned one after another. */
export function destructionOf(typed: string): Outcome<Prepared> {
  const read = typed.split(/[\s,、，]+/).filter((text) => text !== '')
  const serials = [...new Set(read.map((text) => normaliseSerial(text) ?? ''))].sort()
  const [first] = serials
  if (first === undefined || first === '' || serials.length > MOST_DESTROYED) {
    return refused('invalid-input', 'serials')
  }
  const subject = serials.length === 1 ? first : `${first} ほか${serials.length - 1}本`
  return done({ subject, facts: { serials } })
}

/** In one order, so that two lists that overlap do not wait for each other in a circle. */
async function holdTokens(_ports: Ports, tx: Tx, bankCode: string, { facts }: Prepared) {
  const held: (HardwareToken | undefined)[] = []
  for (const serial of (facts as unknown as DestroyFacts).serials) {
    held.push(await tx.hardware.stock.lock(bankCode, serial))
  }
  return held
}

function areHere(held: readonly (HardwareToken | undefined)[]): Outcome<true> {
  if (held.includes(undefined)) return refused('serial-unknown', 'serials')
  const areAll = held.every((each) => DESTROYABLE.includes(each?.token.state ?? ''))
  return areAll ? done(true) : refused('wrong-state', 'serials')
}

async function destroy(
  ports: Ports,
  tx: Tx,
  request: Request,
  held: readonly (HardwareToken | undefined)[],
): Promise<Outcome<ReceiptFacts>> {
  const receipt = await drawReceipt(ports, tx)
  const { receiptNo } = receipt
  for (const each of held) {
    if (each === undefined || !(await tx.tokens.move(each.token, 'destroyed'))) {
      return refused('wrong-state', 'serials')
    }
    // An event for each, so that the life of every token tells its end.
    const attempted = { procedure: ACT, serial: each.token.serial }
    await tx.journal.append(eventOf(ports, request, attempted, 'done', { receiptNo }))
  }
  return done(receipt)
}
