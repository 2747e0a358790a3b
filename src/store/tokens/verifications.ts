import type { Pool } from 'pg'
import type { Freezer } from '../../bank/contract.ts'
import type {
  CodeThresholds,
  Judgement,
  KeyedCall,
  VerificationSubject,
  Verifications,
} from '../../bank/ports.ts'
import { row, rows, untilUndisturbed } from '../connection.ts'
import { EVENT_COLUMNS, eventValues } from '../events/journal.ts'
import { Gathering } from '../gathering.ts'
import { TOKEN_COLUMNS, type TokenRow, tokenOf } from './tokens.ts'

interface Question {
  readonly bankCode: string
  readonly contractId: string
}

interface Decision {
  readonly judgement: Judgement
  readonly thresholds: CodeThresholds
}

/** So many statements of each sort run at once in one process; what comes meanwhile is gathered. */
const STATEMENTS_AT_ONCE = 2
const MOST_IN_ONE = 64

/**
 * The store's half of the hot path. One verification is one read and one conditional write, and
 * those of callers who come at the same moment share their statement and its commit: the disk is
 * asked once.
 */
export function verificationsOn(pool: Pool): Verifications {
  const questions = new Gathering<Question, VerificationSubject | undefined>({
    atOnce: STATEMENTS_AT_ONCE,
    most: MOST_IN_ONE,
    run: (asked) => findAll(pool, asked),
  })
  const decisions = new Gathering<Decision, boolean>({
    atOnce: STATEMENTS_AT_ONCE,
    most: MOST_IN_ONE,
    // Two judgements on one token never share a statement: it changes a row once. Of two calls with
    // one key the second has to see the first one's answer.
    alone: ({ judgement }) => [
      ...(judgement.kind === 'record'
        ? []
        : [`${judgement.token.issuer}/${judgement.token.serial}`]),
      ...(judgement.call ? [`key ${judgement.event.bankCode} ${judgement.call.key}`] : []),
    ],
    run: (taken) => decideAll(pool, taken),
  })
  return {
    find: (bankCode, contractId) => questions.add({ bankCode, contractId }),
    findCall: (bankCode, key, nowMs) => findCall(pool, bankCode, key, nowMs),
    decide: (judgement, thresholds) => decisions.add({ judgement, thresholds }),
  }
}

/** How long the answer to a keyed call is kept. */
const CALL_LIFE_MS = 24 * 60 * 60 * 1000

async function findCall(
  pool: Pool,
  bankCode: string,
  key: string,
  nowMs: number,
): Promise<KeyedCall | undefined> {
  const found = await row<{ body_hash: Buffer; answer: object }>(
    pool,
    `select body_hash, answer from idempotent_call
      where bank_code = $1 and key = $2 and created_at > $3`,
    [bankCode, key, new Date(nowMs - CALL_LIFE_MS)],
  )
  return found && { key, bodyHash: found.body_hash, answer: found.answer }
}

async function findAll(
  pool: Pool,
  asked: readonly Question[],
): Promise<(VerificationSubject | undefined)[]> {
  const found = await rows<SubjectRow>(
    pool,
    `select asked.place, c.frozen, c.frozen_by, ${TOKEN_COLUMNS}
       from unnest($1::text[], $2::text[]) with ordinality as asked (bank, contract, place)
       join contract c on c.bank_code = asked.bank and c.contract_id = asked.contract
       left join token t on t.issuer = c.token_issuer and t.serial = c.token_serial`,
    [asked.map((question) => question.bankCode), asked.map((question) => question.contractId)],
  )
  const subjects: (VerificationSubject | undefined)[] = asked.map(() => undefined)
  for (const subject of found) {
    const { frozen, frozen_by } = subject
    subjects[subject.place - 1] = {
      frozen,
      serviceStopped: frozen_by === 'bank',
      ...(subject.serial !== null && { token: tokenOf(subject as TokenRow) }),
    }
  }
  return subjects
}

type SubjectRow = { place: number; frozen: boolean; frozen_by: Freezer | null } & (
  | TokenRow
  | { serial: null }
)

/**
 * Each judgement is applied if it still holds: an acceptance must raise `last_accepted`, and
 * neither an acceptance nor a count passes a locked or withdrawn token. Its event is appended only
 * with it. A call whose key has an answer already changes nothing, however close behind the first
 * it comes. Rows are locked in one order, the lower serial first, so that two processes cannot wait
 * for one another in a circle.
 */
