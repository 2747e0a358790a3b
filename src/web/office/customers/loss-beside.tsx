import type { Contract } from '../../../bank/contract.ts'
import type { Account } from '../../../bank/money/core-bank.ts'
import type { CustomerView } from '../../../bank/office/customer-view.ts'
import type { HistoryEntry, Ports } from '../../../bank/ports.ts'
import type { LossScope } from '../../../bank/procedures/loss-report.ts'
import { japanese } from '../../words/words.ts'
import { Panel } from '../panel.tsx'
import type { StaffVisit } from '../visit.tsx'

const words = japanese.office.loss
const MOST_TRANSFERS = 3

/** What a caller's answers can be compared with. */
export interface KnownRecords {
  readonly accounts: readonly Account[]
  readonly transfers: readonly HistoryEntry[]
}

export async function knownRecords(ports: Ports, contract: Contract): Promise<KnownRecords> {
  const { tables } = ports.store
  const [accounts, page] = await Promise.all([
    tables.core.accountsOf(contract.bankCode, contract.contractId),
    tables.transfers.search(contract, { most: MOST_TRANSFERS }),
  ])
  return { accounts, transfers: page.found }
}

interface RecordsProps {
  readonly visit: StaffVisit
  readonly contract: Contract
  readonly records: KnownRecords
}

export function Records({ visit, contract, records }: RecordsProps) {
  const { directory } = visit.site.ports
  const branchOf = (code: string) => directory.branch(contract.bankCode, code)?.name ?? code
  return (
    <Panel
      id="records-heading"
      heading={words.records}
      facts={[
        { label: words.recordName, value: contract.name },
        { label: words.recordPhone, value: contract.phone ?? words.recordNone },
        {
          label: words.recordAccounts,
          value: records.accounts.map(({ branchCode, accountNumber }) => (
            <div>
              {branchOf(branchCode)}　{accountNumber}
            </div>
          )),
        },
        {
          label: words.recordTransfers,
          value:
            records.transfers.length === 0
              ? words.recordNone
              : records.transfers.map((transfer) => <div>{recordOf(transfer)}</div>),
        },
      ]}
    />
  )
}

/** As a caller would tell it; of a reservation, that it is one. */
const recordOf = ({ day, amountYen, payeeName, status }: HistoryEntry): string =>
  `${day.replaceAll('-', '/')}　${amountYen.toLocaleString('ja-JP')}円　${payeeName}${words.recordStatus[status]}`

/** What the one press will do, so that it can be told to the caller. */
export function Effects({ view, scopes }: { view: CustomerView; scopes: readonly LossScope[] }) {
  const { effects } = words
  const { token, reservations, othersHere, othersElsewhere } = view
  const others = othersHere.length + othersElsewhere
  const mayToken = scopes.includes('token')
  return (
    <Panel id="effects-heading" heading={words.next}>
      <ul class="effects">
        {mayToken && token && <li>{effects.token(token.serial)}</li>}
        {mayToken && others > 0 && <li>{effects.others(othersHere.length, othersElsewhere)}</li>}
        <li>{effects.session}</li>
        <li>
          {reservations.length === 0
            ? effects.noReservations
            : effects.reservations(reservations.length)}
        </li>
      </ul>
    </Panel>
  )
}
