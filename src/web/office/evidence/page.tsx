import type { SignedHead } from '../../../bank/ports.ts'
import type { Refused } from '../../../bank/refusal.ts'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { shortTime } from '../written-time.ts'

const words = japanese.office.evidence

/** The newest signed head of the bank's log, and the question for a receipt. */
export async function evidencePage(visit: StaffVisit, refusal?: Refused, typed = '') {
  const { evidence } = visit.site.ports
  const { bankCode } = visit.bank
  const [head, published] = await Promise.all([
    evidence.newestHead(bankCode),
    evidence.publishedHead(bankCode),
  ])
  return show(visit, {
    title: words.title,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{words.text}</p>
        <h2>{words.prove}</h2>
        <Form action={visit.paths.evidenceReceipt} csrf={visit.browser.csrf} submit={words.submit}>
          <TextField
            name="receiptNo"
            label={words.receiptNo}
            hint={words.receiptHint}
            value={typed}
            inputMode="numeric"
            width="medium"
            error={fieldError(refusal, 'receiptNo')}
          />
        </Form>
        <h2>{words.head}</h2>
        {head === undefined ? <p class="empty">{words.headEmpty}</p> : <Head head={head} />}
        <h2>{words.published}</h2>
        {published === undefined ? (
          <p class="empty">{words.publishedEmpty}</p>
        ) : (
          <p data-field="publishedSize" data-value={String(published.size)}>
            {words.publishedAt(published.size, shortTime(published.atMs))}
          </p>
        )}
      </>
    ),
  })
}

function Head({ head }: { head: SignedHead }) {
  return (
    <>
      <Facts
        items={[
          {
            field: 'size',
            label: words.size,
            value: words.events(head.size),
            dataValue: String(head.size),
          },
          {
            field: 'sealedAt',
            label: words.sealedAt,
            value: shortTime(head.atMs),
            dataValue: new Date(head.atMs).toISOString(),
          },
          { field: 'root', label: words.root, value: head.root },
          { field: 'verifierKey', label: words.verifierKey, value: head.verifierKey },
        ]}
      />
      <h3>{words.note}</h3>
      <p>{words.noteText}</p>
      <pre class="mail__body" data-field="note">
        {head.note}
      </pre>
    </>
  )
}