const decideText = (calls: { unanswered: string; answered: string }) => `
  with judged as (
    select j.*
      from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::int[],
                  $7::int[], $8::int[], $11::timestamptz[], $20::text[])
        as j (place, verdict, issuer, number, step, drift, most_failures, most_guesses, at, detail)
      ${calls.unanswered}
  ), held as (
    select t.issuer, t.serial
      from judged j join token t on t.issuer = j.issuer and t.serial = j.number
     order by t.serial collate "C", t.issuer
       for update of t
  ), written as (
    update token t
       set last_accepted = coalesce(j.step, t.last_accepted),
           drift_steps = coalesce(j.drift, t.drift_steps),
           failures = case j.verdict when 'count' then t.failures + 1 else 0 end,
           guesses = case j.verdict when 'count' then t.guesses + 1 else t.guesses end,
           accepted_at = case j.verdict when 'count' then t.accepted_at else j.at end,
           accepted_for = case j.verdict when 'count' then t.accepted_for
                          else 'verification/' || (j.detail::json ->> 'purpose') end
      from judged j, held h
     where t.issuer = j.issuer and t.serial = j.number
       and h.issuer = j.issuer and h.serial = j.number
       and t.state = 'active'
       and t.failures < j.most_failures and t.guesses < j.most_guesses
       and (j.verdict = 'count' or t.last_accepted < j.step)
    returning j.place
  ), applied as (
    select place from written union all select place from judged where verdict = 'record'
  ), noted as (
    insert into event (${EVENT_COLUMNS})
    select e.bank_code, e.id, e.at, e.actor_kind, e.actor_id, e.contract_id, e.serial, e.kind,
           e.outcome, e.receipt_no, e.request_id, e.detail::jsonb
      from unnest($1::int[], $9::text[], $10::text[], $11::timestamptz[], $12::text[], $13::text[],
                  $14::text[], $15::text[], $16::text[], $17::text[], $18::bigint[], $19::text[],
                  $20::text[])
        as e (place, bank_code, id, at, actor_kind, actor_id, contract_id, serial, kind, outcome,
              receipt_no, request_id, detail)
      join applied using (place)
  )${calls.answered}
  select place from applied`

const UNANSWERED = `
      join unnest($1::int[], $9::text[], $21::text[], $11::timestamptz[])
        as c (place, bank_code, key, at) using (place)
     where c.key is null or not exists (
       select from idempotent_call known
        where known.bank_code = c.bank_code and known.key = c.key
          and known.created_at > c.at - interval '24 hours')`

const ANSWERED = `, answered as (
    insert into idempotent_call as kept (bank_code, key, body_hash, answer, created_at)
    select c.bank_code, c.key, c.body_hash, c.answer::jsonb, c.at
      from unnest($1::int[], $9::text[], $21::text[], $22::bytea[], $23::text[], $11::timestamptz[])
        as c (place, bank_code, key, body_hash, answer, at)
      join applied using (place)
     where c.key is not null
    on conflict (bank_code, key) do update
       set body_hash = excluded.body_hash, answer = excluded.answer,
           created_at = excluded.created_at
     where kept.created_at <= excluded.created_at - interval '24 hours'
  )`

/** Most often no call is keyed, and the statement without those parts takes a quarter less time. */
const DECIDE = decideText({ unanswered: '', answered: '' })
const DECIDE_KEYED = decideText({ unanswered: UNANSWERED, answered: ANSWERED })

/** Which of the decisions were applied. */
async function decideAll(pool: Pool, taken: readonly Decision[]): Promise<boolean[]> {
  const keyed = taken.some(({ judgement }) => judgement.call !== undefined)
  const judged = taken.map(({ judgement, thresholds }, place) => [
    place,
    judgement.kind,
    judgement.kind === 'record' ? null : judgement.token.issuer,
    judgement.kind === 'record' ? null : judgement.token.serial,
    judgement.kind === 'accept' ? judgement.step : null,
    judgement.kind === 'accept' ? judgement.driftSteps : null,
    thresholds.code,
    thresholds.seedGuesses,
    ...eventValues(judgement.event),
    ...(keyed ? callValues(judgement.call) : []),
  ])
  const columns = judged[0]?.map((_, column) => judged.map((values) => values[column])) ?? []
  const text = keyed ? DECIDE_KEYED : DECIDE
  const applied = await untilUndisturbed(() => rows<{ place: number }>(pool, text, columns))
  const places = new Set(applied.map((found) => found.place))
  return taken.map((_, place) => places.has(place))
}

const callValues = (call: KeyedCall | undefined): unknown[] =>
  call === undefined ? [null, null, null] : [call.key, call.bodyHash, JSON.stringify(call.answer)]
