import type { BankProfile } from './contract.ts'
import type { Actor, BankEvent } from './event.ts'
import { WRONG_LOOK_UPS_A_DAY } from './money/bill.ts'
import type { Ports, Tx } from './ports.ts'
import { type Outcome, type Refusal, type Refused, refused, type WrongAnswer } from './refusal.ts'

/** Who asks for what: the facts that stand in every event of an act, done or refused. */
export interface Request {
  readonly bank: BankProfile
  readonly actor: Actor
  /** The request's ID, as it stands in the access log. */
  readonly requestId: string
}

export interface Attempted {
  readonly procedure: string
  readonly contractId?: string
  readonly serial?: string
}

/**
 * Runs an act in one transaction, in three parts. `hold` takes the locks under which answers are
 * judged: attempts on the same contract and token queue up there. `act` does it all, or refuses. A
 * refusal undoes all that `act` wrote, but not the locks; under them the wrong answer is counted
 * and the attempt is recorded, and that is committed before anyone is told.
 *
 * So undoing a refused act never undoes the count, and of any number of guesses at once no more are
 * judged than the threshold allows.
 */
export function attempt<Held, T>(
  ports: Ports,
  request: Request,
  attempted: Attempted,
  hold: (tx: Tx) => Promise<Held>,
  act: (tx: Tx, held: Held) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return ports.store.attempt(
    hold,
    (tx, held) => act(markingUse(ports, tx, attempted.procedure), held),
    async (tx, refusal) => {
      const { detail, ...untold } = refusal
      const told = await settle(tx, request.bank, untold)
      await tx.journal.append(
        eventOf(ports, request, attempted, told.refusal, detail && { detail }),
      )
      return told
    },
  )
}

/** A code that the act accepts is kept with what it was for: a customer may ask where it went. */
function markingUse(ports: Pick<Ports, 'clock'>, tx: Tx, procedure: string): Tx {
  const marked =
    (accept: Tx['tokens']['accept']): Tx['tokens']['accept'] =>
    (token, step, driftSteps, thresholds) =>
      accept(token, step, driftSteps, thresholds, { procedure, atMs: ports.clock.now() })
  const { tokens } = tx
  const accept = marked(tokens.accept)
  return { ...tx, tokens: { ...tokens, accept, acceptPair: marked(tokens.acceptPair) } }
}

/** What the customer is told once a counter stands at its threshold. */
const STOPPED = {
  code: 'locked-code',
  confirmation: 'locked-confirmation',
  password: 'locked-password',
  'bill-look-up': 'too-many-requests',
} as const satisfies Record<WrongAnswer['counter'], Refusal>

/**
 * Counts the wrong answer; when the counter is locked already, that is what the customer is told.
 */
async function settle(tx: Tx, bank: BankProfile, refusal: Refused): Promise<Refused> {
  const { counts, ...told } = refusal
  if (counts === undefined || (await count(tx, bank, counts))) return told
  return refused(STOPPED[counts.counter], refusal.field)
}

function count(tx: Tx, bank: BankProfile, wrong: WrongAnswer): Promise<boolean> {
  switch (wrong.counter) {
    case 'code':
      return tx.tokens.countFailure(wrong.token, bank.thresholds)
    case 'confirmation':
      return tx.contracts.countConfirmationFailure(wrong.contract, bank.thresholds.confirmation)
    case 'password':
      return tx.logins.countFailure(bank.bankCode, wrong.contractId)
    case 'bill-look-up':
      return tx.bills.countWrongLookUp(wrong.contract, wrong.day, WRONG_LOOK_UPS_A_DAY)
  }
}

/** The event of an attempt or act, ready to be appended. */
export function eventOf(
  ports: Pick<Ports, 'clock' | 'random'>,
  request: Request,
  attempted: Attempted,
  outcome: BankEvent['outcome'],
  more: Pick<BankEvent, 'receiptNo' | 'detail'> = {},
): BankEvent {
  const { procedure, ...subject } = attempted
  return {
    id: ports.random.id(),
    bankCode: request.bank.bankCode,
    atMs: ports.clock.now(),
    actor: request.actor,
    kind: procedure,
    outcome,
    requestId: request.requestId,
    ...subject,
    ...more,
  }
}
