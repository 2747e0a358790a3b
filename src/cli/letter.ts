import { writtenDay } from '../bank/calendar.ts'
import type { BankProfile } from '../bank/contract.ts'
import type { ContractOpened } from '../bank/procedures/contract-opening.ts'

/** What the letter needs to know beyond the contract. */
export interface LetterFacts {
  readonly bank: BankProfile
  /** The last day on which the enrolment password is taken, `YYYY-MM-DD`. */
  readonly lastDay: string
  /** What a picture of the image card is called. */
  readonly wordOf: (picture: string) => string
}

/**
 * The letter with which a customer enrols, as plain text for the bank's own form. It is made once:
 * what it tells cannot be read from the system again.
 */
export function letterOf(opened: ContractOpened, { bank, lastDay, wordOf }: LetterFacts): string {
  const { contact } = bank
  return [
    `${bank.name}　インターネットバンキング　ご契約内容のお知らせ`,
    '',
    `${opened.name}　様`,
    '',
    `契約者ID（利用者番号）　${opened.contractId}`,
    `受付番号　${opened.receiptNo}`,
    '',
    `利用登録用パスワード　${opened.enrolmentPassword}`,
    '　大文字と小文字を区別します。ログイン画面の「利用登録」で入力してください。',
    `　${writtenDay(lastDay)}までに利用登録を行ってください。`,
    '',
    ...secretLines(opened, wordOf),
    '',
    'お心当たりのない場合は、ただちに下記までご連絡ください。',
    `${bank.name}　${contact.department}`,
    `電話　${contact.phone}（${contact.hours}）`,
    '',
  ].join('\n')
}

function secretLines({ method, cells }: ContractOpened, wordOf: LetterFacts['wordOf']): string[] {
  switch (method) {
    case 'confirmation-password':
      return [
        `資金移動用パスワード（確認用パスワード）　${cells.join('')}`,
        '　お取引のときに、この中の一部のけたをおたずねします。全部をおたずねすることはありません。',
      ]
    case 'customer-card':
      return ['お客様カード', ...grid(cells, 5), `　${ONLY_SOME}`]
    case 'image-card':
      return ['画像認証カード', ...grid(cells.map(wordOf), 3), `　${ONLY_SOME}`]
  }
}

const ONLY_SOME =
  'お取引のときに、この中の一部の位置をおたずねします。全部をおたずねすることはありません。'

/** The card as it is printed: each position with its number above what stands there. */
function grid(cells: readonly string[], columns: number): string[] {
  const width = Math.max(...cells.map(columnsOf)) + 4
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns),
  )
  return rows.flatMap((row, place) => [
    row.map((_, column) => padded(`[${place * columns + column + 1}]`, width)).join(''),
    row.map((cell) => padded(cell, width)).join(''),
  ])
}

/** Kana and kanji are twice as wide as digits where text stands in columns. */
const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0)

const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - columnsOf(text)))}`
