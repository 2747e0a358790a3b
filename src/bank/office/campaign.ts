import { dayOf, isDay, writtenDay } from '../calendar.ts'
import type { LetterFacts, NoticeFacts } from '../notice.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { TokenType } from '../token-type.ts'

/** 種類の受付終了: what is decided about a type of token, all days Japanese, `YYYY-MM-DD`. */
export interface CampaignPlan {
  /** The day from which no start and no exchange to the type is taken. */
  readonly closedFrom: string
  /** The last day on which its codes are accepted; without one those registered go on working. */
  readonly lastDay?: string
  /** The days on which whoever still uses it is reminded, in order. */
  readonly reminderDays: readonly string[]
}

export interface Campaign extends CampaignPlan {
  readonly bankCode: string
  readonly id: string
  readonly type: string
  /** `replaced` by a later decision; `ended` when all tokens have expired, or it was reopened. */
  readonly state: 'running' | 'replaced' | 'ended'
  readonly decidedAtMs: number
  readonly receiptNo: string
}

export const MOST_REMINDERS = 3

/** What is typed for a plan; a day may be left empty. */
export interface CampaignForm {
  readonly closedFrom: string
  readonly lastDay: string
  readonly reminders: readonly string[]
}

/**
 * The plan that was typed for a type, if it can be carried out from today on.
 *
 * Refusals, each with the field: `invalid-input` (no day, days out of order; a last day of which no
 * reminder tells; nothing that changes anything), `day-passed`.
 */
export function readPlan(
  type: TokenType,
  form: CampaignForm,
  nowMs: number,
): Outcome<CampaignPlan> {
  const { closedFrom, lastDay } = form
  const reminderDays = [...new Set(form.reminders.filter((day) => day !== ''))].sort()
  if (!isDay(closedFrom)) return refused('invalid-input', 'closedFrom')
  if (lastDay !== '' && !isDay(lastDay)) return refused('invalid-input', 'lastDay')
  if (!reminderDays.every(isDay)) return refused('invalid-input', 'reminder1')
  const plan = { closedFrom, reminderDays, ...(lastDay !== '' && { lastDay }) }
  return checkPlan(type, plan, nowMs)
}

/** As `readPlan`, of a plan that was prepared before: days may have passed meanwhile. */
export function checkPlan(
  type: TokenType,
  plan: CampaignPlan,
  nowMs: number,
): Outcome<CampaignPlan> {
  const { closedFrom, lastDay, reminderDays } = plan
  const today = dayOf(nowMs)
  // 1. A type that is closed already stays so; another is closed from today on, or later.
  const isClosed = type.closedFrom !== undefined && type.closedFrom <= today
  if (isClosed && closedFrom !== type.closedFrom) return refused('invalid-input', 'closedFrom')
  if (!isClosed && closedFrom < today) return refused('day-passed', 'closedFrom')
  // 2. Its tokens end after it is closed, and not today: the customers have to be told before.
  if (lastDay !== undefined && lastDay <= today) return refused('day-passed', 'lastDay')
  if (lastDay !== undefined && lastDay < closedFrom) return refused('invalid-input', 'lastDay')
  // 3. Reminders come from today on, before the end, and no end comes without one.
  const [first] = reminderDays
  const last = reminderDays.at(-1)
  if (first !== undefined && first < today) return refused('day-passed', 'reminder1')
  const isLate = lastDay !== undefined && (last === undefined || last > lastDay)
  if (isLate || reminderDays.length > MOST_REMINDERS) return refused('invalid-input', 'reminder1')
  // 4. It changes something.
  const changes = !isClosed || lastDay !== undefined || first !== undefined
  return changes ? done(plan) : refused('invalid-input', 'reminder1')
}

/** A plan as it waits in a proposal. */
export const planOf = (facts: Readonly<Record<string, unknown>>): CampaignPlan => ({
  closedFrom: String(facts.closedFrom),
  reminderDays: (facts.reminderDays ?? []) as readonly string[],
  ...(facts.lastDay !== undefined && { lastDay: String(facts.lastDay) }),
})

/** What a customer is reminded of: without a link, from the login page as always. */
export function reminderLetter(
  type: TokenType,
  plan: CampaignPlan,
  serial: string,
  today: string,
): LetterFacts {
  const { closedFrom, lastDay } = plan
  const closes = closedFrom <= today ? '終了しています' : '終了します'
  const closed = `${writtenDay(closedFrom)}から、新しい登録の受付を${closes}。`
  const common = [
    `ご利用中のワンタイムパスワード「${type.name}」について、大切なお知らせです。`,
    closed,
  ]
  const lines: NoticeFacts['lines'] = [['シリアル番号', serial]]
  if (lastDay === undefined) {
    return {
      subject: 'ワンタイムパスワードの受付終了のお知らせ',
      sentences: [
        ...common,
        'ご登録済みのワンタイムパスワードは、引き続きご利用いただけます。',
        '新しいものへの交換は、いつものログイン画面の「交換」からお手続きください。',
      ],
      lines,
    }
  }
  return {
    subject: 'ワンタイムパスワードの利用終了のお知らせ（交換のお願い）',
    sentences: [
      ...common,
      `${writtenDay(lastDay)}を過ぎると、ご利用いただけなくなります。`,
      'それまでに、いつものログイン画面の「交換」から、新しいものへの交換をお願いします。',
      '交換されない場合、その後のお取引は確認用パスワードまたはカードによる認証となります。',
    ],
    lines: [...lines, ['ご利用いただける最後の日', writtenDay(lastDay)]],
  }
}

/** What a customer is told whose token has ended with its type. */
export const expiryNotice = (type: TokenType, serial: string): NoticeFacts => ({
  act: 'ワンタイムパスワードの利用終了',
  outcome: 'changed',
  lines: [
    ['終了した種類', type.name],
    ['シリアル番号', serial],
    ['今後のお取引', '確認用パスワードまたはカードによる認証となります'],
    ['新しく使うには', 'ログイン画面の「利用開始」からお手続きください'],
  ],
})
