import type { Request } from '../bank/attempt.ts'
import { OPERATOR } from '../bank/office/administration.ts'
import type { Refused } from '../bank/refusal.ts'
import { optionOf } from '../cli/option-values.ts'
import type { OpenPorts } from '../open-ports.ts'
import type { AsCommand } from './command.ts'

export const out = (line: string) => process.stdout.write(`${line}\n`)
export const err = (line: string) => process.stderr.write(`${line}\n`)

/** Work on a bank that the centre serves, in the operator's name. Returns the exit code. */
export type OnBank = (
  bankCode: string,
  work: (open: OpenPorts, request: Request) => Promise<number>,
) => Promise<number>

export const asOperator =
  (asCommand: AsCommand): OnBank =>
  (bankCode, work) =>
    asCommand(async (open) => {
      const bank = await open.ports.store.tables.banks.profile(bankCode)
      if (bank === undefined) {
        err(`there is no bank ${bankCode} here`)
        return 1
      }
      return work(open, { bank, actor: OPERATOR, requestId: open.ports.random.id() })
    })

/** What a field has to be, for the fields of a command where its name does not say it. */
export type Hints = Readonly<Record<string, string>>

/** Tells on the standard error why nothing was done. Returns the exit code. */
export function tellRefusal({ refusal, field = '' }: Refused, hints: Hints): 1 {
  const hint = hints[field]
  if (hint !== undefined && refusal === 'invalid-input') err(hint)
  else if (refusal === 'invalid-input') err(`${optionOf(field)} cannot be that`)
  else if (refusal === 'already-exists') err(hints[`${field} exists`] ?? 'it is there already')
  else err(`refused: ${refusal}`)
  return 1
}

/** Prints a thing as JSON or as lines. Returns the exit code. */
export function show(asJson: boolean | undefined, thing: unknown, lines: readonly string[]): 0 {
  if (asJson) out(JSON.stringify(thing))
  else for (const line of lines) out(line)
  return 0
}
