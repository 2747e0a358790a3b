import { MOST_DAYS_AHEAD } from '../../bank/business-days.ts'
import { addDays, dayOf } from '../../bank/calendar.ts'
import type { Account } from '../../bank/money/core-bank.ts'
import { NEW_PAYEE } from '../../bank/money/payee.ts'
import type { NamedCode, RegisteredPayee } from '../../bank/ports.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { RadioGroup, SelectField, TextField } from '../parts/fields.tsx'
import { choicesFor, resolvePayeeForm } from './payee-choice.ts'
import { placeOf } from './transfer-facts.tsx'
import { type CustomerVisit, fieldError } from './visit.tsx'

export interface TransferFieldsProps {
  readonly visit: CustomerVisit
  readonly form: SubmittedForm
  readonly accounts: readonly Account[]
  readonly kept: readonly RegisteredPayee[]
  readonly refusal: Refused | undefined
}

/** The fields of the first page of a transfer, as they were typed. */
export function TransferFields(props: TransferFieldsProps) {
  const { visit, form, accounts, kept, refusal } = props
  const { banking } = visit.words
  const { transfer } = banking
  const error = (name: string) => fieldError(visit, refusal, name)
  return (
    <>
      <SelectField
        name="fromAccount"
        label={transfer.fromAccount}
        value={form.text('fromAccount')}
        error={error('fromAccount')}
        options={accounts.map((account) => ({
          value: account.accountNumber,
          label: transfer.accountOption(
            banking.accountType[account.accountType],
            account.accountNumber,
            banking.yen(account.balanceYen),
          ),
        }))}
      />
      <fieldset class="group">
        <legend>{transfer.to}</legend>
        <PayeeChoice visit={visit} form={form} kept={kept} refusal={refusal} />
        <NewPayeeFields visit={visit} form={form} refusal={refusal} />
      </fieldset>
      <TextField
        name="amount"
        label={transfer.amount}
        value={form.text('amount')}
        inputMode="numeric"
        width="amount"
        suffix={visit.words.parts.yen}
        error={error('amount')}
      />
      <TextField
        name="date"
        label={transfer.date}
        hint={visit.words.transfers.dateHint(banking.day(lastDayOf(visit)))}
        value={form.text('date')}
        type="date"
        width="medium"
        error={error('date')}
      />
    </>
  )
}

type PlaceProps = Pick<TransferFieldsProps, 'visit' | 'form' | 'refusal'>

/** The last day for which a reservation is taken. */
const lastDayOf = (visit: CustomerVisit): string =>
  addDays(dayOf(visit.site.ports.clock.now()), MOST_DAYS_AHEAD)

/** The registered payees and, as one more choice, a new one; without any, nothing to choose. */
function PayeeChoice(props: PlaceProps & Pick<TransferFieldsProps, 'kept'>) {
  const { visit, form, kept, refusal } = props
  const { payees } = visit.words
  if (kept.length === 0) return <input type="hidden" name="payee" value={NEW_PAYEE} />
  const chosen = form.text('payee')
  return (
    <RadioGroup
      name="payee"
      legend={payees.choose}
      value={kept.some(({ id }) => id === chosen) ? chosen : NEW_PAYEE}
      error={fieldError(visit, refusal, 'payee')}
      options={[
        ...kept.map((payee) => ({
          value: payee.id,
          label: visit.words.parts.customerName(payee.name),
          hint: placeOf(visit, payee),
        })),
        { value: NEW_PAYEE, label: payees.newPayee },
      ]}
    />
  )
}

/**
 * The account of a payee who is not registered. The style sheet hides it while a registered one is
 * picked.
 */
function NewPayeeFields({ visit, form, refusal }: PlaceProps) {
  const { banking } = visit.words
  const { transfer } = banking
  const error = (name: string) => fieldError(visit, refusal, name)
  const nameIsAsked = isNameAsked(visit, form, refusal) || form.text('payeeName') !== ''
  return (
    <div class="new-payee">
      <PlaceFields visit={visit} form={form} refusal={refusal} />
      <RadioGroup
        name="accountType"
        legend={transfer.accountType}
        value={form.text('accountType') || 'ordinary'}
        error={error('accountType')}
        options={(['ordinary', 'current'] as const).map((type) => ({
          value: type,
          label: banking.accountType[type],
        }))}
      />
      <TextField
        name="accountNumber"
        label={transfer.accountNumber}
        hint={transfer.accountNumberHint}
        value={form.text('accountNumber')}
        inputMode="numeric"
        width="short"
        error={error('accountNumber')}
      />
      {nameIsAsked && (
        <TextField
          name="payeeName"
          label={transfer.payeeName}
          hint={transfer.payeeNameHint}
          value={form.text('payeeName')}
          error={error('payeeName')}
        />
      )}
    </div>
  )
}

/** Whether the payee's bank cannot tell the name, so that the customer has to; our own always can. */
export function isNameAsked(
  visit: CustomerVisit,
  form: SubmittedForm,
  refusal: Refused | undefined,
): boolean {
  if (refusal?.refusal !== 'unknown-payee' || refusal.field !== 'accountNumber') return false
  const resolved = resolvePayeeForm(visit.site.ports.directory, form)
  return resolved.ok && resolved.value.bankCode !== visit.bank.bankCode
}

/** Bank and branch: a text field, or, when a name fits several, those to choose from. */
function PlaceFields({ visit, form, refusal }: PlaceProps) {
  const { transfer } = visit.words.banking
  const { directory } = visit.site.ports
  const bankText = form.text('bankCode')
  const branchText = form.text('branchCode')
  const banks = refusal && choicesFor(directory.searchBanks, bankText)
  const bankCode = directory.bank(bankText)?.code ?? directory.searchBanks(bankText)[0]?.code ?? ''
  const branches =
    refusal?.field === 'branchCode'
      ? choicesFor((text) => directory.searchBranches(bankCode, text), branchText)
      : []
  return (
    <>
      <PlaceField
        visit={visit}
        refusal={refusal}
        name="bankCode"
        label={transfer.bank}
        hint={transfer.bankHint}
        choice={transfer.bankChoice}
        typed={bankText}
        choices={refusal?.field === 'bankCode' ? (banks ?? []) : []}
      />
      <PlaceField
        visit={visit}
        refusal={refusal}
        name="branchCode"
        label={transfer.branch}
        hint={transfer.branchHint}
        choice={transfer.branchChoice}
        typed={branchText}
        choices={branches}
      />
    </>
  )
}

interface PlaceFieldProps {
  readonly visit: CustomerVisit
  readonly refusal: Refused | undefined
  readonly name: 'bankCode' | 'branchCode'
  readonly label: string
  readonly hint: string
  readonly choice: string
  readonly typed: string
  readonly choices: readonly NamedCode[]
}

function PlaceField(props: PlaceFieldProps) {
  const { visit, refusal, name, label, hint, choice, typed, choices } = props
  const { noMatch } = visit.words.banking.transfer
  const isUnreadable = refusal?.refusal === 'invalid-input' && refusal.field === name
  if (choices.length === 0) {
    return (
      <TextField
        name={name}
        label={label}
        hint={hint}
        value={typed}
        error={typed !== '' && isUnreadable ? noMatch : fieldError(visit, refusal, name)}
      />
    )
  }
  return (
    <RadioGroup
      name={name}
      legend={label}
      hint={visit.words.banking.transfer.searchAgain}
      error={choice}
      options={choices.map(({ code, name: called, kana }) => ({
        value: code,
        label: `${called}${visit.words.parts.inBrackets(code)}`,
        hint: kana,
      }))}
    />
  )
}
