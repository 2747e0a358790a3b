import type { FollowedAct } from '../../../../bank/office/figures.ts'

const number = (count: number) => count.toLocaleString('ja-JP')

/** The figures of the day, and events as files. */
export const figures = {
  title: '集計',
  period: '期間',
  periods: { today: '今日', '7': '7日間', '30': '30日間', '90': '90日間' },
  countedAt: (time: string) => `${time} までの記録を集計しています。`,
  notCounted: 'まだ集計されていません。しばらくしてから開き直してください。',
  count: '件数',
  times: (count: number) => `${number(count)}件`,
  number,

  acts: '手続きの件数',
  actsCaption: (by: string) => `手続きの件数（${by}）`,
  followed: {
    start: '利用開始',
    exchange: '交換',
    stop: '利用中止',
    loss: '紛失・停止',
  } satisfies Record<FollowedAct, string>,
  sum: '合計',
  buckets: { hour: '時間別', day: '日別', week: '週別' },
  bucket: { hour: '時', day: '日', week: '週' },
  weekFrom: (day: string) => `${day}～`,
  chart: (of: string, total: number, most: number) =>
    `${of}の棒グラフ。合計${number(total)}件、最も多いところで${number(most)}件。数値は表にあります。`,

  refusals: 'お客さまへのお断りの理由',
  refusalsCaption: 'お客さまへのお断りの理由（期間の合計）',
  refusalsEmpty: 'この期間にお断りはありません。',
  reason: '理由',
  others: 'その他',

  tokens: 'お客さまのトークン',
  tokensCaption: 'トークンの種類ごとの人数',
  token: '種類',
  customers: '人数',
  share: '割合',
  noToken: 'トークンなし',
  people: (count: number) => `${number(count)}名`,
  percent: (share: number) => `${(share * 100).toFixed(1)}%`,
  shares: (of: string) => `${of}の棒グラフ。数値は表にあります。`,

  standing: 'お客さまの人数は、10分ごとに数えています。',
  locks: '今、手続きが必要なお客さま',
  locksCaption: 'ロックと停止（今の人数）',
  lock: '内容',
  lockNames: {
    'locked-password': 'ログインパスワードのロック',
    'locked-confirmation': '確認用パスワード・カードのロック',
    'locked-code': 'ワンタイムパスワードのロック',
    suspended: 'トークンの停止',
    frozen: '取引中止',
  },

  codes: '受け付けたワンタイムパスワード（直近1時間）',
  codesCaption: '受け付けたワンタイムパスワード（5分ごと）',
  minute: '時刻',
  perFive: '5分間の件数',
  perMinute: '1分あたり',
  everyMinute: '1分ごとの件数を表示する',
  everyMinuteCaption: '受け付けたワンタイムパスワード（1分ごと）',
  codesChart: (total: number, most: number) =>
    `1分ごとに受け付けたワンタイムパスワードの棒グラフ。1時間で${number(total)}件、最も多い1分で${number(most)}件。数値は表にあります。`,

  export: '集計をCSVファイルに保存する',
  exportText: '日ごとの数値を保存します。保存したことは記録に残ります。',
  csv: {
    header: ['区分', '日付', '項目', '結果', '操作した人の区分', '数'],
    events: '記録',
    customers: 'お客さま',
  },

  eventsTitle: '記録の出力',
  eventsText:
    '監査のために、期間の記録をすべてファイルに出力します。集計まで済んだ記録が、抜けなく順番に並びます。',
  from: 'はじめの日',
  to: 'おわりの日',
  periodHint: '1回に366日まで出力できます。',
  format: 'ファイルの形式',
  formats: { csv: 'CSV（表計算ソフト用）', jsonl: 'JSON Lines（機械処理用）' },
  eventsExport: '出力する',
  eventsEmpty: 'この期間の記録はありません。',
  fields: {
    from: 'はじめの日を、今日までの正しい日付で入力してください。',
    to: 'おわりの日は、はじめの日から366日以内で、今日までの日付を入力してください。',
    format: 'ファイルの形式を選んでください。',
  },
}
