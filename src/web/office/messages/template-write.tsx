import {
  type NoticeTemplate,
  PLACEHOLDER_NAMES,
  readTemplate,
  STANDARD_TEMPLATE,
} from '../../../bank/office/notice-template.ts'
import { noticeTemplateChange } from '../../../bank/procedures/notice-template.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { TextArea } from '../../parts/text-area.tsx'
import { japanese } from '../../words/words.ts'
import { MailSample } from '../mail-sample.tsx'
import { Carried, ReasonField } from '../reason-field.tsx'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { sampleNotice } from './template.tsx'

const words = japanese.office.messages

/** Step 1: the words. */
export async function templateWritePage(visit: StaffVisit) {
  const { messages } = visit.site.ports.store.tables
  const [newest] = await messages.templates(visit.bank.bankCode, 1)
  return showForm(visit, newest?.template ?? STANDARD_TEMPLATE)
}

/** Step 2: a notice as it will come. Or back to the words. */
export function templatePreview(visit: StaffVisit, form: SubmittedForm) {
  const typed = typedIn(form)
  if (form.text('edit') !== '') return showForm(visit, typed)
  const read = readTemplate(typed)
  return read.ok ? showPreview(visit, read.value) : showForm(visit, typed, read)
}

/** Step 3: prepared. */
export async function templatePropose(visit: StaffVisit, form: SubmittedForm) {
  const typed = typedIn(form)
  const read = readTemplate(typed)
  if (!read.ok) return showForm(visit, typed, read)
  const { ports } = visit.site
  const reason = form.text('reason')
  const prepared = { subject: words.templateTitle, facts: { ...read.value } }
  const outcome = await noticeTemplateChange.propose(ports, visit.staffRequest, prepared, reason)
  if (outcome.ok) return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
  return showPreview(visit, read.value, outcome, reason)
}

const typedIn = (form: SubmittedForm): NoticeTemplate => ({
  greeting: form.lines('greeting'),
  closing: form.lines('closing'),
  signature: form.lines('signature'),
})

function showForm(visit: StaffVisit, typed: NoticeTemplate, refusal?: Refused) {
  const part = (name: keyof NoticeTemplate, hint?: string) => (
    <TextArea
      name={name}
      label={words[name]}
      hint={hint}
      value={typed[name]}
      error={fieldError(refusal, name)}
    />
  )
  return show(visit, {
    title: words.templateChangeTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{words.placeholders(PLACEHOLDER_NAMES)}</p>
        <Form
          action={visit.paths.templatePreview}
          csrf={visit.browser.csrf}
          submit={words.toPreview}
          secondary={{ href: visit.paths.template, label: japanese.office.back }}
        >
          {part('greeting')}
          {part('closing')}
          {part('signature', words.signatureHint)}
        </Form>
      </>
    ),
  })
}

function showPreview(visit: StaffVisit, template: NoticeTemplate, refusal?: Refused, reason = '') {
  const { csrf } = visit.browser
  const fields: Readonly<Record<string, string>> = { ...template }
  return show(visit, {
    title: words.templateChangeTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <Notice kind="info" heading={words.templatePreviewHeading}>
          <p>{words.templatePreviewText}</p>
        </Notice>
        <MailSample text={sampleNotice(visit.bank, template, visit.site.ports.clock.now())} />
        <Form
          action={visit.paths.templatePropose}
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
        <form class="form" method="post" action={visit.paths.templatePreview}>
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
