import type { Proposal } from '../../../bank/ports.ts'
import { destroyTokens } from '../../../bank/procedures/hardware-destroy.ts'
import { japanese } from '../../words/words.ts'
import type { OfficeAct } from '../office-act.ts'

const words = japanese.office.hardware.returns

/** What two people decide about hardware tokens. */
export const hardwareActs: readonly OfficeAct[] = [
  { procedure: destroyTokens, title: words.destroyAct, lines: destructionLines },
]

/** Every serial of the list, so that whoever approves can compare it with what lies on the table. */
function destructionLines({ facts }: Proposal): (readonly [string, string])[] {
  const serials = facts.serials as readonly string[]
  return [
    [words.destroyCount, words.count(serials.length)],
    [words.destroySerials, serials.join('、')],
  ]
}
