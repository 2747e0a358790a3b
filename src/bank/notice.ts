import { wallTime } from './calendar.ts'
import type { BankProfile } from './contract.ts'

/** What a notice (取引通知メール) says beyond time, receipt number and the end of the contract ID. */
export interface NoticeFacts {
  /** The name of the act, as the customer knows it: `振込`, `ワンタイムパスワード利用開始`. */
  readonly act: string
  readonly lines: readonly (readonly [label: string, value: string])[]
  /** What became of it, if more than having been accepted. */
  readonly outcome?: 'executed' | 'failed'
}

const SAID = {
  accepted: ['を受け付けました', '次のお取引を受け付けました。'],
  executed: ['を行いました', 'ご予約いただいたお取引を行いました。'],
  failed: ['を行えませんでした', 'ご予約いただいたお取引を行えませんでした。'],
} as const

/**
 * The text of a notice. It carries no link, asks for nothing and shows only the last digits of the
 * contract ID: what a customer learns to expect from the bank, a forger cannot imitate usefully.
 */
export function noticeOf(
  bank: BankProfile,
  contractId: string,
  receipt: { readonly receiptNo: string; readonly receivedAtMs: number },
  facts: NoticeFacts,
): { readonly subject: string; readonly body: string } {
  const { department, phone, hours } = bank.contact
  const [subjectEnd, sentence] = SAID[facts.outcome ?? 'accepted']
  const body = [
    `${bank.name}をご利用いただきありがとうございます。`,
    sentence,
    '',
    `お取引：${facts.act}`,
    `受付番号：${receipt.receiptNo}`,
    `受付時刻：${wallTime(receipt.receivedAtMs)}`,
    `契約者ID：下4けた ${contractId.slice(-4)}`,
    ...facts.lines.map(([label, value]) => `${label}：${value}`),
    '',
    'お心当たりのない場合は、ただちに下記までご連絡ください。',
    'このメールにリンクはありません。当金庫がメールでパスワードをお尋ねすることもありません。',
    '',
    `${bank.name} ${department}`,
    `電話 ${phone}（${hours}）`,
  ]
  return { subject: `【${bank.name}】${facts.act}${subjectEnd}`, body: body.join('\n') }
}
