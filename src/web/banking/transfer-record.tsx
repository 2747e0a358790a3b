import type { TransferRecord } from '../../bank/ports.ts'
import { mayCancel } from '../../bank/procedures/reservation-cancel.ts'
import { Receipt } from '../parts/facts.tsx'
import { billRecordPage } from './bill-record.tsx'
import { KeepPayee } from './keep-payee.tsx'
import { reviewedOf, statusFact, transferFacts } from './transfer-facts.tsx'
import { type CustomerVisit, show } from './visit.tsx'

/** The transfer of the address, if it is this customer's. */
export const recordOf = (visit: CustomerVisit): Promise<TransferRecord | undefined> =>
  visit.site.ports.store.tables.transfers.find(visit.contract, visit.param('receiptNo'))

/**
 * One transfer of the history, printable like its result page; from here a reservation is
 * cancelled.
 */
export async function transferRecordPage(visit: CustomerVisit) {
  const record = await recordOf(visit)
  if (record === undefined) return billRecordPage(visit)
  const { transfers } = visit.words
  const { store, clock } = visit.site.ports
  const isKept = await store.tables.payees.has(visit.contract, record.to)
  return show(visit, {
    title: transfers.detailTitle,
    customer: visit,
    children: (
      <>
        <Receipt
          heading={transfers.accepted[record.status]}
          kind={record.status === 'executed' ? 'success' : 'info'}
          receiptNo={record.receiptNo}
          receivedAt={new Date(record.receivedAtMs)}
          facts={[
            ...transferFacts(visit, reviewedOf(record)),
            statusFact(visit, record.status),
            ...closingFacts(visit, record),
          ]}
        />
        {!isKept && <KeepPayee visit={visit} receiptNo={record.receiptNo} />}
        <p class="form__buttons">
          {mayCancel(record, clock.now()).ok && (
            <a class="button button--danger" href={visit.paths.transferCancel(record.receiptNo)}>
              {transfers.cancel}
            </a>
          )}
          <a class="button button--secondary" href={visit.paths.transfers}>
            {transfers.backToHistory}
          </a>
        </p>
      </>
    ),
  })
}

/** How a reservation ended. */
function closingFacts(visit: CustomerVisit, record: TransferRecord) {
  const { transfers, parts } = visit.words
  const { status, closedAtMs, cancelReceiptNo, failure } = record
  if (status === 'reserved' || closedAtMs === undefined) return []
  const closedAt = new Date(closedAtMs)
  return [
    {
      field: 'closedAt',
      label: transfers.closedAt[status],
      value: parts.receipt.time(closedAt),
      dataValue: closedAt.toISOString(),
    },
    ...(cancelReceiptNo === undefined
      ? []
      : [
          {
            field: 'cancelReceiptNo',
            label: transfers.cancelReceiptNo,
            value: cancelReceiptNo,
          },
        ]),
    ...(failure === undefined
      ? []
      : [
          {
            field: 'failure',
            label: transfers.failureLabel,
            value: transfers.failure(failure),
            dataValue: failure,
          },
        ]),
  ]
}
