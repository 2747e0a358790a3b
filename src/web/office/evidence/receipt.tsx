import type { ReceiptProof } from '../../../bank/ports.ts'
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
  const proof = await proofOf(visit, receiptNo)
  if (proof === undefined) return unknown(visit, receiptNo)
  return proof === 'unsealed' ? showUnsealed(visit) : showProof(visit, proof)
}

/** The proof as a file, for the program that shares no code with this one. */
export async function bundleSubmit(visit: StaffVisit, form: SubmittedForm) {
  const receiptNo = receiptNoIn(form)
  const proof = await proofOf(visit, receiptNo)
  if (proof === undefined) return unknown(visit, receiptNo)
  if (proof === 'unsealed') return showUnsealed(visit)
  const { ports } = visit.site
  await recordExport(ports, visit.staffRequest, { what: 'receipt-proof', receiptNo })
  return download(visit, fileNameOf(proof), linesOf(proof), 'json')
}

const receiptNoIn = (form: SubmittedForm) => form.text('receiptNo').normalize('NFKC').trim()

async function proofOf(visit: StaffVisit, receiptNo: string) {
  if (!/^\d{1,15}$/.test(receiptNo)) return undefined
  return visit.site.ports.evidence.proofOfReceipt(visit.bank.bankCode, receiptNo)
}

const unknown = (visit: StaffVisit, typed: string) =>
  evidencePage(visit, refused('invalid-input', 'receiptNo'), typed)

const fileNameOf = ({ bankCode, receiptNo }: ReceiptProof) =>
  `receipt-${bankCode}-${receiptNo}.json`

async function* linesOf(proof: ReceiptProof): AsyncGenerator<string> {
  yield `${JSON.stringify(proof, undefined, 2)}\n`
}

function showUnsealed(visit: StaffVisit) {
  return show(visit, {
    title: words.proofTitle,
    staff: visit,
    children: (
      <>
        <Notice kind="info" heading={words.unsealed}>
          <p>{words.unsealedText}</p>
        </Notice>
        <Again visit={visit} />
      </>
    ),
  })
}

function showProof(visit: StaffVisit, proof: ReceiptProof) {
  const { receiptNo, events } = proof
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
        <pre class="mail__body">{words.command(fileNameOf(proof))}</pre>
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
