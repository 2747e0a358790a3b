import type { Draft, Drafts } from '../../bank/draft.ts'
import type { Browser, Sessions } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { CONTRACT_COLUMNS, type ContractRow, contractOf } from './contracts.ts'

interface DraftRow {
  id: string
  browser: Buffer
  bank_code: string
  contract_id: string
  procedure: string
  step: string
  facts: unknown
  result: unknown
  opened_at: Date
  expires_at: Date
}

function draftOf(found: DraftRow): Draft {
  return {
    id: found.id,
    browser: found.browser,
    bankCode: found.bank_code,
    contractId: found.contract_id,
    procedure: found.procedure,
    step: found.step,
    facts: found.facts,
    ...(found.result !== null && { result: found.result }),
    openedAtMs: found.opened_at.getTime(),
    expiresAtMs: found.expires_at.getTime(),
  }
}

const COLUMNS = `id, browser, bank_code, contract_id, procedure, step, facts, result, opened_at,
                 expires_at`
const SELECT = `select ${COLUMNS} from draft`

export function draftsOn(on: Runner): Drafts {
  const read = async (
    browser: Browser,
    procedure: string,
    id: string | undefined,
    lock: string,
  ) => {
    const found =
      id === undefined
        ? await row<DraftRow>(
            on,
            `${SELECT} where browser = $1 and procedure = $2 order by seq desc limit 1 ${lock}`,
            [browser, procedure],
          )
        : await row<DraftRow>(
            on,
            `${SELECT} where browser = $1 and procedure = $2 and id = $3 ${lock}`,
            [browser, procedure, id],
          )
    return found && draftOf(found)
  }
  return {
    async open(draft) {
      await changes(
        on,
        `insert into draft (id, browser, bank_code, contract_id, procedure, step, facts, opened_at,
                            expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          draft.id,
          draft.browser,
          draft.bankCode,
          draft.contractId,
          draft.procedure,
          draft.step,
          draft.facts,
          new Date(draft.openedAtMs),
          new Date(draft.expiresAtMs),
        ],
      )
      return draft
    },

    find: (browser, procedure, id) => read(browser, procedure, id, ''),
    lock: (browser, procedure, id) => read(browser, procedure, id, 'for update'),

    async putOff(browser, { nowMs, lifeMs, longestMs }, id) {
      const text = `update draft set expires_at = greatest(
                             expires_at, least($3, opened_at + $4 * interval '1 ms'))
                     where browser = $1 and result is null and expires_at > $2
                       and ($5::text is null or id = $5)
                     returning ${COLUMNS}`
      const until = new Date(nowMs + lifeMs)
      const values = [browser, new Date(nowMs), until, longestMs, id ?? null]
      return (await rows<DraftRow>(on, text, values)).map(draftOf)
    },

    async advance(draft, step, facts) {
      const text = 'update draft set step = $2, facts = $3 where id = $1 and result is null'
      await changes(on, text, [draft.id, step, facts])
    },

    async finish(draft, result) {
      const text = `update draft set step = 'done', facts = '{}', result = $2 where id = $1`
      await changes(on, text, [draft.id, result])
    },

    async endOthers({ bankCode, contractId }, browser) {
      const text = `delete from draft where bank_code = $1 and contract_id = $2 and browser <> $3
                       and result is null and procedure <> 'freeze'`
      await changes(on, text, [bankCode, contractId, browser])
    },

    async endAll({ bankCode, contractId }) {
      const text = `delete from draft where id in (
                      select id from draft where bank_code = $1 and contract_id = $2
                         and result is null and procedure <> 'freeze'
                         for update skip locked)`
      await changes(on, text, [bankCode, contractId])
    },
  }
}

interface SessionRow extends ContractRow {
  started_at: Date
  last_seen_at: Date
  previous_login_at: Date | null
}

/** A session is marked as seen at most this often, so that reading a page seldom costs a write. */
const SEEN_EVERY_MS = 15_000

export function sessionsOn(on: Runner): Sessions {
  return {
    async begin(browser, session) {
      await changes(
        on,
        `insert into session (browser, bank_code, contract_id, started_at, last_seen_at,
                              previous_login_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (bank_code, contract_id) do update
            set browser = excluded.browser, started_at = excluded.started_at,
                last_seen_at = excluded.last_seen_at,
                previous_login_at = excluded.previous_login_at`,
        [
          browser,
          session.bankCode,
          session.contractId,
          new Date(session.startedAtMs),
          new Date(session.lastSeenAtMs),
          session.previousLoginAtMs === undefined ? null : new Date(session.previousLoginAtMs),
        ],
      )
    },

    async touch(browser, bankCode, limits) {
      const found = await row<SessionRow>(
        on,
        `select ${CONTRACT_COLUMNS}, started_at, last_seen_at, previous_login_at
           from session join contract using (bank_code, contract_id)
          where browser = $1 and bank_code = $2 and last_seen_at > $3 and started_at > $4`,
        [
          browser,
          bankCode,
          new Date(limits.nowMs - limits.idleMs),
          new Date(limits.nowMs - limits.absoluteMs),
        ],
      )
      if (found === undefined) return undefined
      const isDue = limits.nowMs - found.last_seen_at.getTime() > SEEN_EVERY_MS
      if (isDue) {
        const text = 'update session set last_seen_at = $2 where browser = $1'
        await changes(on, text, [browser, new Date(limits.nowMs)])
      }
      return {
        bankCode,
        contractId: found.contract_id,
        contract: contractOf(found),
        startedAtMs: found.started_at.getTime(),
        lastSeenAtMs: isDue ? limits.nowMs : found.last_seen_at.getTime(),
        ...(found.previous_login_at !== null && {
          previousLoginAtMs: found.previous_login_at.getTime(),
        }),
      }
    },

    async end(browser) {
      await changes(on, 'delete from session where browser = $1', [browser])
    },

    async endOthers({ bankCode, contractId }, browser) {
      const text = `delete from session where bank_code = $1 and contract_id = $2 and browser <> $3`
      await changes(on, text, [bankCode, contractId, browser])
    },

    async endAll({ bankCode, contractId }) {
      const text = `delete from session where bank_code = $1 and contract_id = $2`
      await changes(on, text, [bankCode, contractId])
    },
  }
}
