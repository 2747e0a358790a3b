import type { Child } from 'hono/jsx'

export interface FigureTableProps {
  readonly caption: string
  readonly columns: readonly string[]
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Figures in columns that stay columns on a phone: they are few, and are compared. */
export function FigureTable({ caption, columns, rows }: FigureTableProps) {
  return (
    <table class="figure-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr>
            <th scope="row">{name}</th>
            {cells.map((cell) => (
              <td>{typeof cell === 'number' ? cell.toLocaleString('ja-JP') : cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A chart and the same in figures, side by side where there is room. */
export const Figure = (props: { heading: string; chart: Child; table: Child }) => (
  <section class="figure">
    <h2>{props.heading}</h2>
    <div class="figure__pair">
      <div>{props.chart}</div>
      <div>{props.table}</div>
    </div>
  </section>
)
