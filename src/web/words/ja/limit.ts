/** 1日の振込限度額の変更. */
export const limit = {
  title: '1日の振込限度額の変更',
  link: '1日の振込限度額を変更する',
  steps: ['新しい限度額', '内容の確認', '処理結果'],
  now: '現在の限度額（1日）',
  chosen: 'お客さまの設定',
  lowToday:
    'ワンタイムパスワードの利用開始または交換をされたため、翌日0時までは低い限度額となっています。',
  next: '変更後の限度額（予定）',
  nextFrom: (yen: string, day: string) => `${yen}（${day}の0時から）`,
  highest: '当金庫の上限',
  field: '新しい限度額（1日）',
  hint: '今日から30日後までの振込の予約にも、振込日ごとに同じ限度額がかかります。',
  ruleHeading: '変更の時期',
  rules: [
    '限度額を下げるときは、ただちに変わります。',
    '限度額を上げるときは、ワンタイムパスワードが必要です。翌日の0時から変わります。',
    'すでにお受けした予約は、限度額を下げても、そのまま行われます。',
  ],
  submit: '内容を確認する',
  reviewTitle: '限度額の変更内容の確認',
  newLimit: '変更後の限度額（1日）',
  oldLimit: '変更前の限度額（1日）',
  when: '変更の時期',
  atOnce: 'ただちに',
  from: (day: string) => `${day}の0時から`,
  lower: (yen: string) => `1日の振込限度額を${yen}に下げる変更`,
  raise: (yen: string) => `1日の振込限度額を${yen}に上げる変更`,
  submitReview: '変更する',
  correct: '内容を直す',
  done: '限度額の変更を受け付けました。',
}

export type LimitWords = typeof limit
