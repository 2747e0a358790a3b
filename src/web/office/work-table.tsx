import type { Child } from 'hono/jsx'
import { shortTime } from './written-time.ts'

/** A text, a piece of a page, or a moment, which is shown in Japanese time. */
export type WorkCell = string | { readonly atMs: number } | { readonly yen: number } | JsxChild
type JsxChild = Exclude<Child, string | number | boolean | null | undefined>

export interface WorkTableProps {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly WorkCell[])[]
  /** Said instead of the table when there is no row. */
  readonly empty: string
}

/** A table that staff work with: on a phone each row becomes a card. */
export function WorkTable({ caption, columns, rows, empty }: WorkTableProps) {
  if (rows.length === 0) return <Nothing caption={caption} text={empty} />
  return (
    <table class="table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell, index) => (
              <td data-label={columns[index]}>
                <span>{contentOf(cell)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Stands under the name of a table that has no row. */
export function Nothing({ caption, text }: { caption: string; text: string }) {
  return (
    <figure class="nothing">
      <figcaption>{caption}</figcaption>
      <p class="empty">{text}</p>
    </figure>
  )
}

function contentOf(cell: WorkCell): Child {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'object' && 'atMs' in cell) {
    return <time datetime={new Date(cell.atMs).toISOString()}>{shortTime(cell.atMs)}</time>
  }
  if (typeof cell === 'object' && 'yen' in cell) return `${cell.yen.toLocaleString('ja-JP')}円`
  return cell
}
