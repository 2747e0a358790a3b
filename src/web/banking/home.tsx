import { dayOf } from '../../bank/calendar.ts'
import { dailyLimitYen } from '../../bank/money/money.ts'
import { AccountCard, Yen } from '../parts/accounts.tsx'
import { ContactBox } from '../parts/contact.tsx'
import { Facts } from '../parts/facts.tsx'
import { Notice } from '../parts/messages.tsx'
import { Announcements } from './announcements.tsx'
import { LowToday } from './limit.tsx'
import { tokenOnTheWay } from './token-on-the-way.tsx'
import { type CustomerVisit, show } from './visit.tsx'

/** ホーム: accounts, the last login, the token and what may still be sent today. */
export async function homePage(visit: CustomerVisit) {
  const { banking } = visit.words
  const { contract, paths } = visit
  const { tables } = visit.site.ports.store
  const nowMs = visit.site.ports.clock.now()
  const accounts = await tables.core.accountsOf(contract.bankCode, contract.contractId)
  const usedYen = await tables.transfers.usedYen(contract, dayOf(nowMs))
  const limitYen = contract.frozen ? 0 : dailyLimitYen(visit.bank, contract, nowMs)
  const leftYen = Math.max(0, limitYen - usedYen)
  return show(visit, {
    title: banking.home.title,
    customer: visit,
    children: (
      <>
        <Announcements visit={visit} />
        {contract.frozen && <Frozen visit={visit} />}
        <LastLogin visit={visit} />
        {await tokenOnTheWay(visit)}
        <h2>{banking.home.accounts}</h2>
        {accounts.map((account) => (
          <AccountCard
            name={banking.savings[account.accountType]}
            branchName={branchName(visit, account.branchCode)}
            branchCode={account.branchCode}
            accountNumber={account.accountNumber}
            balanceYen={account.balanceYen}
            links={[
              { href: paths.account(account.accountNumber), label: banking.home.statement },
              { href: paths.transferFrom(account.accountNumber), label: banking.home.transferFrom },
            ]}
          />
        ))}
        <Facts
          items={[
            {
              field: 'token',
              label: banking.home.token,
              value: contract.token
                ? banking.home.tokenInUse(contract.token.serial)
                : banking.home.tokenNone,
              dataValue: contract.token?.serial ?? '',
            },
            {
              field: 'limitLeft',
              label: banking.home.limit,
              value: <Yen value={leftYen} />,
              dataValue: String(leftYen),
            },
          ]}
        />
        <LowToday visit={visit} />
        <p>
          <a href={paths.settingsLimit}>{visit.words.limit.link}</a>
        </p>
      </>
    ),
  })
}

/** After 取引中止: why nothing can be sent, and whom to call. */
function Frozen({ visit }: { visit: CustomerVisit }) {
  const { freeze } = visit.words.account
  return (
    <Notice kind="warning" heading={freeze.frozen}>
      <p>{freeze.lifting}</p>
      <ContactBox look={visit.look} />
    </Notice>
  )
}

export function branchName(visit: CustomerVisit, branchCode: string): string {
  return visit.site.ports.directory.branch(visit.bank.bankCode, branchCode)?.name ?? ''
}

/** The customer's own alarm: a login that was not the customer's shows here first. */
function LastLogin({ visit }: { visit: CustomerVisit }) {
  const { home, time } = visit.words.banking
  const { previousLoginAtMs } = visit.session
  if (previousLoginAtMs === undefined) return <p>{home.firstLogin}</p>
  return (
    <Notice kind="info" heading={home.lastLogin}>
      <p data-field="lastLogin" data-value={new Date(previousLoginAtMs).toISOString()}>
        {time(new Date(previousLoginAtMs))}
      </p>
      <p>{home.lastLoginWarning}</p>
    </Notice>
  )
}
