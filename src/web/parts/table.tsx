import type { Child } from 'hono/jsx'

export interface Column {
  readonly label: string
  /** Figures are set to the right, in tabular digits. */
  readonly numeric?: boolean | undefined
}

export interface Cell {
  readonly content: Child
  readonly field?: string | undefined
  readonly dataValue?: string | undefined
}

export interface TableProps {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | Cell)[])[]
  /** Said instead of the table when there is no row. */
  readonly empty?: string | undefined
}

/**
 * On a phone each row becomes a card, its labels taken from `data-label`: nothing scrolls sideways.
 */
export function Table({ caption, columns, rows, empty }: TableProps) {
  if (rows.length === 0 && empty !== undefined) return <p class="empty">{empty}</p>
  return (
    <table class="table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.numeric ? 'numeric' : undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((entry, index) => {
              const cell = typeof entry === 'string' ? { content: entry } : entry
              const column = columns[index]
              return (
                <td
                  class={column?.numeric ? 'numeric' : undefined}
                  data-label={column?.label}
                  data-field={cell.field}
                  data-value={cell.dataValue}
                >
                  <span>{cell.content}</span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
