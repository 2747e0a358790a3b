import { type FoundCustomer, readCustomerSearch } from '../../../bank/office/customer-search.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { clean } from '../../form.ts'
import { TextField } from '../../parts/fields.tsx'
import { japanese } from '../../words/words.ts'
import { Tag } from '../panel.tsx'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'

const words = japanese.office.customers
const MOST_FOUND = 50

/** Where a single hit leads: to the customer's page, or straight to the loss report. */
const LOSS = 'loss'

/** お客さまを探す: one field for whatever the caller can tell. */
export async function searchPage(visit: StaffVisit) {
  const typed = clean(visit.c.req.query('q') ?? '').trim()
  const forLoss = visit.c.req.query('to') === LOSS && mayDo(visit.staff.role, 'loss-report')
  if (visit.c.req.query('q') === undefined) return showSearch(visit, '')
  if (typed === '') return showSearch(visit, '', refused('invalid-input', 'q'))
  const { customers } = visit.site.ports.store.tables
  const { bankCode } = visit.bank
  const found = await customers.search(bankCode, readCustomerSearch(typed), MOST_FOUND)
  const [only] = found
  if (only !== undefined && found.length === 1) {
    const { contractId } = only
    const to = forLoss ? visit.paths.loss(contractId) : visit.paths.customer(contractId)
    return visit.c.redirect(to, 303)
  }
  return showSearch(visit, typed, undefined, found)
}

function showSearch(
  visit: StaffVisit,
  typed: string,
  refusal?: Refused,
  found?: readonly FoundCustomer[],
) {
  return show(visit, {
    title: words.searchTitle,
    staff: visit,
    wide: true,
    refused: refusal,
    children: (
      <>
        <form class="form seek" method="get" action={visit.paths.customers}>
          <TextField
            name="q"
            label={words.query}
            hint={words.queryHint}
            value={typed}
            maxLength={60}
            error={fieldError(refusal, 'q')}
          />
          <div class="seek__buttons">
            <button type="submit" class="button button--primary">
              {words.search}
            </button>
            {mayDo(visit.staff.role, 'loss-report') && (
              <button type="submit" class="button button--danger" name="to" value={LOSS}>
                {words.searchForLoss}
              </button>
            )}
          </div>
        </form>
        {found && <Found visit={visit} found={found} />}
      </>
    ),
  })
}

function Found({ visit, found }: { visit: StaffVisit; found: readonly FoundCustomer[] }) {
  const { columns } = words
  const mayReport = mayDo(visit.staff.role, 'loss-report')
  const more = found.length === MOST_FOUND
  return (
    <WorkTable
      caption={more ? words.foundMost(found.length) : words.found(found.length)}
      columns={[
        columns.contractId,
        columns.name,
        columns.phone,
        columns.token,
        columns.foundBy,
        ...(mayReport ? [columns.loss] : []),
      ]}
      empty={words.nobody}
      rows={found.map((customer) => [
        <a href={visit.paths.customer(customer.contractId)}>{customer.contractId}</a>,
        customer.name,
        customer.phone ?? words.none,
        <TokenCell customer={customer} />,
        words.foundBy[customer.foundBy],
        ...(mayReport
          ? [<a href={visit.paths.loss(customer.contractId)}>{words.lossShort}</a>]
          : []),
      ])}
    />
  )
}

function TokenCell({ customer }: { customer: FoundCustomer }) {
  const { serial, tokenState } = customer
  if (serial === undefined || tokenState === undefined) return <>{words.none}</>
  return (
    <>
      {serial}{' '}
      <Tag tone={tokenState === 'active' ? 'good' : 'bad'} text={words.tokenStates[tokenState]} />
    </>
  )
}
