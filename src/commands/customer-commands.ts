import type { Request } from '../bank/attempt.ts'
import { dayOf } from '../bank/calendar.ts'
import type { CardImage } from '../bank/card-images.ts'
import { readContractId } from '../bank/credentials.ts'
import { readPhoneNumber } from '../bank/phone-number.ts'
import { type ContractOpened, openContract } from '../bank/procedures/contract-opening.ts'
import { type ClaimedFile, claimFile, reasonOf } from '../cli/claimed-file.ts'
import { type CustomerActions, type CustomerAddition, readingOf } from '../cli/customer.ts'
import { letterOf } from '../cli/letter.ts'
import type { OpenPorts } from '../open-ports.ts'
import { readDemoCard } from '../store/demo/demo-readings.ts'
import { japanese } from '../web/words/words.ts'
import { asOperator, err, type Hints, out, show, tellRefusal } from './as-operator.ts'
import type { AsCommand } from './command.ts'

const ADD_HINTS: Hints = {
  contractId: 'a contract ID has 6 to 12 letters or digits',
  'contractId exists': 'the contract ID is taken; its letter cannot be made again',
  name: '--name takes kana, at most 30 characters',
  mail: '--mail takes a mail address',
  phone: '--phone takes a Japanese number, such as 0248-23-4513',
  accounts: '--account is taken at most 20 times',
}

/** The commands about customers. */
export function customerActions(asCommand: AsCommand): CustomerActions {
  const onBank = asOperator(asCommand)
  return {
    demoCard: readDemoCard,

    customerAdd: (contractId, of) =>
      onBank(of.bank, (open, request) => openForLetter(open, request, contractId, of)),

    customerList: ({ bank, phone, after, most, json }) =>
      onBank(bank, async ({ ports }) => {
        const { register } = ports.store.tables
        const number = phone === undefined ? undefined : readPhoneNumber(phone)
        if (phone !== undefined && number === undefined) {
          return tellRefusal({ ok: false, refusal: 'invalid-input', field: 'phone' }, ADD_HINTS)
        }
        const found =
          number === undefined
            ? await register.list(bank, most, after)
            : await register.byPhone(bank, number)
        const readings = found.map(readingOf)
        const lines = readings.map(
          ({ contractId, state, method, name, serial }) =>
            `${contractId} ${state} ${method} ${serial ?? '-'} ${name}`,
        )
        return show(json, readings, lines)
      }),

    customerShow: (typed, { bank, json }) =>
      onBank(bank, async ({ ports }) => {
        const contractId = readContractId(typed)
        const { contracts, core } = ports.store.tables
        const contract = contractId && (await contracts.find(bank, contractId))
        if (!contract) {
          err(`the bank has no contract ${typed}`)
          return 1
        }
        const accounts = (await core.accountsOf(bank, contract.contractId)).map(
          ({ branchCode, accountNumber }) => `${branchCode}-${accountNumber}`,
        )
        const reading = { ...readingOf(contract), accounts }
        const lines = Object.entries(reading).map(([label, value]) => `${label}: ${value}`)
        return show(json, reading, lines)
      }),
  }
}

/** The file is claimed first: what the letter tells cannot be had again. */
async function openForLetter(
  { ports }: OpenPorts,
  request: Request,
  contractId: string,
  of: CustomerAddition,
): Promise<number> {
  let file: ClaimedFile<string> | undefined
  if (of.letter !== undefined) {
    const claimed = await claimFile(of.letter, (text: string) => text)
    if (!claimed.ok) {
      err(`cannot write ${of.letter}: ${claimed.reason}`)
      return 1
    }
    file = claimed.value
  }
  const { name, mail, phone, method, account: accounts } = of
  const form = { contractId, name, mail, phone, method, accounts }
  const outcome = await openContract(ports, request, form).catch(async (error) => {
    await file?.discard()
    throw error
  })
  if (!outcome.ok) {
    await file?.discard()
    return tellRefusal(outcome, { ...ADD_HINTS, ...accountHints(of) })
  }
  const opened = outcome.value
  const letter = letterOf(opened, {
    bank: request.bank,
    // The password is taken until that moment, so the day before is the last whole one.
    lastDay: dayOf(opened.enrolmentExpiresAtMs - DAY_MS),
    wordOf: (picture) => japanese.parts.images[picture as CardImage],
  })
  try {
    await file?.write(letter)
    await file?.keep()
  } catch (error) {
    // The contract is open and this is the only copy of its secrets.
    err(`cannot write ${of.letter}: ${reasonOf(error)}`)
    out(letter.trimEnd())
    return 1
  }
  if (of.json) out(JSON.stringify(toldOf(opened, file === undefined)))
  else if (file === undefined) out(letter.trimEnd())
  else out(`contract ${opened.contractId} is open, its letter is in ${of.letter}`)
  return 0
}

const DAY_MS = 24 * 60 * 60 * 1000

/** What was opened; its secrets only where no file has them. */
function toldOf(opened: ContractOpened, withSecrets: boolean) {
  const { contractId, receiptNo, enrolmentPassword, enrolmentExpiresAtMs, method, cells } = opened
  const enrolmentExpiresAt = new Date(enrolmentExpiresAtMs).toISOString()
  const told = { contractId, receiptNo, enrolmentExpiresAt, method }
  return withSecrets ? { ...told, enrolmentPassword, cells } : told
}

function accountHints({ account }: CustomerAddition): Hints {
  return Object.fromEntries(
    account.flatMap(({ branchCode, accountNumber }, place) => [
      [`accounts.${place}`, `the bank has no branch ${branchCode}, or it is too much money`],
      [`accounts.${place} exists`, `the account ${branchCode}-${accountNumber} is taken`],
    ]),
  )
}
