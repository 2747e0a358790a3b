import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { ConfirmationMethod, Contract } from '../contract.ts'
import { readContractId } from '../credentials.ts'
import { readMailAddress } from '../mail-address.ts'
import type { AccountRef } from '../money/core-bank.ts'
import { MAX_AMOUNT_YEN } from '../money/money.ts'
import { PAYEE_NAME } from '../money/payee.ts'
import {
  drawCells,
  drawEnrolmentPassword,
  ENROLMENT_LIFE_MS,
  textOfCells,
} from '../office/first-secrets.ts'
import { readPhoneNumber } from '../phone-number.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'contract-opening'

/** One household's accounts fit easily; a list without end does not. */
const MOST_ACCOUNTS = 20

export interface ContractOpeningForm {
  readonly contractId: string
  /** The holder's name in kana. */
  readonly name: string
  readonly mail: string
  readonly phone?: string | undefined
  readonly method: ConfirmationMethod
  readonly accounts: readonly NewAccount[]
}

/** An ordinary account of this bank, which is opened with the contract. */
export interface NewAccount {
  readonly branchCode: string
  readonly accountNumber: string
  /** What it begins with; none unless the operator says so. */
  readonly openingYen?: number
}

/** What goes out to the customer on paper. It is told once and cannot be read again. */
export interface ContractOpened extends ReceiptFacts {
  readonly contractId: string
  readonly name: string
  readonly enrolmentPassword: string
  readonly enrolmentExpiresAtMs: number
  readonly method: ConfirmationMethod
  /** The digits of the confirmation password, or what is printed on the card, position 1 first. */
  readonly cells: readonly string[]
}

/**
 * Opens a contract: the customer gets an enrolment password and the secret of the confirmation
 * method on paper, and enrols with them. Sent again it is refused: secrets are told once.
 *
 * Refusals: `invalid-input` with the field, `already-exists` (`contractId`, or an account).
 */
export async function openContract(
  ports: Ports,
  request: Request,
  form: ContractOpeningForm,
): Promise<Outcome<ContractOpened>> {
  const { bankCode } = request.bank
  // 1. The form is whole, and the bank is served here.
  const read = readForm(ports, bankCode, form)
  if (!read.ok) return read
  const { contractId, accounts, ...person } = read.value
  if ((await ports.store.tables.banks.profile(bankCode)) === undefined) {
    return refused('invalid-input', 'bankCode')
  }
  // 2. The secrets are drawn, hashed and sealed before anything is held.
  const drawn = await drawSecrets(ports, { bankCode, contractId }, form.method)
  const { enrolmentPassword, enrolment, cells, secret } = drawn
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt(
    ports,
    request,
    attempted,
    async () => undefined,
    async (tx) => {
      // 3. The ID is free: one conditional write.
      const { method } = form
      const opened = { ...person, bankCode, contractId, method }
      if (!(await tx.register.open({ ...opened, secret, enrolment }))) {
        return refused('already-exists', 'contractId')
      }
      // 4. So are the accounts.
      const receipt = await drawReceipt(ports, tx)
      const taken = await openAccounts(tx, { ...opened, accounts, receipt })
      if (taken !== undefined) return refused('already-exists', taken)
      // 5. Receipt, event and notice.
      const contract: Contract = {
        ...opened,
        otpAtLogin: false,
        frozen: false,
        confirmationFailures: 0,
      }
      await recordAct(ports, tx, request, {
        attempted,
        contract,
        receipt,
        notice: NOTICE,
        detail: { method, accounts: accounts.length },
      })
      const { name } = person
      const enrolmentExpiresAtMs = enrolment.expiresAtMs
      const paper = { enrolmentPassword, enrolmentExpiresAtMs, method, cells }
      return done({ ...receipt, contractId, name, ...paper })
    },
  )
}

const NOTICE = {
  act: 'インターネットバンキング契約',
  lines: [['次のお手続き', '郵送するお知らせをご覧のうえ、利用登録を行ってください']],
} as const

type ReadForm = Omit<ContractOpeningForm, 'method' | 'phone'> & { readonly phone?: string }

function readForm(ports: Ports, bankCode: string, form: ContractOpeningForm): Outcome<ReadForm> {
  const contractId = readContractId(form.contractId)
  if (contractId === undefined) return refused('invalid-input', 'contractId')
  const name = readHolderName(form.name)
  if (name === undefined) return refused('invalid-input', 'name')
  const mail = readMailAddress(form.mail)
  if (mail === undefined) return refused('invalid-input', 'mail')
  const phone = form.phone === undefined ? undefined : readPhoneNumber(form.phone)
  if (form.phone !== undefined && phone === undefined) return refused('invalid-input', 'phone')
  if (form.accounts.length > MOST_ACCOUNTS) return refused('invalid-input', 'accounts')
  const wrong = form.accounts.findIndex((account) => !isAccount(ports, bankCode, account))
  if (wrong >= 0) return refused('invalid-input', `accounts.${wrong}`)
  return done({ contractId, name, mail, accounts: form.accounts, ...(phone && { phone }) })
}

/** Kana as the interbank format carries it; half width, hiragana and narrow spaces are forgiven. */
function readHolderName(typed: string): string | undefined {
  if (typed.length > 100) return undefined
  const name = typed
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .trim()
    .replace(/[ 　]+/g, '　')
  return PAYEE_NAME.test(name) ? name : undefined
}

function isAccount(ports: Ports, bankCode: string, account: NewAccount): boolean {
  const { branchCode, accountNumber, openingYen = 0 } = account
  return (
    ports.directory.branch(bankCode, branchCode) !== undefined &&
    /^\d{7}$/.test(accountNumber) &&
    Number.isInteger(openingYen) &&
    openingYen >= 0 &&
    openingYen <= MAX_AMOUNT_YEN
  )
}

async function drawSecrets(
  { random, passwords, vault, clock }: Ports,
  owner: { readonly bankCode: string; readonly contractId: string },
  method: ConfirmationMethod,
) {
  const enrolmentPassword = drawEnrolmentPassword(random)
  const cells = drawCells(random, method)
  const hash = await passwords.hash(enrolmentPassword)
  return {
    enrolmentPassword,
    enrolment: { hash, expiresAtMs: clock.now() + ENROLMENT_LIFE_MS },
    cells,
    secret: await vault.sealSecret(owner, textOfCells(method, cells)),
  }
}

interface Opening {
  readonly bankCode: string
  readonly contractId: string
  readonly name: string
  readonly accounts: readonly NewAccount[]
  readonly receipt: ReceiptFacts
}

/** The field of the first account that is taken; undefined when all were opened. */
async function openAccounts(tx: Tx, opening: Opening): Promise<string | undefined> {
  const { bankCode, contractId, name, receipt } = opening
  for (const [place, { branchCode, accountNumber, openingYen = 0 }] of opening.accounts.entries()) {
    const account: AccountRef = { bankCode, branchCode, accountType: 'ordinary', accountNumber }
    const isFree = await tx.core.openAccount(account, { contractId, name })
    if (!isFree) return `accounts.${place}`
    if (openingYen === 0) continue
    const moved = await tx.core.move([
      {
        bankCode,
        receiptNo: receipt.receiptNo,
        debit: 'opening',
        credit: account,
        amountYen: openingYen,
        text: '口座開設時の残高',
        atMs: receipt.receivedAtMs,
      },
    ])
    if (!moved) throw new Error('the bank has no account for openings')
  }
  return undefined
}
