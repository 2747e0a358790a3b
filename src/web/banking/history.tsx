import type { HistoryEntry, HistoryPage } from '../../bank/ports.ts'
import { formOf, type SubmittedForm } from '../form.ts'
import { Yen } from '../parts/accounts.tsx'
import { SelectField, TextField } from '../parts/fields.tsx'
import { Notice } from '../parts/messages.tsx'
import { Table } from '../parts/table.tsx'
import { CRITERIA, KINDS, readSearch, STATUSES } from './history-search.ts'
import { type CustomerVisit, fieldError, show } from './visit.tsx'

/**
 * 取引履歴: what was sent, paid and reserved, newest first; here a customer finds whether it was
 * accepted.
 */
export async function historyPage(visit: CustomerVisit) {
  const { history, day } = visit.words.banking
  const { transfers } = visit.words
  const query = new URLSearchParams(visit.c.req.query())
  const form = formOf(query)
  const search = readSearch(form)
  const page = search.ok
    ? await visit.site.ports.store.tables.transfers.search(visit.contract, search.value)
    : undefined
  const isSearched = CRITERIA.some((name) => form.text(name) !== '')
  return show(visit, {
    title: history.title,
    customer: visit,
    refused: search.ok ? undefined : search,
    children: (
      <>
        <Notice kind="info" heading={transfers.unsureHeading}>
          <p>{transfers.unsure}</p>
        </Notice>
        <Search
          visit={visit}
          form={form}
          isOpen={isSearched}
          error={(name) => fieldError(visit, search.ok ? undefined : search, name)}
        />
        {page && (
          <>
            <Table
              caption={history.caption}
              empty={isSearched ? transfers.noneFound : history.empty}
              columns={[
                { label: history.columns.receiptNo },
                { label: history.columns.time },
                { label: transfers.dayColumn },
                { label: history.columns.payee },
                { label: history.columns.amount, numeric: true },
                { label: history.columns.status },
              ]}
              rows={page.found.map((entry) => rowOf(visit, entry, day))}
            />
            <Pages visit={visit} query={query} page={page} />
          </>
        )}
      </>
    ),
  })
}

function rowOf(visit: CustomerVisit, entry: HistoryEntry, day: (day: string) => string) {
  const { time, transfer, history } = visit.words.banking
  const { kind, receiptNo, status } = entry
  return [
    {
      content: <a href={visit.paths.transferRecord(receiptNo)}>{receiptNo}</a>,
      field: 'receiptNo',
      dataValue: receiptNo,
    },
    time(new Date(entry.receivedAtMs)),
    { content: day(entry.day), field: 'date', dataValue: entry.day },
    { content: entry.payeeName, field: 'payeeName' },
    {
      content: <Yen value={entry.amountYen} />,
      field: 'amount',
      dataValue: String(entry.amountYen),
    },
    {
      content: (
        <>
          <span class="phrase" data-field="kind" data-value={kind}>
            {history.kind[kind]}
          </span>{' '}
          <span class="phrase">{transfer.status[status]}</span>
        </>
      ),
      field: 'status',
      dataValue: status,
    },
  ]
}

interface SearchProps {
  readonly visit: CustomerVisit
  readonly form: SubmittedForm
  readonly isOpen: boolean
  readonly error: (name: string) => string | undefined
}

/** Asked by GET: what was searched stands in the address and can be kept or gone back to. */
function Search({ visit, form, isOpen, error }: SearchProps) {
  const { transfers } = visit.words
  return (
    <details class="search" open={isOpen}>
      <summary>{transfers.search}</summary>
      <form method="get" action={visit.paths.transfers}>
        <SearchFields visit={visit} form={form} error={error} />
        <div class="form__buttons">
          <button type="submit" class="button button--primary">
            {transfers.submitSearch}
          </button>
          {isOpen && (
            <a class="button button--secondary" href={visit.paths.transfers}>
              {transfers.reset}
            </a>
          )}
        </div>
      </form>
    </details>
  )
}

function SearchFields({ visit, form, error }: Omit<SearchProps, 'isOpen'>) {
  const { transfers, banking, parts } = visit.words
  const day = (name: 'fromDay' | 'toDay') => (
    <TextField
      name={name}
      label={transfers[name]}
      value={form.text(name)}
      error={error(name)}
      type="date"
      width="medium"
    />
  )
  const amount = (name: 'leastYen' | 'mostYen') => (
    <TextField
      name={name}
      label={transfers[name]}
      value={form.text(name)}
      error={error(name)}
      inputMode="numeric"
      width="medium"
      suffix={parts.yen}
    />
  )
  return (
    <div class="search__fields">
      {day('fromDay')}
      {day('toDay')}
      <TextField
        name="searchedPayee"
        label={transfers.searchedPayee}
        value={form.text('searchedPayee')}
        error={error('searchedPayee')}
      />
      <SelectField
        name="kind"
        label={transfers.kindLabel}
        value={form.text('kind')}
        error={error('kind')}
        options={[
          { value: '', label: transfers.anyKind },
          ...KINDS.map((kind) => ({ value: kind, label: banking.history.kind[kind] })),
        ]}
      />
      <SelectField
        name="status"
        label={transfers.statusLabel}
        value={form.text('status')}
        error={error('status')}
        options={[
          { value: '', label: transfers.anyStatus },
          ...STATUSES.map((status) => ({
            value: status,
            label: banking.transfer.status[status],
          })),
        ]}
      />
      {amount('leastYen')}
      {amount('mostYen')}
    </div>
  )
}

interface PagesProps {
  readonly visit: CustomerVisit
  readonly query: URLSearchParams
  readonly page: HistoryPage
}

/** To older and newer entries, with the same search. */
function Pages({ visit, query, page }: PagesProps) {
  const { transfers } = visit.words
  const [newest, oldest] = [page.found[0], page.found.at(-1)]
  const to = (name: 'olderThan' | 'newerThan', from: HistoryEntry | undefined) => {
    const search = new URLSearchParams([...query].filter(([key]) => isCriterion(key)))
    if (from !== undefined) search.set(name, from.receiptNo)
    return visit.paths.transfersWith(search)
  }
  if (!page.newer && !page.older) return null
  return (
    <nav class="pages" aria-label={transfers.pages}>
      {page.newer && (
        <a class="button button--quiet" href={to('newerThan', newest)}>
          {transfers.newer}
        </a>
      )}
      {page.older && (
        <a class="button button--quiet" href={to('olderThan', oldest)}>
          {transfers.older}
        </a>
      )}
    </nav>
  )
}

const isCriterion = (name: string) => CRITERIA.some((criterion) => criterion === name)
