import { NO_TOKEN_MEASURE, type Standing, TOKEN_MEASURE } from '../../../bank/office/figures.ts'
import { japanese } from '../../words/words.ts'

const words = japanese.office.figures

export interface TokenShare {
  readonly label: string
  readonly customers: number
  /** Of all customers, from 0 to 1. */
  readonly share: number
}

/** How many customers have which type of token, those without one last. */
export function tokenShares({ customers }: Standing): TokenShare[] {
  const types = Object.keys(customers)
    .filter((measure) => measure.startsWith(TOKEN_MEASURE))
    .sort()
  const counted: [string, number][] = [
    ...types.map((measure): [string, number] => [
      measure.slice(TOKEN_MEASURE.length),
      customers[measure] ?? 0,
    ]),
    [words.noToken, customers[NO_TOKEN_MEASURE] ?? 0],
  ]
  const all = counted.reduce((sum, [, count]) => sum + count, 0)
  return counted.map(([label, count]) => ({
    label,
    customers: count,
    share: all === 0 ? 0 : count / all,
  }))
}
