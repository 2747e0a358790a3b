import {
  type EventCount,
  FOLLOWED_ACTS,
  type FollowedAct,
  followedIn,
  LOCK_MEASURES,
  refusalsIn,
  type Standing,
} from '../../../bank/office/figures.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { japanese } from '../../words/words.ts'
import { SaveForm } from '../save-form.tsx'
import { todayOf } from '../today.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { shortTime } from '../written-time.ts'
import { ColumnChart, RowChart } from './charts.tsx'
import { CodesFigure } from './codes.tsx'
import { Figure, FigureTable } from './figure-table.tsx'
import {
  BUCKET_OF,
  type Bucket,
  type BucketKind,
  bucketsOf,
  PERIODS,
  type PeriodName,
  periodNamed,
  periodOf,
} from './period.ts'
import { tokenShares } from './token-shares.ts'

const words = japanese.office.figures
const HOUR_MS = 60 * 60 * 1000

/** 集計: what was done, refused and accepted, and how the customers stand. */
export async function figuresPage(visit: StaffVisit) {
  const { ports } = visit.site
  const { bankCode } = visit.bank
  const { figures } = ports.store.tables
  const name = periodNamed(visit.c.req.query('period'))
  const today = todayOf(visit)
  const period = periodOf(name, today)
  const nowMs = ports.clock.now()
  const [counts, standing, minutes, countedAtMs] = await Promise.all([
    name === 'today' ? figures.byHour(bankCode, today) : figures.byDay(bankCode, period),
    figures.standing(bankCode),
    figures.codesByMinute(bankCode, nowMs - HOUR_MS),
    figures.countedAtMs(bankCode, nowMs),
  ])
  return show(visit, {
    title: words.title,
    staff: visit,
    wide: true,
    children: (
      <>
        <PeriodChoice visit={visit} now={name} />
        <p data-field="countedAt">
          {countedAtMs === undefined ? words.notCounted : words.countedAt(shortTime(countedAtMs))}
        </p>
        <ActsFigure kind={BUCKET_OF[name]} buckets={bucketsOf(name, period, counts)} />
        <RefusalsFigure counts={counts} />
        {standing && <TokensFigure standing={standing} />}
        {standing && <LocksFigure standing={standing} />}
        {standing && <p class="note">{words.standing}</p>}
        <CodesFigure minutes={minutes} nowMs={nowMs} />
        {mayDo(visit.staff.role, 'export') && (
          <>
            <SaveForm
              visit={visit}
              action={visit.paths.figuresExport}
              submit={words.export}
              text={words.exportText}
            >
              <input type="hidden" name="period" value={name} />
            </SaveForm>
            <p>
              <a href={visit.paths.events}>{words.eventsTitle}</a>
            </p>
          </>
        )}
      </>
    ),
  })
}

const PeriodChoice = ({ visit, now }: { visit: StaffVisit; now: PeriodName }) => (
  <nav class="display__group" aria-label={words.period}>
    <ul>
      {PERIODS.map((name) => (
        <li>
          <a
            class="display__choice"
            href={visit.paths.figuresOf(name)}
            aria-current={name === now ? 'true' : undefined}
          >
            {words.periods[name]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const ACTS = Object.keys(FOLLOWED_ACTS) as FollowedAct[]

function ActsFigure({ kind, buckets }: { kind: BucketKind; buckets: readonly Bucket[] }) {
  const rows = buckets.map(({ label, counts }) => ({ label, done: followedIn(counts) }))
  const total = (act: FollowedAct) => rows.reduce((sum, { done }) => sum + done[act], 0)
  return (
    <Figure
      heading={words.acts}
      chart={ACTS.map((act) => {
        const bars = rows.map(({ label, done }) => ({ label, value: done[act] }))
        const most = Math.max(...bars.map(({ value }) => value))
        return (
          <div class="chart-part">
            <p class="chart-part__name">
              {words.followed[act]}
              <span data-field={act} data-value={String(total(act))}>
                {words.times(total(act))}
              </span>
            </p>
            <ColumnChart bars={bars} label={words.chart(words.followed[act], total(act), most)} />
          </div>
        )
      })}
      table={
        <FigureTable
          caption={words.actsCaption(words.buckets[kind])}
          columns={[words.bucket[kind], ...ACTS.map((act) => words.followed[act])]}
          rows={[
            ...rows.map(({ label, done }) => [
              kind === 'week' ? words.weekFrom(label) : label,
              ...ACTS.map((act) => done[act]),
            ]),
            [words.sum, ...ACTS.map(total)],
          ]}
        />
      }
    />
  )
}

const MOST_REASONS = 8

function RefusalsFigure({ counts }: { counts: readonly EventCount[] }) {
  const all = refusalsIn(counts)
  if (all.length === 0) {
    return (
      <section class="figure">
        <h2>{words.refusals}</h2>
        <p class="empty">{words.refusalsEmpty}</p>
      </section>
    )
  }
  const named = all.map(([reason, value]) => ({ label: headingOf(reason), value }))
  const rest = named.slice(MOST_REASONS).reduce((sum, { value }) => sum + value, 0)
  const bars = [
    ...named.slice(0, MOST_REASONS),
    ...(rest > 0 ? [{ label: words.others, value: rest }] : []),
  ]
  const total = named.reduce((sum, { value }) => sum + value, 0)
  return (
    <Figure
      heading={words.refusals}
      chart={
        <RowChart bars={bars} label={words.chart(words.refusals, total, bars[0]?.value ?? 0)} />
      }
      table={
        <FigureTable
          caption={words.refusalsCaption}
          columns={[words.reason, words.count]}
          rows={[...named.map(({ label, value }) => [label, value]), [words.sum, total]]}
        />
      }
    />
  )
}

/** What customers were told, in a word. */
const headingOf = (reason: string): string =>
  (japanese.refusals as Readonly<Record<string, { heading: string }>>)[reason]?.heading ?? reason

function TokensFigure({ standing }: { standing: Standing }) {
  const shares = tokenShares(standing)
  return (
    <Figure
      heading={words.tokens}
      chart={
        <RowChart
          bars={shares.map(({ label, customers }) => ({ label, value: customers }))}
          label={words.shares(words.tokens)}
        />
      }
      table={
        <FigureTable
          caption={words.tokensCaption}
          columns={[words.token, words.customers, words.share]}
          rows={shares.map(({ label, customers, share }) => [
            label,
            customers,
            words.percent(share),
          ])}
        />
      }
    />
  )
}

function LocksFigure({ standing }: { standing: Standing }) {
  const bars = LOCK_MEASURES.map((measure) => ({
    label: words.lockNames[measure],
    value: standing.customers[measure] ?? 0,
  }))
  return (
    <Figure
      heading={words.locks}
      chart={<RowChart bars={bars} label={words.shares(words.locks)} />}
      table={
        <FigureTable
          caption={words.locksCaption}
          columns={[words.lock, words.customers]}
          rows={bars.map(({ label, value }) => [label, value])}
        />
      }
    />
  )
}
