import { wallTime } from './calendar.ts'
import type { BankProfile } from './contract.ts'
import { filledIn, STANDARD_TEMPLATE } from './office/notice-template.ts'

/** What a notice (取引通知メール) says beyond time, receipt number and the end of the contract ID. */
export interface NoticeFacts {
  /** The name of the act, as the customer knows it: `振込`, `ワンタイムパスワード利用開始`. */
  readonly act: string
  readonly lines: readonly (readonly [label: string, value: string])[]
  /** What became of it, if more than having been accepted. */
  readonly outcome?: 'executed' | 'failed' | 'changed'
}

const SAID = {
  accepted: ['を受け付けました', '次のお取引を受け付けました。'],
  executed: ['を行いました', 'ご予約いただいたお取引を行いました。'],
  failed: ['を行えませんでした', 'ご予約いただいたお取引を行えませんでした。'],
  changed: ['のお知らせ', 'お取り扱いが次のとおり変わりました。'],
} as const

/** A message as it goes into the outbox. */
export interface MessageText {
  readonly subject: string
  readonly body: string
}

/**
 * The text of a notice. It carries no link, asks for nothing and shows only the last digits of the
 * contract ID: what a customer learns to expect from the bank, a forger cannot imitate usefully.
 */
export function noticeOf(
  bank: BankProfile,
  contractId: string,
  receipt: { readonly receiptNo: string; readonly receivedAtMs: number },
  facts: NoticeFacts,
): MessageText {
  const [subjectEnd, sentence] = SAID[facts.outcome ?? 'accepted']
  return {
    subject: `【${bank.name}】${facts.act}${subjectEnd}`,
    body: bodyOf(
      bank,
      [sentence],
      [
        ['お取引', facts.act],
        ['受付番号', receipt.receiptNo],
        ['受付時刻', wallTime(receipt.receivedAtMs)],
        contractLine(contractId),
        ...facts.lines,
      ],
    ),
  }
}

/** What the bank writes to a customer without an act: a reminder, say. */
export interface LetterFacts {
  readonly subject: string
  readonly sentences: readonly string[]
  readonly lines: NoticeFacts['lines']
}

/** The text of a letter, in the frame and under the rules of a notice. */
export const letterOf = (
  bank: BankProfile,
  contractId: string,
  letter: LetterFacts,
): MessageText => ({
  subject: `【${bank.name}】${letter.subject}`,
  body: bodyOf(bank, letter.sentences, [contractLine(contractId), ...letter.lines]),
})

const contractLine = (contractId: string) =>
  ['契約者ID', `下4けた ${contractId.slice(-4)}`] as const

/** Between the bank's own words stand what is said, and the facts. */
function bodyOf(bank: BankProfile, sentences: readonly string[], lines: NoticeFacts['lines']) {
  const { greeting, closing, signature } = bank.noticeTemplate ?? STANDARD_TEMPLATE
  return [
    filledIn(greeting, bank),
    ...sentences,
    '',
    ...lines.map(([label, value]) => `${label}：${value}`),
    '',
    filledIn(closing, bank),
    '',
    filledIn(signature, bank),
  ].join('\n')
}
