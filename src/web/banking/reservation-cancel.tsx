import type { TransferRecord } from '../../bank/ports.ts'
import {
  cancellationOf,
  cancelReservation,
  mayCancel,
} from '../../bank/procedures/reservation-cancel.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Facts, Receipt } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { AuthorisationFields, askedOf } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { reviewedOf, transferFacts } from './transfer-facts.tsx'
import { recordOf } from './transfer-record.tsx'
import { type CustomerVisit, isDeadEnd, show, wordedFor } from './visit.tsx'

/** 予約取消: `/transfers/{receiptNo}/cancel` → `/transfers/{receiptNo}/cancel/done`. */
export async function cancelPage(visit: CustomerVisit) {
  const record = await recordOf(visit)
  if (record === undefined) return visit.c.notFound()
  if (record.status === 'cancelled') return toDone(visit, record)
  const may = mayCancel(record, visit.site.ports.clock.now())
  return may.ok ? showConfirm(visit, record) : showTooLate(visit, record, may)
}

export async function cancelSubmit(visit: CustomerVisit, form: SubmittedForm) {
  const record = await recordOf(visit)
  if (record === undefined) return visit.c.notFound()
  const outcome = await cancelReservation(visit.site.ports, visit.customerRequest, {
    receiptNo: record.receiptNo,
    otp: form.text('otp'),
    answers: answersOf(form),
  })
  if (outcome.ok) return toDone(visit, record)
  if (isDeadEnd(outcome)) return showTooLate(visit, record, outcome)
  return showConfirm(visit, record, outcome)
}

export async function cancelDonePage(visit: CustomerVisit) {
  const record = await recordOf(visit)
  if (record === undefined) return visit.c.notFound()
  const cancelled = cancellationOf(record)
  if (cancelled === undefined) return showTooLate(visit, record, refused('out-of-order'))
  const { transfers, banking } = visit.words
  return show(visit, {
    title: transfers.cancelTitle,
    steps: { labels: transfers.cancelSteps, current: 2 },
    customer: visit,
    children: (
      <>
        <Receipt
          heading={transfers.cancelled}
          receiptNo={cancelled.receiptNo}
          receivedAt={new Date(cancelled.receivedAtMs)}
          facts={[
            { field: 'reservationNo', label: transfers.reservationNo, value: record.receiptNo },
            ...factsOf(visit, record),
            {
              field: 'status',
              label: banking.transfer.statusLabel,
              value: banking.transfer.status.cancelled,
              dataValue: 'cancelled',
            },
          ]}
        />
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.transfers}>
            {transfers.backToHistory}
          </a>
        </p>
      </>
    ),
  })
}

const toDone = (visit: CustomerVisit, record: TransferRecord) =>
  visit.c.redirect(visit.paths.transferCancelDone(record.receiptNo), 303)

/** What would have been sent; when it would have arrived does not matter any more. */
const factsOf = (visit: CustomerVisit, record: TransferRecord) =>
  transferFacts(visit, reviewedOf(record)).filter(({ field }) => field !== 'bookingDay')

async function showConfirm(visit: CustomerVisit, record: TransferRecord, refusal?: Refused) {
  const { transfers, banking } = visit.words
  const asked = await askedOf(visit)
  return show(visit, {
    title: transfers.cancelTitle,
    steps: { labels: transfers.cancelSteps, current: 1 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <Facts items={factsOf(visit, record)} />
        <Operation
          name={transfers.cancelOperation(banking.yen(record.amountYen))}
          by={asked === undefined ? 'code' : 'confirmation'}
          lines={[
            {
              label: banking.transfer.payee,
              value: visit.words.parts.customerName(record.payeeName),
            },
            { label: banking.transfer.date, value: banking.day(record.day) },
          ]}
        />
        <Form
          action={visit.paths.transferCancel(record.receiptNo)}
          csrf={visit.browser.csrf}
          submit={transfers.cancelSubmit}
          tone="danger"
          secondary={{
            href: visit.paths.transferRecord(record.receiptNo),
            label: transfers.cancelNot,
          }}
        >
          <AuthorisationFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

/** A dead end in words of its own: its day has come, or it is no reservation any more. */
function showTooLate(visit: CustomerVisit, record: TransferRecord, refusal: Refused) {
  const { transfers } = visit.words
  const refusals = { 'draft-expired': transfers.onItsDay, 'out-of-order': transfers.notReserved }
  return show(wordedFor(visit, { refusals }), {
    title: transfers.cancelTitle,
    customer: visit,
    refused: refusal,
    children: (
      <p class="form__buttons">
        <a class="button button--primary" href={visit.paths.transferRecord(record.receiptNo)}>
          {transfers.backToDetail}
        </a>
      </p>
    ),
  })
}
