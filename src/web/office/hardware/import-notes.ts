import type { ImportProgress } from '../../../bank/hardware/stock.ts'
import type { StaffVisit } from '../visit.tsx'

/** Whoever watches asks every few seconds: more often nobody looks. */
const EVERY_MS = 1_000

export interface ImportNotes {
  running(tokens: number): void
  /** What ends it is always noted, after all that came before. */
  end(state: 'done' | 'failed', tokens: number): Promise<void>
}

/**
 * Notes how far an import has come, beside its transaction, for the page that watches it. An
 * import never fails because of its notes: what is noted too late, or not at all, only leaves the
 * page behind.
 */
export function importNotes(visit: StaffVisit, watch: string): ImportNotes {
  const { ports } = visit.site
  const { stock } = ports.store.tables
  const { bankCode } = visit.bank
  const { staffId } = visit.staff
  const isWatched = /^[\w-]{16,32}$/.test(watch)
  let last: Promise<void> = Promise.resolve()
  let notedAtMs = Number.NEGATIVE_INFINITY
  const note = (state: ImportProgress['state'], tokens: number) => {
    if (!isWatched) return
    const progress = { bankCode, watch, staffId, state, tokens }
    last = last.then(() => stock.noteProgress(progress, ports.clock.now())).catch(() => {})
  }
  return {
    running(tokens) {
      const nowMs = performance.now()
      if (nowMs - notedAtMs < EVERY_MS) return
      notedAtMs = nowMs
      note('running', tokens)
    },
    end(state, tokens) {
      note(state, tokens)
      return last
    },
  }
}

/** Of this staff member's own imports only. */
export async function progressOf(visit: StaffVisit, watch: string) {
  const { stock } = visit.site.ports.store.tables
  const found = await stock.progress(visit.bank.bankCode, watch)
  return found?.staffId === visit.staff.staffId ? found : undefined
}
