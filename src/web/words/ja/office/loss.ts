import type { TransferStatus } from '../../../../bank/money/transfer-tables.ts'
import type { LossScope } from '../../../../bank/procedures/loss-report.ts'

/** 紛失届. */
export const loss = {
  title: (name: string) => `紛失届　${name} 様`,
  lead: '「ただちに停止する」を押すと、その場で停止します。承認は要りません。',
  identity: '本人確認（正しく答えられたものに印を付けます）',
  least: (count: number) => `${count}つ以上`,
  scope: '停止するもの',
  scopes: {
    token: 'トークン',
    service: 'インターネットバンキング全体',
    both: '両方',
  } satisfies Record<LossScope, string>,
  scopeHints: {
    token: '端末だけを失くしたとき',
    service: 'パスワードを知られたおそれがあるとき。ログインもできなくなります',
    both: '端末とパスワードの両方が心配なとき',
  } satisfies Record<LossScope, string>,
  memo: '受付メモ（任意）',
  memoHint: '失くした場所や時刻など。パスワードや暗証番号は書かないでください。',
  submit: 'ただちに停止する',
  nothing: 'トークンもサービスも、すでに停止しています。',
  next: '停止すると',
  effects: {
    token: (serial: string) =>
      `${serial} の数字は、すべての画面と他のチャネルで、ただちに使えなくなります。`,
    session: 'ログイン中の画面と途中のお手続きは、その場で終わります。',
    reservations: (count: number) =>
      `予約中の振込 ${count}件を取り消し、お客さまにメールで知らせます。`,
    noReservations: '予約中の振込はありません。',
    others: (here: number, elsewhere: number) =>
      `同じトークンを使うほかの契約（当金庫 ${here}件、ほかの金融機関 ${elsewhere}件）でも使えなくなり、メールで知らせます。`,
  },
  records: '照合に使える記録',
  recordName: '氏名',
  recordPhone: '電話番号',
  recordAccounts: '口座',
  recordTransfers: '最近のお取引',
  recordNone: 'なし',
  recordStatus: {
    executed: '',
    reserved: '（予約）',
    cancelled: '（取消済みの予約）',
    failed: '（不能の予約）',
  } satisfies Record<TransferStatus, string>,
  done: '停止しました。',
  facts: {
    contractId: '契約者ID',
    token: '停止したトークン',
    service: 'インターネットバンキング',
    serviceStopped: '停止しました',
    cancelled: '取り消した予約振込',
    cancelledCount: (count: number) => `${count}件`,
    others: '同じトークンのほかの契約',
    othersCount: (here: string, elsewhere: number) =>
      `当金庫 ${here}、ほかの金融機関 ${elsewhere}件`,
    memo: '受付メモ',
    reportedBy: '受け付けた職員',
  },
  hereNone: 'なし',
  adviceHeading: 'お客さまへのご案内',
  advice: {
    always: ['停止が済んだことと、受付番号をお伝えください。同じ内容をメールでもお送りしました。'],
    token: [
      '見つかったときは、お電話で「利用停止の解除」をお申し出いただきます。',
      '新しい端末でお使いになるときは、再発行のあと、ログイン画面の「利用開始」から登録していただきます。',
    ],
    service: [
      'ログインもできなくなっています。再開するときは、お電話で「取引中止の解除」をお申し出いただきます。',
    ],
    password: ['ログインパスワードも知られたおそれがあるときは、その再発行をお勧めください。'],
  },
  toReissue: '再発行を起案する',
  toCustomer: 'お客さまの画面へ',
}

/** 本人確認の項目, as the bank sets them. */
export const identity = {
  title: '本人確認の項目',
  text: '紛失届を受け付けるときに、電話で確かめる項目です。氏名などの答えは、ここには登録しません。',
  question: (number: number) => `項目 ${number}`,
  questionHint: '40文字以内。空欄の項目は表示しません。',
  least: '必要な数',
  leastHint: 'この数以上に印を付けないと、紛失届を受け付けません。',
  submit: '保存する',
  saved: '保存しました。次の紛失届から使います。',
}

/** 封書. */
export const letters = {
  title: '封書の印刷',
  text: '再発行の起案者と承認者は印刷できません。印刷は一度だけです。印刷できなかったときは、あらためて再発行を起案してください。',
  caption: '印刷を待っている封書',
  empty: '印刷を待っている封書はありません。',
  columns: {
    madeAt: '承認日時',
    contractId: '契約者ID',
    name: '氏名',
    kind: '中身',
    people: '起案者／承認者',
    print: '印刷',
  },
  kinds: {
    confirmation: '確認用パスワード・カード',
    enrolment: '利用登録用パスワード',
  },
  print: '印刷する（一度だけ）',
  notYours: '関与したため印刷できません',
  printed: 'この画面を印刷し、封をしてください。閉じると二度と表示できません。',
  recipient: (name: string) => `${name} 様`,
  phone: (phone: string, hours: string) => `電話 ${phone}（${hours}）`,
  contractId: '契約者ID',
  password: '利用登録用パスワード',
  expires: '有効期限',
  greeting: 'いつもお引き立ていただき、ありがとうございます。',
  body: {
    confirmation:
      '再発行のお申し出により、新しい確認用パスワード・カードをお送りします。これまでのものは使えません。',
    enrolment:
      'ログインパスワードの再発行のお申し出により、利用登録用パスワードをお送りします。ログイン画面の「利用登録」から、新しいログインパスワードを登録してください。',
  },
  caution:
    '当金庫の職員が、これらの番号をおたずねすることはありません。他の人に見せないでください。',
  cardTitle: {
    'confirmation-password': '確認用パスワード',
    'customer-card': 'お客様カード',
    'image-card': '画像認証カード',
  },
  back: '封書の一覧へ',
}
