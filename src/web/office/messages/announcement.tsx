import { dayOf } from '../../../bank/calendar.ts'
import { stageOf } from '../../../bank/office/announcement.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import type { AnnouncementRecord } from '../../../bank/ports.ts'
import { announcementTakeDown } from '../../../bank/procedures/announcement.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { ReasonField } from '../reason-field.tsx'
import { type StaffVisit, show } from '../visit.tsx'
import { StageTag } from './announcements.tsx'
import { AnnouncementPreview } from './preview.tsx'

const words = japanese.office.messages
const { day } = japanese.office.campaigns

async function recordOf(visit: StaffVisit): Promise<AnnouncementRecord | undefined> {
  const id = visit.c.req.param('id') ?? ''
  if (!/^[\w-]{1,64}$/.test(id)) return undefined
  return visit.site.ports.store.tables.messages.find(visit.bank.bankCode, id)
}

/** One announcement, as customers see it, with what only the bank knows of it. */
export async function announcementPage(visit: StaffVisit) {
  const record = await recordOf(visit)
  if (record === undefined) return visit.c.notFound()
  const stage = stageOf(record, dayOf(visit.site.ports.clock.now()))
  const canGo = stage === 'shown' || stage === 'to-come'
  const { columns } = words
  return show(visit, {
    title: words.detailTitle,
    staff: visit,
    children: (
      <>
        <p>
          <StageTag stage={stage} />
        </p>
        <Facts
          items={[
            { field: 'publishedOn', label: columns.publishedOn, value: day(record.publishedOn) },
            {
              field: 'lastDay',
              label: columns.lastDay,
              value: record.lastDay === undefined ? words.noLastDay : day(record.lastDay),
            },
            ...(record.receiptNo === undefined
              ? []
              : [{ field: 'receiptNo', label: words.receiptNo, value: record.receiptNo }]),
          ]}
        />
        <AnnouncementPreview of={record} />
        {canGo && mayDo(visit.staff.role, 'prepare') && (
          <p>
            <a class="button button--secondary" href={visit.paths.announcementTakeDown(record.id)}>
              {words.toTakeDown}
            </a>
          </p>
        )}
        <p>
          <a href={visit.paths.announcements}>{words.toList}</a>
        </p>
      </>
    ),
  })
}

export async function takeDownPage(visit: StaffVisit) {
  const record = await recordOf(visit)
  return record === undefined ? visit.c.notFound() : showTakeDown(visit, record)
}

export async function takeDownSubmit(visit: StaffVisit, form: SubmittedForm) {
  const record = await recordOf(visit)
  if (record === undefined) return visit.c.notFound()
  const { ports } = visit.site
  const reason = form.text('reason')
  const prepared = { subject: record.ja.heading, facts: { announcementId: record.id } }
  const outcome = await announcementTakeDown.propose(ports, visit.staffRequest, prepared, reason)
  if (outcome.ok) return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
  return showTakeDown(visit, record, outcome, reason)
}

function showTakeDown(visit: StaffVisit, of: AnnouncementRecord, refusal?: Refused, reason = '') {
  return show(visit, {
    title: words.takeDownTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <AnnouncementPreview of={of} />
        <p>{words.takeDownText}</p>
        <Form
          action={visit.paths.announcementTakeDown(of.id)}
          csrf={visit.browser.csrf}
          submit={japanese.office.proposals.prepare}
          secondary={{ href: visit.paths.announcement(of.id), label: japanese.office.back }}
        >
          <ReasonField
            hint={japanese.office.campaigns.reasonHint}
            value={reason}
            refusal={refusal}
          />
        </Form>
      </>
    ),
  })
}
