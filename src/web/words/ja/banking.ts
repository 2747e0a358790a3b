import { writtenDay } from '../../../bank/calendar.ts'
import type { AccountType } from '../../../bank/money/core-bank.ts'
import { MAY_BREAK, NO_BREAK } from '../may-break.ts'

const minutes = (ms: number) => `${Math.round(ms / 60_000)}分`

const loginTime = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'long',
  timeStyle: 'short',
})

/** 2026年11月23日（月） */
const bankDay = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
})

const writtenBankDay = (day: string) =>
  bankDay
    .format(new Date(`${day}T00:00:00+09:00`))
    .replace(/[年月](?=\d)/g, `$&${NO_BREAK}`)
    .replace(/\((.)\)/, `${NO_BREAK}（$1）`)

/** The texts of the bank site's pages. Another language is another object of the same shape. */
export const banking = {
  contractId: '契約者ID（利用者番号）',
  contractIdHint: '半角の数字で入力してください。',
  loginPassword: 'ログインパスワード',
  loginPasswordHint: '英字は大文字と小文字を区別します。',
  credentials: '契約者IDとログインパスワードを入力し、「次へ」を押してください。',
  backToLogin: 'ログイン画面に戻る',
  backToHome: 'ホームに戻る',
  startAgain: 'はじめからやり直す',
  time: (at: Date) => loginTime.format(at),
  /** A day `YYYY-MM-DD` as it is read. */
  day: writtenBankDay,
  accountType: { ordinary: '普通', current: '当座' } satisfies Record<AccountType, string>,
  savings: { ordinary: '普通預金', current: '当座預金' } satisfies Record<AccountType, string>,
  yen: (amount: number) => `${amount.toLocaleString('ja-JP')}円`,

  otp: 'ワンタイムパスワード',
  otpHint: 'トークンに今表示されている6けたの数字を入力してください。',

  login: {
    title: 'ログイン',
    submit: 'ログイン',
    foot: 'ワンタイムパスワード',
    start: ['利用開始', 'はじめてワンタイムパスワードを使うとき'],
    exchange: ['交換', 'スマートフォンやトークンを替えるとき'],
    stop: ['利用中止', 'ワンタイムパスワードの利用をやめるとき'],
    backButton: 'ブラウザーの「戻る」「進む」ボタンは使わずに、画面のボタンでお進みください。',
    ended: 'ログインが必要です',
    endedText: (idleMs: number) =>
      `${minutes(idleMs)}間操作がないとき、ログインから1時間たったとき、または別の端末でログインしたときは、安全のため自動的にログアウトします。お手続きの途中のときは、取引履歴で結果をお確かめください。`,
    loggedOut: 'ログアウトしました',
    loggedOutText: 'ご利用ありがとうございました。',
  },
  loginCode: {
    title: 'ワンタイムパスワードの入力',
    operation: `インターネット${MAY_BREAK}バンキングへの${MAY_BREAK}ログイン`,
    submit: 'ログイン',
    steps: ['パスワード', 'ワンタイムパスワード'],
  },

  nav: { home: 'ホーム', transfer: '振込', history: '取引履歴' },
  home: {
    title: 'ホーム',
    lastLogin: '前回のログイン',
    firstLogin: 'はじめてのログインです。',
    lastLoginWarning: 'お心当たりのない日時のときは、ただちに当金庫へご連絡ください。',
    accounts: '口座',
    statement: '入出金明細を見る',
    transferFrom: 'この口座から振り込む',
    token: 'ワンタイムパスワード',
    tokenInUse: (serial: string) => `ご利用中（シリアル番号 ${serial}）`,
    tokenNone: 'ご利用になっていません。ログイン画面の「利用開始」から登録できます。',
    limit: '今日あと振り込める金額',
    onTheWay: {
      heading: 'ハードウェアトークンのお届け',
      received: (day: string) =>
        `${writtenDay(day)}のお申し込みを受け付けています。簡易書留で、2週間ほどでお届けします。`,
      shipped: (day: string, parcelNo: string) =>
        `${writtenDay(day)}に簡易書留で発送しました。お問い合わせ番号 ${parcelNo}`,
      toStart: '届きましたら、ログイン画面の「利用開始」からご登録ください。',
      toExchange:
        '届きましたら、ログイン画面の「交換」からご登録ください。今のトークンはそれまでお使いいただけます。',
    },
  },
  account: {
    title: '入出金明細',
    caption: '最近の入出金（50件まで）',
    columns: { time: '日時', text: '内容', amount: '金額', balance: '残高' },
    empty: 'まだ入出金はありません。',
  },
  start: {
    title: `ワンタイムパスワード${MAY_BREAK}利用開始`,
    steps: ['利用者の確認', 'トークンの登録', '処理結果'],
    intro: 'はじめに、トークン（ワンタイムパスワードを表示するアプリまたは機器）をご用意ください。',
    hardware:
      'ハードウェアトークンをご利用のお客さまは、当金庫からお届けしたトークンをお手元にご用意のうえ、そのままお進みください。',
    app: 'トークンアプリを開く',
    appHint:
      'スマートフォンでこのQRコードを読み取ると、トークンアプリが開きます。この画面をスマートフォンでご覧のときは、下の「トークンアプリを開く」を押してください。',
    qr: 'トークンアプリのQRコード',
    operation: 'ワンタイムパスワードの利用開始（トークンの登録）',
    serial: 'シリアル番号',
    serialHint: 'トークンの裏面、または画面の数字の下にある、英字と数字の番号です。',
    otpAtLogin: 'ログイン時のワンタイムパスワード認証要否',
    required: '認証する',
    requiredHint: 'ログインのたびにワンタイムパスワードを入力します（おすすめ）。',
    notRequired: '認証しない',
    notRequiredHint: 'ログインには使わず、振込などのお取引だけに使います。',
    submit: '登録する',
    cancel: '登録しない',
    demoCard: 'デモ用のカード',
    demoCardText: 'このカードは練習用に表示しています。実際の画面に表示されることはありません。',
    done: `ワンタイムパスワード${MAY_BREAK}登録が${MAY_BREAK}完了しました。`,
    next: '次回より、振込などのお取引の際にワンタイムパスワードが必要となります。翌日0時までは、1日の限度額が低くなります。',
  },
  exchange: {
    title: `ワンタイムパスワード${MAY_BREAK}交換`,
    steps: ['利用者の確認', '今のトークン', '新しいトークン', '処理結果'],
    before: [
      '新しいスマートフォンにトークンを用意する（または当金庫から届いたハードウェアトークンを手元に置く）。',
      '今お使いのトークンも手元に置く。交換が終わるまで、アンインストールや処分をしない。',
    ],
    beforeHeading: 'はじめる前に',
    lost: '今お使いのトークンが手元にない、起動できないときは、下記へお電話ください。再発行いたします。',
    operation: 'トークンの交換（別のトークンへの切り替え）',
    currentOtp: '今お使いのトークンのワンタイムパスワード',
    currentHint: '今お使いの（変更前の）トークンに表示されている6けたの数字を入力してください。',
    newSerial: '新しいトークンのシリアル番号',
    newOtp: '新しいトークンのワンタイムパスワード',
    newOtpHint: '新しいトークンに今表示されている6けたの数字を入力してください。',
    submit: '登録する',
    done: 'トークンの交換が完了しました。',
    newResult: 'シリアル番号（変更後）',
    oldResult: 'シリアル番号（変更前）',
    next: '以後のお取引は、新しいトークンで認証します。前のトークンは使えなくなりました。翌日0時までは、1日の限度額が低くなります。',
  },
  stop: {
    title: `ワンタイムパスワード${MAY_BREAK}利用中止`,
    steps: ['利用者の確認', '利用中止の確認', '処理結果'],
    operation: 'ワンタイムパスワードの利用中止',
    submit: '停止する',
    cancel: '停止しない',
    done: 'ワンタイムパスワードの利用を中止しました。',
    next: '以後のお取引は、お手元の確認用パスワードまたはカードで認証します。1日の限度額が低くなります。前のトークンは使えなくなりました。',
  },
  resync: {
    title: 'トークンの時刻補正',
    link: ['時刻補正', 'トークンの数字が正しいのに受け付けられないとき'],
    steps: ['利用者の確認', '続けて2つの数字', '処理結果'],
    operation: 'トークンの時刻補正',
    text: 'トークンの数字を入力し、数字が切り替わるのを待って（ボタンのあるトークンは、もう一度押して）、次の数字を入力してください。',
    otp: '今の数字',
    otpHint: 'トークンに今表示されている6けたの数字を入力してください。',
    nextOtp: '次の数字',
    nextOtpHint: '上の数字のすぐ次に表示された、6けたの数字を入力してください。',
    submit: '補正する',
    done: 'トークンを補正しました。',
  },
  transfer: {
    title: '振込',
    steps: ['振込先と金額', '内容の確認', '処理結果'],
    fromAccount: 'お引落し口座',
    accountOption: (type: string, number: string, balance: string) =>
      `${type} ${number}（残高 ${balance}）`,
    to: 'お振込先',
    bank: '金融機関',
    bankHint: '名前かカナ、または4けたの番号で入力してください。例：白河信用金庫、みずほ、0001',
    bankChoice: '金融機関を選んでください',
    branch: '支店',
    branchHint: '名前かカナ、または3けたの番号で入力してください。例：本店、001',
    branchChoice: '支店を選んでください',
    searchAgain:
      'この中にないときは、どれも選ばずに「内容を確認する」を押すと、もう一度入力できます。',
    noMatch: '見つかりません。名前かカナの一部だけを入力してください。',
    accountType: '口座の種類',
    accountNumber: '口座番号',
    accountNumberHint:
      '7けたの数字で入力してください。7けたより短いときは、前に0をつけてください。',
    payeeName: '受取人名（カナ）',
    payeeNameHint:
      '通帳や請求書にある受取人名を、カタカナで入力してください。名前が違うと、振り込まれないことがあります。',
    payeeNameWayOut:
      'この口座の受取人名を、自動では確認できませんでした。金融機関・支店・口座番号に間違いがなければ、受取人名を入力してお進みください。',
    amount: '金額',
    date: '振込日',
    submit: '内容を確認する',
    reviewTitle: '振込内容の確認',
    operation: (amount: string) => `${amount}の振込`,
    payee: '受取人',
    fee: '手数料',
    total: 'お引落し合計',
    submitReview: '振り込む',
    correct: '内容を直す',
    done: '振込が完了しました。',
    status: { executed: '完了', reserved: '予約', cancelled: '取消済み', failed: '不能' },
    statusLabel: '状態',
    again: '続けて振り込む',
  },
  history: {
    title: '取引履歴',
    caption: '振込と収納サービスの履歴',
    columns: {
      receiptNo: '受付番号',
      time: '受付時刻',
      payee: '受取人・払込先',
      amount: '金額',
      status: '種類と状態',
    },
    kind: { transfer: '振込', bill: '収納サービス' },
    empty: 'まだ振込も払込みもありません。',
  },
  announcements: '重要なお知らせ',
  published: (day: string) => `掲載日 ${writtenBankDay(day)}`,
  problem: {
    notFound: 'ページが見つかりません',
    notFoundText: 'アドレスをお確かめください。',
    unexpected: '予期しないエラーが起きました',
    unexpectedText: (requestId: string) =>
      `お手続きが済んだかどうかは、取引履歴でお確かめください。お問い合わせの際は、この番号をお伝えください：${requestId}`,
    unreadable: '送信された内容を読み取れません',
    tooLarge: '送信された内容が大きすぎます',
    nothingDone: 'お手続きは行われていません。画面のボタンを使って、はじめからやり直してください。',
  },
}

export type BankingWords = typeof banking
