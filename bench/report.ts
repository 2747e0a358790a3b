/** What a measurement came to, and how it is shown. */

export interface Figure {
  readonly what: string
  readonly unit: string
  readonly ours: number
  /** What stood beside it in the same run. */
  readonly reference?: { readonly what: string; readonly value: number }
  /** The bound on the ratio, or on our own figure where there is no reference. */
  readonly target?: { readonly kind: 'least' | 'most'; readonly bound: number }
}

export interface Judged extends Figure {
  readonly ratio?: number
  readonly met?: boolean
}

/** The ratio to the reference, and whether the target is met. */
export function judge(figure: Figure): Judged {
  const { ours, reference, target } = figure
  const ratio = reference && ours / reference.value
  if (target === undefined) return { ...figure, ...(ratio !== undefined && { ratio }) }
  const value = ratio ?? ours
  const met = target.kind === 'least' ? value >= target.bound : value <= target.bound
  return { ...figure, ...(ratio !== undefined && { ratio }), met }
}

const HEADINGS = ['what', 'ours', 'reference', 'ratio', 'target', '']

/** One line for each figure, in columns. */
export function tableOf(figures: readonly Judged[]): string {
  const cells = [HEADINGS, ...figures.map(cellsOf)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

function cellsOf({ what, unit, ours, reference, ratio, target, met }: Judged): string[] {
  return [
    what,
    `${shown(ours)} ${unit}`,
    reference === undefined ? '–' : `${shown(reference.value)} ${unit} (${reference.what})`,
    ratio === undefined ? '–' : ratio.toFixed(2),
    target === undefined ? '–' : boundOf(target, reference === undefined ? ` ${unit}` : ''),
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]
}

const boundOf = ({ kind, bound }: { kind: string; bound: number }, unit: string) =>
  `${kind === 'least' ? '≥' : '≤'} ${bound}${unit}`

const shown = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2)
