import type { Proposal } from '../../../bank/ports.ts'
import { japanese } from '../../words/words.ts'

const words = japanese.office.hardware.returns

/** Every serial of the list, so that whoever approves can compare it with what lies on the table. */
export function destructionLines({ facts }: Proposal): (readonly [string, string])[] {
  const serials = facts.serials as readonly string[]
  return [
    [words.destroyCount, words.count(serials.length)],
    [words.destroySerials, serials.join('、')],
  ]
}
