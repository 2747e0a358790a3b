import {
  type AnnouncementForm,
  announcementFormOf,
  announcementOf,
  readAnnouncement,
} from '../../../bank/office/announcement.ts'
import { announcementPublish } from '../../../bank/procedures/announcement.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { TextArea } from '../../parts/text-area.tsx'
import { japanese } from '../../words/words.ts'
import { Carried, ReasonField } from '../reason-field.tsx'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { AnnouncementPreview } from './preview.tsx'

const words = japanese.office.messages

/** Step 1: the texts and the days. */
export const writePage = (visit: StaffVisit) => showForm(visit, announcementFormOf({}))

/** Step 2: as the customers will see it. Or back to the texts. */
export function previewSubmit(visit: StaffVisit, form: SubmittedForm) {
  const typed = typedIn(form)
  if (form.text('edit') !== '') return showForm(visit, typed)
  const read = readAnnouncement(typed, visit.site.ports.clock.now())
  return read.ok ? showPreview(visit, read.value) : showForm(visit, typed, read)
}

/** Step 3: prepared, word by word. */
export async function proposeSubmit(visit: StaffVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const typed = typedIn(form)
  const read = readAnnouncement(typed, ports.clock.now())
  if (!read.ok) return showForm(visit, typed, read)
  const reason = form.text('reason')
  const prepared = { subject: read.value.heading, facts: { ...read.value } }
  const outcome = await announcementPublish.propose(ports, visit.staffRequest, prepared, reason)
  if (outcome.ok) return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
  return showPreview(visit, read.value, outcome, reason)
}

const typedIn = (form: SubmittedForm): AnnouncementForm => ({
  heading: form.text('heading'),
  text: form.lines('text'),
  headingEn: form.text('headingEn'),
  textEn: form.lines('textEn'),
  publishedOn: form.text('publishedOn'),
  lastDay: form.text('lastDay'),
})

function showForm(visit: StaffVisit, typed: AnnouncementForm, refusal?: Refused) {
  const field = (name: keyof AnnouncementForm, label: string, hint?: string) => ({
    name,
    label,
    hint,
    value: typed[name],
    error: fieldError(refusal, name),
  })
  const day = (of: ReturnType<typeof field>) => (
    <TextField
      name={of.name}
      label={of.label}
      hint={of.hint}
      value={of.value}
      error={of.error}
      type="date"
      width="medium"
    />
  )
  const line = (of: ReturnType<typeof field>) => (
    <TextField name={of.name} label={of.label} hint={of.hint} value={of.value} error={of.error} />
  )
  const text = (of: ReturnType<typeof field>) => (
    <TextArea name={of.name} label={of.label} hint={of.hint} value={of.value} error={of.error} />
  )
  return show(visit, {
    title: words.writeTitle,
    staff: visit,
    refused: refusal,
    children: (
      <Form
        action={visit.paths.announcementPreview}
        csrf={visit.browser.csrf}
        submit={words.toPreview}
        secondary={{ href: visit.paths.announcements, label: japanese.office.back }}
      >
        {line(field('heading', words.heading, words.headingHint))}
        {text(field('text', words.body, words.bodyHint))}
        {day(field('publishedOn', words.publishedOn))}
        {day(field('lastDay', words.lastDay, words.lastDayHint))}
        {line(field('headingEn', words.headingEn, words.enHint))}
        {text(field('textEn', words.bodyEn))}
      </Form>
    ),
  })
}

function showPreview(visit: StaffVisit, form: AnnouncementForm, refusal?: Refused, reason = '') {
  const { csrf } = visit.browser
  const fields: Readonly<Record<string, string>> = { ...form }
  return show(visit, {
    title: words.previewTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <Notice kind="info" heading={words.previewHeading}>
          <p>{words.previewText}</p>
        </Notice>
        <AnnouncementPreview of={announcementOf(visit.bank.bankCode, '', form)} />
        <Form
          action={visit.paths.announcementPropose}
          csrf={csrf}
          submit={japanese.office.proposals.prepare}
        >
          <Carried fields={fields} />
          <ReasonField
            hint={japanese.office.campaigns.reasonHint}
            value={reason}
            refusal={refusal}
          />
        </Form>
        <form class="form" method="post" action={visit.paths.announcementPreview}>
          <input type="hidden" name="csrf" value={csrf} />
          <Carried fields={{ ...fields, edit: 'yes' }} />
          <button type="submit" class="button button--secondary">
            {words.edit}
          </button>
        </form>
      </>
    ),
  })
}
