import type { BankEvent } from '../../bank/event.ts'
import type { Clock, Random } from '../../bank/ports.ts'

/** What the installation does by itself or at the word of its operator, and for which bank. */
export interface SystemAct {
  readonly kind: 'key-rotation' | 'key-destruction' | 'backup' | 'restore'
  readonly bankCode: string
  /** The command or the work that did it. */
  readonly by: string
  /** Common to all events of one run. */
  readonly runId: string
  readonly detail: NonNullable<BankEvent['detail']>
}

/** The event of an act that no request has caused. */
export function systemEvent(
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  { kind, bankCode, by, runId, detail }: SystemAct,
): BankEvent {
  return {
    id: random.id(),
    bankCode,
    atMs: clock.now(),
    actor: { kind: 'system', id: by },
    kind,
    outcome: 'done',
    requestId: runId,
    detail,
  }
}
