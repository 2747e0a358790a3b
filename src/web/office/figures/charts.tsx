/**
 * The two charts, drawn on the server: no script, no style in line, one colour. What a bar says
 * stands in figures in the table beside it, so for a screen reader a chart is one picture with one
 * sentence.
 */

export interface Bar {
  readonly label: string
  readonly value: number
}

const WIDTH = 360
const HEIGHT = 132
/** Room for the figures of the scale, and for the labels under the bars. */
const LEFT = 34
const TOP = 14
const BOTTOM = 22
const PLOT = { width: WIDTH - LEFT - 4, height: HEIGHT - TOP - BOTTOM }
/** So many labels stand side by side without touching. */
const MOST_LABELS = 8

/** Columns over time. */
export function ColumnChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = scaleEnd(Math.max(...bars.map(({ value }) => value), 1))
  const step = PLOT.width / bars.length
  const width = Math.max(step * 0.7, 1)
  const every = Math.ceil(bars.length / MOST_LABELS)
  const base = TOP + PLOT.height
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {[most, most / 2].map((value) => {
        const y = base - (value / most) * PLOT.height
        return (
          <>
            <line class="chart__grid" x1={LEFT} x2={WIDTH} y1={y} y2={y} />
            {Number.isInteger(value) && (
              <text class="chart__scale" x={LEFT - 5} y={y + 4} text-anchor="end">
                {inShort(value)}
              </text>
            )}
          </>
        )
      })}
      {bars.map(({ value }, place) => {
        const height = (value / most) * PLOT.height
        const x = LEFT + place * step + (step - width) / 2
        if (value === 0) return null
        return (
          <rect
            class="chart__bar"
            x={rounded(x)}
            y={rounded(base - height)}
            width={rounded(width)}
            height={rounded(height)}
          />
        )
      })}
      <line class="chart__base" x1={LEFT} x2={WIDTH} y1={base} y2={base} />
      {bars.map(({ label: text }, place) =>
        place % every === 0 ? (
          <text
            class="chart__scale"
            x={rounded(LEFT + (place + 0.5) * step)}
            y={HEIGHT - 6}
            text-anchor="middle"
          >
            {text}
          </text>
        ) : null,
      )}
    </svg>
  )
}

const ROW = 40
const BAR_WIDTH = WIDTH - 8

/** Rows by size, each named above its bar. */
export function RowChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(...bars.map(({ value }) => value), 1)
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${WIDTH} ${bars.length * ROW + 4}`}
      role="img"
      aria-label={label}
    >
      {bars.map(({ label: text, value }, place) => (
        <>
          <text class="chart__label" x={0} y={place * ROW + 16}>
            {text}
          </text>
          <rect class="chart__track" x={0} y={place * ROW + 23} width={BAR_WIDTH} height={9} />
          {value > 0 && (
            <rect
              class="chart__bar"
              x={0}
              y={place * ROW + 23}
              width={Math.max(rounded((value / most) * BAR_WIDTH), 2)}
              height={9}
            />
          )}
        </>
      ))}
    </svg>
  )
}

const rounded = (value: number) => Math.round(value * 10) / 10

/** The end of a scale: 1, 2 or 5 with noughts, at or above the highest value; even from 2 on. */
function scaleEnd(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 6, 10].map((step) => step * power).find((end) => end >= most) ?? most
}

/** `12,000` has no room beside a chart: `1.2万`. */
const inShort = (value: number): string =>
  value < 10_000 ? String(value) : `${rounded(value / 10_000)}万`
