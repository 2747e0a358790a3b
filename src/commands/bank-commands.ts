import { dayOf } from '../bank/calendar.ts'
import { OPERATOR } from '../bank/office/administration.ts'
import { changeBank } from '../bank/procedures/bank-change.ts'
import { openBank } from '../bank/procedures/bank-opening.ts'
import { changeTokenType, type TokenTypeForm } from '../bank/procedures/token-type-change.ts'
import { type BankActions, bankLines } from '../cli/bank.ts'
import { tokenTypeLine } from '../cli/token-type.ts'
import { asOperator, type Hints, show, tellRefusal } from './as-operator.ts'
import type { AsCommand } from './command.ts'

const HINTS: Hints = {
  bankCode: 'the directory of Japanese banks does not know this code',
  'bankCode exists': 'the bank is served already',
  phone: '--phone takes a Japanese number, such as 0248-23-4513',
  emergencyPhone: '--emergency-phone takes a Japanese number, such as 0120-000-000, or none',
  limitWithoutCodeYen: '--limit-without-code-yen cannot exceed --limit-with-code-yen',
  thresholdSeedGuesses:
    '--threshold-seed-guesses takes a number up to 1000, and no less than --threshold-code',
  thresholdPassword: '--threshold-password takes a number from 1 to 20',
  thresholdConfirmation: '--threshold-confirmation takes a number from 1 to 20',
  thresholdCode: '--threshold-code takes a number from 1 to 30',
}

const TYPE_HINTS: Hints = {
  type: 'a type is two to four capitals or digits, the first one a capital, such as HW',
  name: '--name is needed for a new type, at most 60 characters',
  medium: '--medium is needed for a new type, and stays what it is for a known one',
  digits: '--digits takes 6 or 8',
  periodSeconds: '--period-seconds takes 30 or 60',
  openFrom: '--open-from takes a day, YYYY-MM-DD, or none',
  closedFrom: 'the day from which it is closed is written YYYY-MM-DD, or none',
}

/** The commands about banks: terms and types of token. */
export function bankActions(asCommand: AsCommand): BankActions {
  const onBank = asOperator(asCommand)

  const setTokenType = (bankCode: string, type: string, form: TokenTypeForm) =>
    onBank(bankCode, async ({ ports }, request) => {
      const outcome = await changeTokenType(ports, request, type, form)
      if (!outcome.ok) return tellRefusal(outcome, TYPE_HINTS)
      return show(false, undefined, [tokenTypeLine(outcome.value)])
    })

  return {
    bankAdd: (bankCode, form) =>
      asCommand(async ({ ports }) => {
        const by = { actor: OPERATOR, requestId: ports.random.id() }
        const outcome = await openBank(ports, by, bankCode, form)
        if (!outcome.ok) return tellRefusal(outcome, HINTS)
        // The directory's own name, so that a wrong digit shows.
        const known = ports.directory.bank(bankCode)?.name
        return show(false, undefined, [`${bankCode} ${outcome.value.name} (${known})`])
      }),

    bankList: (asJson) =>
      asCommand(async ({ ports }) => {
        const banks = await ports.store.tables.administration.banks()
        return show(
          asJson,
          banks,
          banks.map(({ bankCode, name }) => `${bankCode} ${name}`),
        )
      }),

    bankShow: (bankCode, asJson) =>
      onBank(bankCode, async (_, { bank }) => show(asJson, bank, bankLines(bank))),

    bankSet: (bankCode, terms) =>
      onBank(bankCode, async ({ ports }, request) => {
        const outcome = await changeBank(ports, request, terms)
        if (!outcome.ok) return tellRefusal(outcome, HINTS)
        return show(false, undefined, bankLines(outcome.value))
      }),

    tokenTypeList: (bankCode, asJson) =>
      onBank(bankCode, async ({ ports }) => {
        const types = await ports.store.tables.administration.tokenTypes(bankCode)
        return show(asJson, types, types.map(tokenTypeLine))
      }),

    tokenTypeSet: setTokenType,

    tokenTypeClose: (bankCode, type, from) =>
      onBank(bankCode, async ({ ports }, request) => {
        const known = await ports.store.tables.banks.tokenType(bankCode, type)
        if (known === undefined) return tellRefusal(UNKNOWN_TYPE, UNKNOWN_HINTS)
        const closedFrom = from ?? dayOf(ports.clock.now())
        const outcome = await changeTokenType(ports, request, type, { closedFrom })
        if (!outcome.ok) return tellRefusal(outcome, TYPE_HINTS)
        return show(false, undefined, [tokenTypeLine(outcome.value)])
      }),
  }
}

const UNKNOWN_TYPE = { ok: false, refusal: 'invalid-input', field: 'type' } as const
const UNKNOWN_HINTS: Hints = { type: 'the bank knows no such type of token' }
