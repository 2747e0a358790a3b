import type { Letter, Paper } from '../../bank/letter.ts'
import { type PrintedLetter, printLetter } from '../../bank/procedures/letter-printing.ts'
import type { Refused } from '../../bank/refusal.ts'
import { Facts } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { japanese } from '../words/words.ts'
import type { OfficeRoute } from './route.ts'
import { type StaffVisit, show } from './visit.tsx'
import { WorkTable } from './work-table.tsx'
import { shortTime } from './written-time.ts'

const words = japanese.office.letters
const MOST_LETTERS = 100

/** 親展書面: new secrets on paper, each shown once, to be printed and put into an envelope. */
export const letterRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/letters', act: 'letter-print', page: (visit) => listPage(visit) },
  { method: 'post', path: '/letters/:id/print', act: 'letter-print', submit: printSubmit },
]

async function listPage(visit: StaffVisit, refusal?: Refused) {
  const { letters } = visit.site.ports.store.tables
  const all = await letters.list(visit.bank.bankCode, MOST_LETTERS)
  const { columns } = words
  return show(visit, {
    title: words.title,
    staff: visit,
    wide: true,
    refused: refusal,
    children: (
      <>
        <p>{words.text}</p>
        <WorkTable
          caption={words.caption}
          columns={[columns.kind, columns.contractId, columns.madeAt, columns.state]}
          empty={words.empty}
          rows={all.map((letter) => [
            words.kinds[letter.kind],
            letter.contractId,
            { atMs: letter.madeAtMs },
            <LetterState visit={visit} letter={letter} />,
          ])}
        />
      </>
    ),
  })
}

function LetterState({ visit, letter }: { visit: StaffVisit; letter: Letter }) {
  if (letter.printedBy !== undefined && letter.printedAtMs !== undefined) {
    return <>{words.printed(letter.printedBy, shortTime(letter.printedAtMs))}</>
  }
  if (letter.approvedBy === visit.staff.staffId) return <>{words.notByApprover}</>
  return (
    <Form
      action={visit.paths.letterPrint(letter.id)}
      csrf={visit.browser.csrf}
      submit={words.print}
    />
  )
}

async function printSubmit(visit: StaffVisit) {
  const id = visit.c.req.param('id') ?? ''
  const outcome = await printLetter(visit.site.ports, visit.staffRequest, id)
  return outcome.ok ? showLetter(visit, outcome.value) : listPage(visit, outcome)
}

async function showLetter(visit: StaffVisit, { letter, paper }: PrintedLetter) {
  const { contracts } = visit.site.ports.store.tables
  const contract = await contracts.find(letter.bankCode, letter.contractId)
  return show(visit, {
    title: words.kinds[letter.kind],
    staff: visit,
    children: (
      <>
        <p class="no-print">{words.once}</p>
        <p>{words.to(contract?.name ?? '')}</p>
        <Facts
          items={[
            {
              field: 'contractId',
              label: japanese.office.proposals.contractId,
              value: letter.contractId,
            },
          ]}
        />
        <Secret paper={paper} />
        <p>{words.neverAsked}</p>
        <p class="no-print">
          <a class="button button--primary" href={visit.paths.letters}>
            {words.title}
          </a>
        </p>
      </>
    ),
  })
}

function Secret({ paper }: { paper: Paper }) {
  if (paper.kind === 'enrolment') {
    return (
      <>
        <p>{words.enrolment(shortTime(paper.expiresAtMs))}</p>
        <p class="secret" data-field="enrolmentPassword">
          {paper.enrolmentPassword}
        </p>
      </>
    )
  }
  if (paper.method === 'confirmation-password') {
    return (
      <>
        <p>{words.methods[paper.method]}</p>
        <p class="secret" data-field="confirmationPassword">
          {paper.cells.join('')}
        </p>
      </>
    )
  }
  const images: Readonly<Record<string, string>> = japanese.parts.images
  return (
    <>
      <p>{words.methods[paper.method]}</p>
      <ol class="card-cells" data-field="cells">
        {paper.cells.map((cell) => (
          <li>{images[cell] ?? cell}</li>
        ))}
      </ol>
    </>
  )
}
