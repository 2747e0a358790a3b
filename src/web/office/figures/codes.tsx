import { japanese } from '../../words/words.ts'
import { clockTime } from '../written-time.ts'
import { ColumnChart } from './charts.tsx'
import { Figure, FigureTable } from './figure-table.tsx'

const words = japanese.office.figures
const MINUTE_MS = 60_000
const MINUTES = 60
const IN_A_ROW = 5

export interface CodesFigureProps {
  readonly minutes: readonly { readonly atMs: number; readonly codes: number }[]
  readonly nowMs: number
}

/**
 * Codes accepted in the last hour: by minute in the chart, by five minutes in the table at hand,
 * and by minute again for whoever wants the figures of the chart.
 */
export function CodesFigure({ minutes, nowMs }: CodesFigureProps) {
  const byMinute = new Map(minutes.map(({ atMs, codes }) => [atMs, codes]))
  const end = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const bars = Array.from({ length: MINUTES }, (_, place) => {
    const atMs = end - (MINUTES - 1 - place) * MINUTE_MS
    return { label: clockTime(atMs), value: byMinute.get(atMs) ?? 0 }
  })
  const values = bars.map(({ value }) => value)
  const sum = (of: readonly number[]) => of.reduce((total, value) => total + value, 0)
  const rows = Array.from({ length: MINUTES / IN_A_ROW }, (_, row) => {
    const codes = sum(values.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW))
    return [bars[row * IN_A_ROW]?.label ?? '', codes, (codes / IN_A_ROW).toFixed(1)]
  })
  return (
    <Figure
      heading={words.codes}
      chart={<ColumnChart bars={bars} label={words.codesChart(sum(values), Math.max(...values))} />}
      table={
        <>
          <FigureTable
            caption={words.codesCaption}
            columns={[words.minute, words.perFive, words.perMinute]}
            rows={rows}
          />
          <details>
            <summary>{words.everyMinute}</summary>
            <FigureTable
              caption={words.everyMinuteCaption}
              columns={[words.minute, words.count]}
              rows={bars.map(({ label, value }) => [label, value])}
            />
          </details>
        </>
      }
    />
  )
}
