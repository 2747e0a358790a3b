import type { Letter } from '../../bank/ports.ts'
import { type PrintedLetter, printLetter } from '../../bank/procedures/letter-print.ts'
import type { Refused } from '../../bank/refusal.ts'
import { Facts } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { japanese } from '../words/words.ts'
import type { OfficeRoute } from './route.ts'
import { type StaffVisit, show } from './visit.tsx'
import { WorkTable } from './work-table.tsx'
import { shortTime } from './written-time.ts'

const words = japanese.office.letters

/** 親展書面: new secrets on paper, each shown once, to be printed and put into an envelope. */
export const letterRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/letters', act: 'letter-print', page: (visit) => listPage(visit) },
  { method: 'post', path: '/letters/:id/print', act: 'letter-print', submit: printSubmit },
]

async function listPage(visit: StaffVisit, refusal?: Refused) {
  const { letters } = visit.site.ports.store.tables
  const waiting = await letters.waiting(visit.bank.bankCode)
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
          rows={waiting.map((letter) => [
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

/** The button, for a third person only. */
function LetterState({ visit, letter }: { visit: StaffVisit; letter: Letter }) {
  const { staffId } = visit.staff
  if ([letter.preparedBy, letter.approvedBy].includes(staffId)) return <>{words.notByThem}</>
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

function showLetter(visit: StaffVisit, printed: PrintedLetter) {
  const { contractId, name } = printed.contract
  return show(visit, {
    title: words.kinds[printed.kind],
    staff: visit,
    children: (
      <>
        <p class="no-print">{words.once}</p>
        <p>{words.to(name)}</p>
        <Facts
          items={[
            {
              field: 'contractId',
              label: japanese.office.proposals.contractId,
              value: contractId,
            },
          ]}
        />
        <Secret printed={printed} />
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

function Secret({ printed }: { printed: PrintedLetter }) {
  if (printed.kind === 'enrolment') {
    return (
      <>
        <p>{words.enrolment(shortTime(printed.expiresAtMs))}</p>
        <p class="secret" data-field="enrolmentPassword">
          {printed.enrolmentPassword}
        </p>
      </>
    )
  }
  const { method } = printed.contract
  if (method === 'confirmation-password') {
    return (
      <>
        <p>{words.methods[method]}</p>
        <p class="secret" data-field="confirmationPassword">
          {printed.cells.join('')}
        </p>
      </>
    )
  }
  const images: Readonly<Record<string, string>> = japanese.parts.images
  return (
    <>
      <p>{words.methods[method]}</p>
      <ol class="card-cells" data-field="cells">
        {printed.cells.map((cell) => (
          <li>{images[cell] ?? cell}</li>
        ))}
      </ol>
    </>
  )
}
