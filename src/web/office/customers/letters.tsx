import type { Letter } from '../../../bank/ports.ts'
import { type PrintedLetter, printLetter } from '../../../bank/procedures/letter-print.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { CardPictureSheet } from '../../parts/card-images.tsx'
import { CustomerCard, ImageCard } from '../../parts/cards.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import type { OfficeRoute } from '../route.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shortTime } from '../written-time.ts'

const words = japanese.office.letters

/** 封書: printed once, by a third person. */
export const letterRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/letters', act: 'letter-print', page: (visit) => listPage(visit) },
  { method: 'post', path: '/letters/:id/print', act: 'letter-print', submit: printSubmit },
]

async function listPage(visit: StaffVisit, refusal?: Refused) {
  const { tables } = visit.site.ports.store
  const { bankCode } = visit.bank
  const letters = await tables.letters.waiting(bankCode)
  const names = await Promise.all(
    letters.map(({ contractId }) => tables.contracts.find(bankCode, contractId)),
  )
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
          columns={[
            columns.madeAt,
            columns.contractId,
            columns.name,
            columns.kind,
            columns.people,
            columns.print,
          ]}
          empty={words.empty}
          rows={letters.map((letter, place) => [
            { atMs: letter.madeAtMs },
            letter.contractId,
            names[place]?.name ?? '',
            words.kinds[letter.kind],
            `${letter.preparedBy}／${letter.approvedBy}`,
            <PrintButton visit={visit} letter={letter} />,
          ])}
        />
      </>
    ),
  })
}

function PrintButton({ visit, letter }: { visit: StaffVisit; letter: Letter }) {
  if ([letter.preparedBy, letter.approvedBy].includes(visit.staff.staffId)) {
    return <>{words.notYours}</>
  }
  const action = visit.paths.printLetter(letter.id)
  return <Form action={action} csrf={visit.browser.csrf} submit={words.print} />
}

async function printSubmit(visit: StaffVisit) {
  const id = visit.c.req.param('id') ?? ''
  const outcome = await printLetter(visit.site.ports, visit.staffRequest, id)
  if (outcome.ok) return showLetter(visit, outcome.value)
  return listPage(visit, outcome.refusal === 'out-of-order' ? refused('wrong-state') : outcome)
}

/** The letter itself: shown with this one answer, kept by no cache and nowhere else. */
function showLetter(visit: StaffVisit, letter: PrintedLetter) {
  const { contract } = letter
  return show(visit, {
    title: words.title,
    staff: visit,
    children: (
      <>
        <div class="not-printed">
          <Notice kind="warning" heading={words.printed} />
        </div>
        <article class="letter">
          <p class="letter__to">{words.recipient(contract.name)}</p>
          <p class="letter__from">
            {shortTime(letter.printedAtMs).split(' ')[0]}
            <br />
            {visit.bank.name}
            <br />
            {visit.bank.contact.department}
            <br />
            {words.phone(visit.bank.contact.phone, visit.bank.contact.hours)}
          </p>
          <p>{words.greeting}</p>
          <p>{words.body[letter.kind]}</p>
          <Secret letter={letter} />
          <p>{words.caution}</p>
        </article>
        <p class="not-printed">
          <a href={visit.paths.letters}>{words.back}</a>
        </p>
      </>
    ),
  })
}

function Secret({ letter }: { letter: PrintedLetter }) {
  const { contractId, method } = letter.contract
  if (letter.kind === 'enrolment') {
    return (
      <Facts
        items={[
          { field: 'contractId', label: words.contractId, value: contractId },
          {
            field: 'enrolmentPassword',
            label: words.password,
            value: letter.enrolmentPassword,
            large: true,
          },
          { field: 'expiresAt', label: words.expires, value: shortTime(letter.expiresAtMs) },
        ]}
      />
    )
  }
  const { cells } = letter
  if (method === 'customer-card') return <CustomerCard cells={cells} />
  if (method === 'image-card') {
    return (
      <>
        <CardPictureSheet names={cells} />
        <ImageCard cells={cells} />
      </>
    )
  }
  const label = words.cardTitle['confirmation-password']
  return (
    <Facts items={[{ field: 'confirmationPassword', label, value: cells.join(''), large: true }]} />
  )
}
