import type { Proposal } from '../../../bank/ports.ts'
import { batteryCampaign } from '../../../bank/procedures/battery-campaign.ts'
import { destroyTokens } from '../../../bank/procedures/hardware-destroy.ts'
import { hardwareTerms } from '../../../bank/procedures/hardware-terms.ts'
import { japanese } from '../../words/words.ts'
import type { OfficeAct } from '../office-act.ts'

type Lines = (readonly [label: string, value: string])[]

const { hardware, battery } = japanese.office
const words = hardware.returns

/** More would hide what else stands on the page. */
const MOST_NAMED = 50

const listOf = (serials: readonly string[]): string =>
  serials.slice(0, MOST_NAMED).join('、') +
  (serials.length > MOST_NAMED ? words.andMore(serials.length - MOST_NAMED) : '')

/** What two people decide about hardware tokens. */
export const hardwareActs: readonly OfficeAct[] = [
  { procedure: destroyTokens, title: words.destroyAct, lines: destructionLines },
  { procedure: batteryCampaign, title: battery.campaignAct, lines: campaignLines },
  { procedure: hardwareTerms, title: battery.termsAct, lines: termsLines },
]

/** Every serial of the list, so that whoever approves can compare it with what lies on the table. */
function destructionLines({ facts }: Proposal): Lines {
  const serials = facts.serials as readonly string[]
  return [
    [words.destroyCount, words.count(serials.length)],
    [words.destroySerials, serials.join('、')],
  ]
}

function campaignLines({ facts }: Proposal): Lines {
  const serials = facts.serials as readonly string[]
  return [
    [battery.endsBy, String(facts.endsBy)],
    [words.destroyCount, words.count(serials.length)],
    [words.destroySerials, listOf(serials)],
  ]
}

function termsLines({ facts }: Proposal): Lines {
  return [
    [battery.feeYen, `${Number(facts.feeYen).toLocaleString('ja-JP')}${battery.yen}`],
    [battery.batteryMonths, `${facts.batteryMonths}${battery.months}`],
  ]
}
