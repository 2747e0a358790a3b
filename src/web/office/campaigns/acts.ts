import { planOf } from '../../../bank/office/campaign.ts'
import type { Proposal } from '../../../bank/ports.ts'
import { typeClose, typeReopen } from '../../../bank/procedures/type-campaign.ts'
import { japanese } from '../../words/words.ts'
import type { OfficeAct } from '../office-act.ts'

const words = japanese.office.campaigns

/** What two people decide about types of token. */
export const campaignActs: readonly OfficeAct[] = [
  { procedure: typeClose, title: words.acts.close, lines: linesOf },
  { procedure: typeReopen, title: words.acts.reopen, lines: () => [] },
]

function linesOf({ facts }: Proposal) {
  const { closedFrom, lastDay, reminderDays } = planOf(facts)
  return [
    [words.closedFrom, words.day(closedFrom)],
    [words.lastDayFact, lastDay === undefined ? words.noLastDay : words.day(lastDay)],
    ...reminderDays.map((day, place) => [words.reminderOf(place + 1), words.day(day)] as const),
  ] as const
}
