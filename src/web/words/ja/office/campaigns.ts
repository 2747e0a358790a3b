import type { Campaign } from '../../../../bank/office/campaign.ts'
import type { UseAge, UserState } from '../../../../bank/ports.ts'

const day = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' })
const writtenDay = (iso: string) => day.format(new Date(`${iso}T00:00:00Z`))
const people = (count: number) => `${count.toLocaleString('ja-JP')}名`

/** Types of token: what is taken, and how one is closed and ended. */
export const campaigns = {
  title: 'トークンの種類',
  text: '種類ごとに、新しい登録の受付と、利用の終わりを決めます。ご登録済みのお客さまは、最後の日を決めないかぎり、そのまま使えます。',
  caption: 'トークンの種類の一覧',
  empty: 'トークンの種類が登録されていません。',
  columns: {
    type: '種類',
    name: '名称',
    registration: '新しい登録',
    lastDay: '最後の日',
  },
  day: writtenDay,
  people,
  notYet: (from: string) => `${writtenDay(from)}から受付`,
  open: '受付中',
  openUntil: (to: string) => `受付中（${writtenDay(to)}から終了）`,
  closed: (from: string) => `終了（${writtenDay(from)}から）`,
  noLastDay: 'なし（そのまま使えます）',

  forecast: '対象のお客さま',
  forecastText:
    'この種類を今お使いのお客さまです。最後の日は、最後に受け付けたワンタイムパスワードからわかる日です。',
  customers: '人数',
  otpAtLogin: 'ログインでも使う',
  shipped: '発送済み・未使用のトークン',
  tokens: (count: number) => `${count.toLocaleString('ja-JP')}本`,
  byState: '契約の状態',
  byLastUse: '最後に使った時期',
  count: '人数',
  states: {
    usable: '利用中',
    locked: 'ワンタイムパスワードがロック中',
    suspended: 'トークンを停止中',
    frozen: '取引中止',
  } satisfies Record<UserState, string>,
  ages: {
    'within-30': '30日以内',
    'within-90': '31日～90日前',
    'within-365': '91日～1年前',
    longer: '1年より前',
    never: '記録なし',
  } satisfies Record<UseAge, string>,
  toCustomers: '対象のお客さまの一覧',

  running: '実施中の受付終了',
  campaignState: {
    running: '実施中',
    replaced: '新しい決定に変更',
    ended: '終了',
  } satisfies Record<Campaign['state'], string>,
  closedFrom: '新しい登録の受付終了日',
  lastDay: 'トークンが使える最後の日（任意）',
  lastDayFact: 'トークンが使える最後の日',
  reminders: '案内メール',
  reminderOf: (no: number) => `案内メール ${no}回目`,
  reminderColumns: { no: '回', day: '日付', queued: '送信', remaining: '残り', state: '状態' },
  reminderTo: (count: number) => `${people(count)}（今の人数）`,
  reminderState: { done: '完了', going: '送信中', waiting: '予定', over: '対象外' },
  progress: '進み具合',
  using: 'まだ使っている',
  exchanged: '別の種類に交換した',
  stopped: '利用を中止した',
  expired: '最後の日を過ぎて終了した',
  decisions: '決定の記録',
  decisionsEmpty: 'これまでの決定はありません。',
  decisionColumns: { decidedAt: '決定日時', receiptNo: '受付番号', state: '状態' },

  toPlan: '受付終了・最後の日を決める',
  toReopen: '受付を再開する',
  planTitle: '種類の受付終了',
  planText: '次の画面で、だれに何を送るかを試算して確かめます。そこまでは何も変わりません。',
  closedFromHint: 'この日から、利用開始と、この種類への交換を受け付けません。',
  closedAlready: 'この種類の受付はすでに終了しています。',
  lastDayHint:
    'この日の翌日0時から、この種類のトークンは使えなくなり、お客さまは確認用パスワードまたはカードに戻ります。空欄なら、登録済みの方はそのまま使えます。',
  reminder: (no: number) => `案内メールを送る日 ${no}回目（任意）`,
  reminderHint:
    'その日にまだ使っているお客さまだけに送ります。最後の日を決めるときは1回以上必要です。',
  toDryRun: '試算する',

  dryRunTitle: '試算',
  dryRunHeading: 'まだ何も変わっていません',
  dryRunText: '次の内容で起案します。人数は今の時点のものです。',
  scheduleCaption: '予定',
  scheduleColumns: { day: '日付', what: '行うこと', whom: '対象' },
  scheduleClose: '新しい登録の受付を終了',
  scheduleReminder: (no: number) => `案内メール ${no}回目を送信`,
  scheduleLast: 'トークンが使える最後の日',
  scheduleExpiry: 'トークンを終了し、お知らせを送信',
  everyone: '新しく登録するお客さま',
  letter: '案内メールの文面（見本）',
  letterText: 'シリアル番号と契約者IDは、お客さまごとに変わります。',
  back: '日付を直す',
  reasonHint: '決定の経緯を書いてください。役席者が読みます。',

  reopenTitle: '種類の受付再開',
  reopenText:
    '新しい登録と、この種類への交換をふたたび受け付けます。実施中の受付終了は取りやめ、残りの案内は送りません。すでに終了したトークンは戻りません。',

  listTitle: '対象のお客さま',
  listCaption: '今お使いのお客さま',
  listEmpty: 'この種類をお使いのお客さまはいません。',
  listColumns: {
    contractId: '契約者ID',
    name: 'お名前',
    serial: 'シリアル番号',
    state: '状態',
    lastUsed: '最後に使った日時',
  },
  never: '記録なし',
  next: '次のページ',
  first: '最初のページ',
  toType: 'この種類の画面へ',
  export: 'CSVファイルに保存する',
  exportText: '保存したことは記録に残ります。ファイルはお客さまの情報として取り扱ってください。',

  acts: {
    close: '種類の受付終了',
    reopen: '種類の受付再開',
  },
  fields: {
    closedFrom:
      '受付終了日を入力してください。すでに受付を終了している種類では、その日を変えられません。',
    lastDay: '最後の日は、始まりの日以降の正しい日付を入力するか、空欄にしてください。',
    reminder1:
      '案内の日を確かめてください。最後の日を決めるときは、その日までに1回以上の案内が必要です。',
  },
}
