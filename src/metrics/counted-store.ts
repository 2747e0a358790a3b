import type { BankEvent } from '../bank/event.ts'
import type { Store, Tx } from '../bank/ports.ts'

/**
 * The same store, which tells of each event once it is committed: not of one that was undone with
 * its act, nor twice of one whose transaction was run again.
 */
export function countedStore(store: Store, count: (event: BankEvent) => void): Store {
  const countAll = (events: readonly BankEvent[]) => {
    for (const event of events) count(event)
  }
  return {
    ...store,
    async attempt(hold, act, refuse) {
      let noted: BankEvent[] = []
      const outcome = await store.attempt(
        (tx) => hold(tx),
        (tx, held) => {
          noted = []
          return act(noting(tx, noted), held)
        },
        (tx, refusal) => {
          noted = []
          return refuse(noting(tx, noted), refusal)
        },
      )
      countAll(noted)
      return outcome
    },
    async transaction(work) {
      let noted: BankEvent[] = []
      const result = await store.transaction((tx) => {
        noted = []
        return work(noting(tx, noted))
      })
      countAll(noted)
      return result
    },
    verifications: {
      ...store.verifications,
      async decide(judgement, thresholds) {
        const applied = await store.verifications.decide(judgement, thresholds)
        if (applied) count(judgement.event)
        return applied
      },
    },
  }
}

function noting(tx: Tx, noted: BankEvent[]): Tx {
  const { journal } = tx
  const append: typeof journal.append = (event) => {
    noted.push(event)
    return journal.append(event)
  }
  const record: typeof journal.record = (event, ...more) => {
    noted.push(event)
    return journal.record(event, ...more)
  }
  return { ...tx, journal: { ...journal, append, record } }
}
