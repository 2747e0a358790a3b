import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { changes, rows } from '../connection.ts'
import { type Repeated, repeat } from '../repeat.ts'
import { logSealer, type SealingParts } from './log-sealing.ts'

const EVERY_MS = 1_000
/** So many batches of one bank in a round, that a large one does not make the others wait. */
const MOST_BATCHES = 20

/** Every bank code among events and logs; one step into the index for each. */
export const BANKS = `
  with recursive code as (
    (select bank_code from event order by bank_code limit 1)
    union all
    select (select e.bank_code from event e where e.bank_code > code.bank_code
             order by e.bank_code limit 1)
      from code where code.bank_code is not null
  )
  select bank_code from code where bank_code is not null union select bank_code from evidence_log`

/** The banks whose log does not end where their events do, or may have late-comers. */
const BANKS_WITH_NEWS = `
  select b.bank_code, l.bank_code is null as is_new
    from (${BANKS}) b left join evidence_log l on l.bank_code = b.bank_code
   where l.bank_code is null or l.settled_seq < l.top_seq
      -- In the order of the index, lest all events are read to find that there is no new one.
      or (select e.seq from event e where e.bank_code = b.bank_code and e.seq > l.top_seq
           order by e.bank_code, e.seq limit 1) is not null
   order by b.bank_code`

export interface Sealer {
  /** Seals what all banks have. True when there is more at once. */
  round(): Promise<boolean>
}

/** Seals the logs of all banks, one after another. `report` hears of those that could not be. */
export function sealerOn(
  parts: SealingParts,
  report: (error: unknown, bankCode: string) => void,
): Sealer {
  const logs = new Map<string, ReturnType<typeof logSealer>>()
  const logOf = (bankCode: string) => {
    const log = logs.get(bankCode) ?? logSealer(parts, bankCode)
    logs.set(bankCode, log)
    return log
  }

  const sealBank = async (bankCode: string): Promise<boolean> => {
    for (let batches = 0; batches < MOST_BATCHES; batches += 1) {
      if (!(await logOf(bankCode).sealBatch())) return false
    }
    return true
  }

  return {
    async round() {
      let more = false
      for (const { bankCode, isNew } of await banksWithNews(parts.pool)) {
        try {
          if (isNew) await openLog(parts.pool, bankCode)
          more = (await sealBank(bankCode)) || more
        } catch (error) {
          report(error, bankCode)
        }
      }
      return more
    },
  }
}

async function banksWithNews(pool: Pool) {
  const found = await rows<{ bank_code: string; is_new: boolean }>(pool, BANKS_WITH_NEWS, [])
  return found.map(({ bank_code, is_new }) => ({ bankCode: bank_code, isNew: is_new }))
}

const openLog = (pool: Pool, bankCode: string) =>
  changes(pool, 'insert into evidence_log (bank_code) values ($1) on conflict do nothing', [
    bankCode,
  ])

/**
 * Seals every second until it is stopped; then once more, so that what was done before an orderly
 * end is sealed with it.
 */
export function startSealer(parts: SealingParts, logger: Logger): Repeated {
  const sealer = sealerOn(parts, (error, bankCode) =>
    logger.error({ err: error, bankCode }, 'the events of a bank could not be sealed'),
  )
  const failed = (error: unknown) =>
    logger.warn({ err: error }, 'sealing failed and is tried again')
  const sealing = repeat({
    everyMs: EVERY_MS,
    async step(isStopped) {
      while ((await sealer.round()) && !isStopped());
    },
    failed,
  })
  return {
    async stop() {
      await sealing.stop()
      await sealer.round().catch(failed)
    },
  }
}
