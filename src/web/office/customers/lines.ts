import type { Proposal } from '../../../bank/ports.ts'
import { REISSUE_CAUSES } from '../../../bank/procedures/reissue.ts'
import { japanese } from '../../words/words.ts'
import { shortTime } from '../written-time.ts'

const words = japanese.office.customerActs

/** What both people read of an act for a customer, from what was prepared. */
export function linesOf({ facts }: Proposal): readonly (readonly [label: string, value: string])[] {
  const cause = REISSUE_CAUSES.find((known) => known === facts.cause)
  return [
    ...textLine(words.customer, facts.name),
    ...textLine(words.serial, facts.serial),
    ...(cause === undefined ? [] : [[words.cause, words.causes[cause]] as const]),
    ...(typeof facts.changedAtMs === 'number'
      ? [[words.changedAt, shortTime(facts.changedAtMs)] as const]
      : []),
  ]
}

const textLine = (label: string, text: unknown): (readonly [string, string])[] =>
  typeof text === 'string' ? [[label, text]] : []
