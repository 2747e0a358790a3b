import type { CustomerView } from '../../../bank/office/customer-view.ts'
import { Yen } from '../../parts/accounts.tsx'
import { japanese } from '../../words/words.ts'
import { Panel, type PanelFact, Tag } from '../panel.tsx'
import type { StaffVisit } from '../visit.tsx'
import { shortTime } from '../written-time.ts'
import { ActLinks } from './act-links.tsx'

const words = japanese.office.customers

interface PanelOf {
  readonly visit: StaffVisit
  readonly view: CustomerView
}

/** How the customer comes in, and confirms without a token. */
export function ContractPanel({ visit, view }: PanelOf) {
  const said = words.contract
  const { contract, session } = view
  const isWaiting = view.letters.some(({ state }) => state === 'waiting')
  const facts: PanelFact[] = [
    ...(contract.frozenAtMs === undefined
      ? []
      : [{ field: 'frozenAt', label: said.frozenSince, value: shortTime(contract.frozenAtMs) }]),
    {
      field: 'enrolled',
      label: said.enrolled,
      value: contract.loginPasswordHash === undefined ? said.enrolledNo : said.enrolledYes,
    },
    {
      field: 'lastLogin',
      label: said.lastLogin,
      value: contract.lastLoginAtMs === undefined ? said.never : shortTime(contract.lastLoginAtMs),
    },
    {
      field: 'session',
      label: said.session,
      value: session ? said.sessionSince(shortTime(session.startedAtMs)) : said.sessionNo,
    },
    {
      field: 'otpAtLogin',
      label: said.otpAtLogin,
      value: contract.otpAtLogin ? said.otpAtLoginYes : said.otpAtLoginNo,
    },
    {
      field: 'method',
      label: said.method,
      value: (
        <>
          {said.methods[contract.method]}{' '}
          {isWaiting && <Tag tone="open" text={said.letterWaiting} />}
        </>
      ),
    },
    { field: 'mail', label: words.mail, value: contract.mail || words.none },
  ]
  return (
    <Panel id="contract-heading" heading={said.heading} facts={facts}>
      <ActLinks
        visit={visit}
        view={view}
        names={['unfreeze', 'card-reissue', 'password-reissue']}
      />
    </Panel>
  )
}

/** What may be sent today, what was, and what changes when. */
export function LimitsPanel({ visit, view }: PanelOf) {
  const said = words.limits
  const { contract, limitYen, usedYen } = view
  const { nextLimit, dailyLimitYen, lowLimitUntilMs = 0, token } = contract
  const isLow = token !== undefined && visit.site.ports.clock.now() < lowLimitUntilMs
  const yen = (field: string, label: string, value: number): PanelFact => ({
    field,
    label,
    value: <Yen value={value} />,
    dataValue: String(value),
  })
  const facts: PanelFact[] = [
    yen('limit', said.today, limitYen),
    yen('used', said.used, usedYen),
    yen('left', said.left, Math.max(0, limitYen - usedYen)),
    dailyLimitYen === undefined
      ? { field: 'ownLimit', label: said.own, value: said.ownNone }
      : yen('ownLimit', said.own, dailyLimitYen),
    ...(nextLimit === undefined
      ? []
      : [
          {
            field: 'nextLimit',
            label: said.next,
            value: said.nextFrom(
              `${nextLimit.yen.toLocaleString('ja-JP')}円`,
              shortTime(nextLimit.fromMs),
            ),
          },
        ]),
    ...(isLow
      ? [{ field: 'lowUntil', label: said.lowUntil, value: said.until(shortTime(lowLimitUntilMs)) }]
      : []),
  ]
  const state = isLow ? <Tag tone="open" text={words.states.lowLimit} /> : undefined
  return (
    <Panel id="limits-heading" heading={said.heading} state={state} facts={facts}>
      <ActLinks visit={visit} view={view} names={['limit-lift']} />
    </Panel>
  )
}
