import type { Refusal } from '../../../bank/refusal.ts'
import type { RefusalWords } from './refusals.ts'

/** What a refusal means for a bill, where that can be said more exactly than in general. */
const refusals: { readonly [refusal in Refusal]?: RefusalWords } = {
  'already-paid': {
    heading: 'この払込みはすでに済んでいます',
    wayOut:
      '二重のお支払いにはなっていません。ご自身で払い込まれたものは「最近の払込み」でお確かめください。お心当たりのないときは、払込書の発行元へお問い合わせください。',
  },
  'limit-exceeded': {
    heading: '1日の限度額を超えています',
    wayOut:
      '払込みは行われていません。限度額は振込と払込みの合計で数え、翌日0時にもとに戻ります。ワンタイムパスワードを使うと限度額が上がります（利用開始や交換をした日は、翌日0時から）。お急ぎのときは、窓口でも払い込めます。',
  },
  'insufficient-funds': {
    heading: '残高が足りません',
    wayOut: '払込みは行われていません。別の口座を選ぶか、ご入金のうえ、もう一度お進みください。',
  },
  'too-many-requests': {
    heading: '本日は収納サービスをご利用になれません',
    wayOut:
      '払込書の番号の誤りが続いたため、安全のため止めました。明日の0時から、またご利用になれます。お急ぎのときは、下記へお電話ください。',
    contact: true,
  },
}

export const bill = {
  nav: '収納サービス',
  title: '収納サービス（ペイジー）',
  steps: ['払込書の番号', '内容の確認', '処理結果'],
  intro:
    '税金や公共料金などを払い込めます。ペイジーのマークがある払込書をご用意のうえ、番号を入力してください。',
  billerNo: '収納機関番号',
  billerNoHint: '5けたの数字です。',
  unknownBiller: 'この収納機関番号は見つかりません。払込書の5けたの数字をお確かめください。',
  customerNo: 'お客様番号（納付番号）',
  customerNoHint: '20けたまでの数字です。ハイフン（-）は入力しなくてもかまいません。',
  confirmationNo: '確認番号',
  confirmationNoHint: '6けたまでの数字です。',
  paymentCategory: '納付区分',
  paymentCategoryHint:
    '払込書に記載のあるときだけ入力してください。ないときは空欄のままお進みください。',
  submit: '内容を確認する',
  stopNote: '番号を10回間違えると、その日はご利用になれません。',
  reviewTitle: '払込内容の確認',
  operation: (amount: string) => `${amount}の払込み（収納サービス）`,
  billerName: '払込先',
  purpose: '払込内容',
  amount: '払込金額',
  dueDay: '払込期限',
  fee: '手数料',
  noFee: '無料',
  overdue: '払込期限を過ぎています',
  overdueText:
    'このまま払い込めますが、延滞金などがあとから請求されることがあります。くわしくは払込書の発行元へお問い合わせください。',
  submitReview: '払い込む',
  correct: '番号を入れ直す',
  done: '払込みが完了しました。',
  noPaper:
    '領収証書は発行されません。必要なときは、ここでは払い込まずに、払込書を窓口などへお持ちください。',
  again: '続けて払い込む',
  recent: '最近の払込み',
  recentCaption: '新しいものから10件まで',
  recentEmpty: 'まだ払込みはありません。',
  columns: {
    receiptNo: '受付番号',
    time: '受付時刻',
    billerName: '払込先',
    purpose: '払込内容',
    amount: '金額',
  },
  refusals,
}

export type BillWords = typeof bill
