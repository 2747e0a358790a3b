import type { Demo, DemoCustomersCard } from '../bank/demo.ts'

export interface Origins {
  readonly banking: string
  readonly token: string
  readonly office: string
  readonly api: string
}

/** Behind a proxy: which address of the process answers for which origin. */
const listenerLines = (origins: Origins, addresses: Origins): string[] =>
  (Object.keys(origins) as (keyof Origins)[]).map(
    (site) => `${site} ${origins[site]} is answered at ${addresses[site]}`,
  )

const CELLS_A_LINE = 10

/** Ten positions a line, each line with the first of its own: `11-20  18 43 77 …`. */
function cardLines({ contractId, cells }: DemoCustomersCard): string[] {
  const lines: string[] = []
  for (let first = 0; first < cells.length; first += CELLS_A_LINE) {
    const printed = cells.slice(first, first + CELLS_A_LINE)
    const positions = `${first + 1}-${first + printed.length}`.padStart(5)
    const whose = (first === 0 ? contractId : '').padEnd(11)
    lines.push(`    ${whose}  ${positions}  ${printed.join(' ')}`)
  }
  return lines
}

/**
 * The lines of a start: in demo mode whom to log in as and what to try; last, for programs, the
 * line `ready {…}`.
 */
export function welcome(
  origins: Origins,
  demo: Demo | undefined,
  { metrics, ...addresses }: Origins & { readonly metrics?: string },
): string[] {
  const watched = metrics === undefined ? origins : { ...origins, metrics }
  const ready = demo === undefined ? watched : { ...watched, demo: { apiKey: demo.apiKey } }
  const machineLine = `ready ${JSON.stringify(ready)}`
  if (demo === undefined) return [...listenerLines(origins, addresses), machineLine]
  return [
    '',
    'ichido 一度 is serving the demonstration bank 1184 白河信用金庫（デモ）.',
    '',
    `  Bank site    ${origins.banking}/1184/login`,
    `  Token app    ${origins.token}/`,
    `  Back office  ${origins.office}/1184/login`,
    `  Mailbox      ${origins.office}/mailbox (what customers would get by mail)`,
    `  API          ${origins.api}/openapi.json`,
    '',
    '  Customers (contract ID, login password):',
    ...demo.customers.map(
      ({ contractId, loginPassword, description }) =>
        `    ${contractId}  ${(loginPassword ?? '').padEnd(8)}  ${description}`,
    ),
    '  Cards (contract ID, positions, what is printed there):',
    ...demo.cards.flatMap(cardLines),
    '  Staff (ID, password, second factor for any authenticator):',
    ...demo.staff.map(
      ({ staffId, password, otpauth }) =>
        `    ${staffId.padEnd(13)}  ${password.padEnd(20)}  ${otpauth}`,
    ),
    `  API key of bank 1184: ${demo.apiKey}`,
    '',
    '  What to try:',
    `    1. Open the token app in one window and make a token: it shows a serial and a code.`,
    `       Or on the command line: npx ichido token new --server ${origins.token} --file my-token`,
    '    2. Open the bank site in another window; at the foot of the login page choose 利用開始 and',
    '       log in as 10000000001. Enter serial, code and the digits of the confirmation password.',
    '    3. Log in with the next code, choose 振込 and send 1,000 yen to 本店 (001) 普通 0000021;',
    '       the code after that authorises it.',
    '    The tokens of customers 4 to 7 and of the staff: npx ichido token list --demo',
    '    What such a token shows now: npx ichido token show --demo clerk',
    '    A card position by position: npx ichido customer card 10000000002 --demo',
    '',
    machineLine,
  ]
}
