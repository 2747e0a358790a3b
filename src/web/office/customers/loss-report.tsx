import { mayDo } from '../../../bank/office/staff.ts'
import type { LossReport } from '../../../bank/ports.ts'
import { type Fact, Receipt } from '../../parts/facts.tsx'
import { japanese } from '../../words/words.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { contractIdOf } from './customer.tsx'

const words = japanese.office.loss

/** What a loss report has done, and what to tell the caller. */
export async function lossReportPage(visit: StaffVisit) {
  const { lossReports, contracts } = visit.site.ports.store.tables
  const { bankCode } = visit.bank
  const contractId = contractIdOf(visit)
  const receiptNo = visit.c.req.param('receiptNo') ?? ''
  const report = await lossReports.findByReceipt(bankCode, contractId, receiptNo)
  const contract = report && (await contracts.find(bankCode, contractId))
  if (report === undefined || contract === undefined) return visit.c.notFound()
  const { result } = report
  const mayReissue = result.serial === contract.token?.serial && mayDo(visit.staff.role, 'prepare')
  return show(visit, {
    title: words.title(contract.name),
    staff: visit,
    children: (
      <>
        <Receipt
          heading={words.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={factsOf(report)}
        />
        <section aria-labelledby="advice-heading">
          <h2 id="advice-heading">{words.adviceHeading}</h2>
          <ul>
            {adviceOn(report).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
        <p class="ways">
          <a class="button button--primary" href={visit.paths.customer(contractId)}>
            {words.toCustomer}
          </a>
          {mayReissue && result.serial !== undefined && (
            <a class="button button--secondary" href={visit.paths.prepare(contractId, 'reissue')}>
              {words.toReissue}
            </a>
          )}
        </p>
      </>
    ),
  })
}

const adviceOn = ({ result: { serial, serviceStopped } }: LossReport): readonly string[] => [
  ...words.advice.always,
  ...(serial === undefined ? [] : words.advice.token),
  ...(serviceStopped ? words.advice.service : []),
  ...words.advice.password,
]

function factsOf({ contractId, result, memo, reportedBy }: LossReport): Fact[] {
  const { facts } = words
  const fact = (field: string, label: string, value: string): Fact => ({ field, label, value })
  const { serial, serviceStopped, cancelled, othersHere, othersElsewhere } = result
  return [
    fact('contractId', facts.contractId, contractId),
    ...(serial === undefined ? [] : [fact('serial', facts.token, serial)]),
    ...(serviceStopped ? [fact('service', facts.service, facts.serviceStopped)] : []),
    fact('cancelled', facts.cancelled, facts.cancelledCount(cancelled.length)),
    ...(othersHere.length + othersElsewhere === 0
      ? []
      : [
          fact(
            'others',
            facts.others,
            facts.othersCount(othersHere.join('、') || words.hereNone, othersElsewhere),
          ),
        ]),
    ...(memo === '' ? [] : [fact('memo', facts.memo, memo)]),
    fact('reportedBy', facts.reportedBy, reportedBy),
  ]
}
