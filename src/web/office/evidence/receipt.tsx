import type { ReceiptAnswer, ReceiptProof } from '../../../bank/ports.ts'
import { recordExport } from '../../../bank/procedures/export-record.ts'
import { refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { download } from '../download.ts'
import { Carried } from '../reason-field.tsx'
import { SaveForm } from '../save-form.tsx'
import { type StaffVisit, show } from '../visit.tsx'
import { evidencePage } from './page.tsx'

const words = japanese.office.evidence

/** Whether the receipt's events stand in the sealed log, and by which head that is proven. */
export async function receiptSubmit(visit: StaffVisit, form: SubmittedForm) {
  const receiptNo = receiptNoIn(form)
  const answer = await proofOf(visit, receiptNo)
  return isProof(answer) ? showProof(visit, answer) : showNone(visit, receiptNo, answer)
}

/** The proof as a file, for the program that shares no code with this one. */
export async function bundleSubmit(visit: StaffVisit, form: SubmittedForm) {
  const receiptNo = receiptNoIn(form)
  const proof = await proofOf(visit, receiptNo)
  if (!isProof(proof)) return showNone(visit, receiptNo, proof)
  const { ports } = visit.site
  await recordExport(ports, visit.staffRequest, { what: 'receipt-proof', receiptNo })
  return download(visit, fileNameOf(proof), linesOf(proof), 'json')
}

const receiptNoIn = (form: SubmittedForm) => form.text('receiptNo').normalize('NFKC').trim()

async function proofOf(visit: StaffVisit, receiptNo: string) {
  if (!/^\d{1,15}$/.test(receiptNo)) return undefined
  return visit.site.ports.evidence.proofOfReceipt(visit.bank.bankCode, receiptNo)
}

const isProof = (answer: ReceiptAnswer): answer is ReceiptProof =>
  typeof answer === 'object' && 'events' in answer

/** Why there is no proof: no such receipt, not sealed yet, or not here any more. */
function showNone(
  visit: StaffVisit,
  typed: string,
  answer: Exclude<ReceiptAnswer, ReceiptProof>,
): Response | Promise<Response> {
  if (answer === undefined) {
    return evidencePage(visit, refused('invalid-input', 'receiptNo'), typed)
  }
  if (answer === 'unsealed') return showNotHere(visit, words.unsealed, words.unsealedText)
  return showNotHere(visit, words.retained, words.retainedText(answer.retainedIn))
}

const fileNameOf = ({ bankCode, receiptNo }: ReceiptProof) =>
  `receipt-${bankCode}-${receiptNo}.json`

async function* linesOf(proof: ReceiptProof): AsyncGenerator<string> {
  yield `${JSON.stringify(proof, undefined, 2)}\n`
}

function showNotHere(visit: StaffVisit, heading: string, text: string) {
  return show(visit, {
    title: words.proofTitle,
    staff: visit,
    children: (
      <>
        <Notice kind="info" heading={heading}>
          <p>{text}</p>
        </Notice>
        <Again visit={visit} />
      </>
    ),
  })
}

async function showProof(visit: StaffVisit, proof: ReceiptProof) {
  const { receiptNo, events } = proof
  const published = await visit.site.ports.evidence.publishedHead(visit.bank.bankCode)
  const isPublished = published?.note === proof.head
  return show(visit, {
    title: words.proofTitle,
    staff: visit,
    children: (
      <>
        <Notice kind="success" heading={words.proven}>
          <p>{words.provenText}</p>
        </Notice>
        <Facts
          items={[
            { field: 'receiptNo', label: words.receiptNo, value: receiptNo, large: true },
            {
              field: 'events',
              label: words.provenEvents,
              value: words.events(events.length),
              dataValue: String(events.length),
            },
            {
              field: 'leaf',
              label: words.leaf,
              value: words.leafAt(events.map(({ leaf }) => leaf)),
              dataValue: events.map(({ leaf }) => leaf).join(' '),
            },
          ]}
        />
        <h2>{words.covers}</h2>
        <p data-field="published" data-value={isPublished ? 'yes' : 'no'}>
          {isPublished ? words.coversPublished : words.coversUnpublished}
        </p>
        <pre class="mail__body" data-field="head">
          {proof.head}
        </pre>
        <SaveForm
          visit={visit}
          action={visit.paths.evidenceBundle}
          submit={words.download}
          text={words.downloadText}
        >
          <Carried fields={{ receiptNo }} />
        </SaveForm>
        <h2>{words.how}</h2>
        <p>{words.howText(isPublished)}</p>
        <pre class="mail__body">{words.command(fileNameOf(proof), isPublished)}</pre>
        <Again visit={visit} />
      </>
    ),
  })
}

const Again = ({ visit }: { visit: StaffVisit }) => (
  <p>
    <a href={visit.paths.evidence}>{words.again}</a>
  </p>
)
