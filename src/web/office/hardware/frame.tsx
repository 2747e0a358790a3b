import type { Child } from 'hono/jsx'
import type { ListedApplication } from '../../../bank/hardware/hardware.ts'
import type { TokenShape } from '../../../bank/hardware/stock.ts'
import { mayDo, type StaffAct } from '../../../bank/office/staff.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { TokenState } from '../../../bank/token.ts'
import { japanese } from '../../words/words.ts'
import { type StaffVisit, show } from '../visit.tsx'

const words = japanese.office.hardware

export type Section = keyof typeof words.sections

/** In the order of the menu, with what one must be allowed to do. */
const SECTIONS: readonly (readonly [Section, StaffAct])[] = [
  ['stock', 'hardware-view'],
  ['applications', 'hardware-view'],
  ['dispatch', 'hardware-view'],
  ['returns', 'hardware-view'],
  ['battery', 'hardware-view'],
  ['import', 'hardware-handle'],
]

interface Framed {
  readonly title: string
  readonly section: Section
  readonly refused?: Refused | undefined
  readonly wide?: boolean
  readonly children: Child
}

/** A page about hardware tokens, with the ways to the others. */
export function showHardware(visit: StaffVisit, framed: Framed) {
  return show(visit, {
    title: framed.title,
    staff: visit,
    refused: framed.refused,
    wide: framed.wide ?? true,
    children: (
      <>
        <Sections visit={visit} here={framed.section} />
        {framed.children}
      </>
    ),
  })
}

function Sections({ visit, here }: { visit: StaffVisit; here: Section }) {
  const { paths } = visit
  const hrefs: Readonly<Record<Section, string>> = {
    stock: paths.hardware,
    applications: paths.hardwareApplications,
    dispatch: paths.hardwareDispatch,
    returns: paths.hardwareReturns,
    battery: paths.hardwareBattery,
    import: paths.hardwareImport,
  }
  return (
    <nav class="sections" aria-label={words.nav}>
      <ul>
        {SECTIONS.filter(([, act]) => mayDo(visit.staff.role, act)).map(([section]) => (
          <li>
            <a href={hrefs[section]} aria-current={section === here ? 'page' : undefined}>
              {words.sections[section]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export const shapeName = (shape: TokenShape | undefined, none: string = words.unknown): string =>
  shape === undefined ? none : words.shapes[shape]

type Tone = 'good' | 'bad' | 'open' | 'plain'

const TOKEN_TONES = {
  stocked: 'plain',
  assigned: 'open',
  shipped: 'open',
  agreed: 'plain',
  provisioned: 'plain',
  active: 'good',
  suspended: 'bad',
  exchanged: 'plain',
  stopped: 'plain',
  reissued: 'plain',
  expired: 'plain',
  returned: 'open',
  destroyed: 'plain',
} as const satisfies Record<TokenState, Tone>

export const TokenTag = ({ state }: { state: TokenState }) => (
  <span class={`tag tag--${TOKEN_TONES[state]}`} data-field="tokenState" data-value={state}>
    {words.states[state]}
  </span>
)

const APPLICATION_TONES = {
  received: 'open',
  assigned: 'open',
  shipped: 'plain',
  missing: 'bad',
  withdrawn: 'plain',
} as const satisfies Record<ListedApplication['state'], Tone>

/** What has been sent has arrived once it is taken into use. */
export function ApplicationTag({ application }: { application: ListedApplication }) {
  const { state, tokenState } = application
  const hasArrived = state === 'shipped' && tokenState !== 'shipped'
  const tone: Tone = hasArrived && tokenState === 'active' ? 'good' : APPLICATION_TONES[state]
  return (
    <span class={`tag tag--${tone}`} data-field="applicationState" data-value={state}>
      {hasArrived && tokenState !== undefined ? arrivedWords(tokenState) : stateWords(state)}
    </span>
  )
}

const stateWords = (state: ListedApplication['state']) => words.applications.states[state]
const arrivedWords = (state: TokenState) =>
  state === 'active' ? words.applications.arrived : words.states[state]

/** The number of an application as its page's address, or the serial of a token. */
export const TokenLink = ({ visit, serial }: { visit: StaffVisit; serial: string }) => (
  <a href={visit.paths.hardwareToken(serial)} data-field="serial">
    {serial}
  </a>
)
