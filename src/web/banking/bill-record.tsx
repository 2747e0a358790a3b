import { Receipt } from '../parts/facts.tsx'
import { billFacts } from './bill-facts.tsx'
import { fromAccountFact } from './transfer-facts.tsx'
import { type CustomerVisit, show } from './visit.tsx'

/** One bill payment of the history, printable like its result page. */
export async function billRecordPage(visit: CustomerVisit) {
  const { bills } = visit.site.ports.store.tables
  const paid = await bills.paid(visit.contract, visit.param('receiptNo'))
  if (paid === undefined) return visit.c.notFound()
  const { transfers } = visit.words
  return show(visit, {
    title: transfers.billDetailTitle,
    customer: visit,
    children: (
      <>
        <Receipt
          heading={transfers.billAccepted}
          receiptNo={paid.receiptNo}
          receivedAt={new Date(paid.receivedAtMs)}
          facts={[...billFacts(visit, paid), fromAccountFact(visit, paid.from)]}
        />
        <p class="form__buttons">
          <a class="button button--secondary" href={visit.paths.transfers}>
            {transfers.backToHistory}
          </a>
        </p>
      </>
    ),
  })
}
