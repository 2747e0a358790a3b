import { useLook } from './look.ts'

/** Yen as they are read: 1,000,000円. */
export function Yen({ value }: { value: number }) {
  const { words } = useLook()
  return (
    <>
      {value.toLocaleString('ja-JP')}
      <span class="yen">{words.yen}</span>
    </>
  )
}

/** A balance in large figures, with the plain digits beside it for machines. */
export function Balance({ value, field }: { value: number; field: string }) {
  return (
    <span class="balance" data-field={field} data-value={String(value)}>
      <Yen value={value} />
    </span>
  )
}

export interface AccountCardProps {
  /** The kind of account, e.g. 普通預金. */
  readonly name: string
  readonly branchName: string
  readonly branchCode: string
  readonly accountNumber: string
  readonly balanceYen: number
  readonly links?: readonly { readonly href: string; readonly label: string }[] | undefined
}

export function AccountCard(props: AccountCardProps) {
  const { account: words, brackets } = useLook().words
  return (
    <section class="account" aria-label={`${props.name} ${props.accountNumber}`}>
      <h2 class="account__name">{props.name}</h2>
      <dl class="account__numbers">
        <div class="account__row">
          <dt>{words.branch}</dt>
          <dd>
            {props.branchName}
            {brackets[0]}
            <span data-field="branchCode" data-value={props.branchCode}>
              {props.branchCode}
            </span>
            {brackets[1]}
          </dd>
        </div>
        <div class="account__row">
          <dt>{words.number}</dt>
          <dd data-field="accountNumber" data-value={props.accountNumber}>
            {props.accountNumber}
          </dd>
        </div>
        <div class="account__row">
          <dt>{words.balance}</dt>
          <dd>
            <Balance value={props.balanceYen} field="balance" />
          </dd>
        </div>
      </dl>
      {props.links && (
        <ul class="account__links">
          {props.links.map((link) => (
            <li>
              <a href={link.href}>{link.label}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
