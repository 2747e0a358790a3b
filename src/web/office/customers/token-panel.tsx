import type { CustomerView } from '../../../bank/office/customer-view.ts'
import type { Token } from '../../../bank/token.ts'
import { codeUse } from '../../words/ja/office/events.ts'
import { japanese } from '../../words/words.ts'
import { Panel, type PanelFact, Tag } from '../panel.tsx'
import type { StaffVisit } from '../visit.tsx'
import { shortTime } from '../written-time.ts'
import { ActLinks } from './act-links.tsx'

const words = japanese.office.customers
const { token: said, tokenStates } = words

/** The token: which one, how it stands, and where its last code went. */
export function TokenPanel({ visit, view }: { visit: StaffVisit; view: CustomerView }) {
  const { token } = view
  if (token === undefined) {
    return (
      <Panel id="token-heading" heading={said.heading}>
        <p class="panel__text">{said.none}</p>
      </Panel>
    )
  }
  const state = (
    <Tag
      tone={token.state === 'active' ? 'good' : 'bad'}
      text={tokenStates[token.state]}
      field="tokenState"
      value={token.state}
    />
  )
  return (
    <Panel
      id="token-heading"
      heading={said.heading}
      state={state}
      facts={factsOf(visit, view, token)}
    >
      {isHeldElsewhere(visit, view) && <p class="panel__text">{said.heldElsewhere}</p>}
      <ActLinks visit={visit} view={view} names={['reissue', 'token-release']} />
    </Panel>
  )
}

function factsOf(visit: StaffVisit, view: CustomerView, token: Token): PanelFact[] {
  const { contract, tokenType, holds, othersHere, othersElsewhere } = view
  const held = holds.find((hold) => hold.bankCode === visit.bank.bankCode) ?? holds[0]
  const since = contract.tokenChangedAtMs
  return [
    { field: 'serial', label: said.serial, value: <strong class="serial">{token.serial}</strong> },
    { field: 'tokenType', label: said.type, value: tokenType?.name ?? token.type },
    {
      field: 'tokenSince',
      label: said.since,
      value: since === undefined ? said.unknown : shortTime(since),
    },
    ...(token.state === 'suspended' && held
      ? [{ field: 'heldAt', label: said.suspendedSince, value: shortTime(held.heldAtMs) }]
      : []),
    { field: 'lastUse', label: said.lastUse, value: lastUseOf(token) },
    {
      field: 'drift',
      label: said.drift,
      value: driftOf(token),
      dataValue: String(token.driftSteps),
    },
    ...(othersHere.length + othersElsewhere === 0
      ? []
      : [{ field: 'shared', label: said.shared, value: <Shared visit={visit} view={view} /> }]),
  ]
}

function lastUseOf(token: Token): string {
  if (token.lastUse === undefined) return token.lastAccepted < 0 ? said.never : said.unknown
  const { procedure, atMs } = token.lastUse
  return said.use(shortTime(atMs), codeUse(procedure))
}

function driftOf({ driftSteps, periodSeconds }: Token): string {
  if (driftSteps === 0) return said.noDrift
  const { duration } = japanese.office.history
  const seconds = duration(Math.abs(driftSteps) * periodSeconds)
  return driftSteps > 0 ? said.fast(seconds) : said.slow(seconds)
}

function isHeldElsewhere({ bank }: StaffVisit, { token, holds }: CustomerView): boolean {
  return token?.state === 'suspended' && holds.some((hold) => hold.bankCode !== bank.bankCode)
}

/** The family's contracts here; of other banks only how many. */
function Shared({ visit, view }: { visit: StaffVisit; view: CustomerView }) {
  const { othersHere, othersElsewhere } = view
  return (
    <>
      {othersHere.map((contractId) => (
        <a class="panel__link" href={visit.paths.customer(contractId)}>
          {said.sharedHere(contractId)}
        </a>
      ))}
      {othersElsewhere > 0 && <span>{said.sharedElsewhere(othersElsewhere)}</span>}
    </>
  )
}
