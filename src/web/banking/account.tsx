import { AccountCard, Yen } from '../parts/accounts.tsx'
import { Table } from '../parts/table.tsx'
import { branchName } from './home.tsx'
import { type CustomerVisit, show } from './visit.tsx'

const MOST_LINES = 50

/** 入出金明細: one account with its latest movements. */
export async function accountPage(visit: CustomerVisit) {
  const { account: words, home, savings, time } = visit.words.banking
  const { bankCode, contractId } = visit.contract
  const { core } = visit.site.ports.store.tables
  const number = visit.param('number')
  const account = await core.account(bankCode, contractId, number)
  if (account === undefined) return visit.c.notFound()
  const lines = await core.statement(account, MOST_LINES)
  return show(visit, {
    title: words.title,
    customer: visit,
    children: (
      <>
        <AccountCard
          name={savings[account.accountType]}
          branchName={branchName(visit, account.branchCode)}
          branchCode={account.branchCode}
          accountNumber={account.accountNumber}
          balanceYen={account.balanceYen}
          links={[
            { href: visit.paths.transferFrom(account.accountNumber), label: home.transferFrom },
          ]}
        />
        <Table
          caption={words.caption}
          empty={words.empty}
          columns={[
            { label: words.columns.time },
            { label: words.columns.text },
            { label: words.columns.amount, numeric: true },
            { label: words.columns.balance, numeric: true },
          ]}
          rows={lines.map((line) => [
            time(new Date(line.atMs)),
            line.text,
            { content: <Yen value={line.amountYen} />, dataValue: String(line.amountYen) },
            { content: <Yen value={line.balanceYen} />, dataValue: String(line.balanceYen) },
          ])}
        />
      </>
    ),
  })
}
