import type { CustomerRefusal } from '../../../bank/refusal.ts'

export interface RefusalWords {
  readonly heading: string
  /** What the customer does next. */
  readonly wayOut: string
  /** The words on the link to the page where the way out begins (`ways-out.ts`). */
  readonly go?: string
  /** Whether the way out ends in a call to the bank. */
  readonly contact?: true
}

/** Every refusal that a customer can meet, in plain words, each with its way out. */
export const refusals = {
  'wrong-credentials': {
    heading: '契約者IDまたはログインパスワードが違います',
    wayOut:
      '大文字・小文字の違いもお確かめのうえ、もう一度入力してください。続けて間違えると、ロックされます。',
  },
  'wrong-code': {
    heading: 'ワンタイムパスワードが違います',
    wayOut:
      'トークンに今表示されている数字を入力してください。まもなく切り替わるときは、次の数字を待って入力してください。ボタンのあるトークンは、もう一度押して新しい数字を入力してください。続けて間違えると、ロックされます。',
  },
  'code-already-used': {
    heading: 'このワンタイムパスワードはすでに使われました',
    wayOut:
      '一度使った数字は二度と使えません。トークンの数字が次に変わるのを待って（ボタンのあるトークンは、もう一度押して）、新しい数字を入力してください。',
  },
  'wrong-confirmation': {
    heading: '確認の内容が違います',
    wayOut:
      '番号（位置）をお確かめのうえ、もう一度入力してください。続けて間違えると、ロックされます。',
  },
  'locked-password': {
    heading: 'ログインパスワードがロックされています',
    wayOut: '続けて間違いがあったため、ロックしました。解除は下記へお電話ください。',
    contact: true,
  },
  'locked-code': {
    heading: 'ワンタイムパスワードがロックされています',
    wayOut: '続けて間違いがあったため、ロックしました。解除は下記へお電話ください。',
    contact: true,
  },
  'locked-confirmation': {
    heading: '確認用パスワード・カードがロックされています',
    wayOut: '続けて間違いがあったため、ロックしました。解除は下記へお電話ください。',
    contact: true,
  },
  frozen: {
    heading: 'お取引を中止しています',
    wayOut: 'お客さまのお申し出により、お取引を止めています。再開は下記へお電話ください。',
    contact: true,
  },
  'token-suspended': {
    heading: 'このトークンは利用を停止しています',
    wayOut: '紛失などのお届けにより、トークンを止めています。下記へお電話ください。',
    contact: true,
  },
  'serial-unknown': {
    heading: 'このシリアル番号は登録できません',
    wayOut:
      'トークンの裏面または画面のシリアル番号と、一文字ずつ見くらべてください。合っているときは、そのトークンは使えなくなっています。トークンアプリで作り直してください。',
    go: 'トークンアプリを開く',
  },
  'serial-not-yours': {
    heading: 'このハードウェアトークンはご利用になれません',
    wayOut:
      'ハードウェアトークンは、当金庫からお客さまあてに発送したものだけをご利用いただけます。お手元のトークンの裏面のシリアル番号をお確かめください。',
    contact: true,
  },
  'serial-in-use': {
    heading: 'このトークンはすでに使われています',
    wayOut: '別のトークンをご用意ください。お心当たりのないときは、下記へお電話ください。',
    contact: true,
  },
  'type-closed': {
    heading: 'この種類のトークンは、新しく登録できません',
    wayOut:
      '新規の登録は終了しました。スマートフォン用の「しんきん（個人）ワンタイムパスワード」またはハードウェアトークンをご利用ください。登録済みのトークンは、これまでどおり使えます。',
    go: 'トークンアプリを開く',
  },
  'same-serial': {
    heading: '今お使いのトークンと同じシリアル番号です',
    wayOut: '新しいトークンのシリアル番号を入力してください。',
  },
  'no-token': {
    heading: 'ワンタイムパスワードをご利用になっていません',
    wayOut: 'ログイン画面の「利用開始」から、トークンを登録してください。',
    go: '利用開始に進む',
  },
  'has-token': {
    heading: 'すでにワンタイムパスワードをご利用中です',
    wayOut:
      'トークンを替えるときは、ログイン画面の「交換」をお選びください。今のトークンが手元にないときは、下記へお電話ください。',
    go: '交換に進む',
    contact: true,
  },
  'limit-exceeded': {
    heading: '1日の限度額を超えています',
    wayOut:
      '金額を下げてください。ワンタイムパスワードを使うと限度額が上がります。利用開始や交換をした日は、翌日0時まで低い限度額となります。',
    go: '1日の限度額を確かめる',
  },
  'insufficient-funds': {
    heading: '残高が足りません',
    wayOut: '金額と手数料の合計が残高以内になるように、金額を下げるか口座を替えてください。',
  },
  'unknown-payee': {
    heading: 'お振込先の口座が確認できません',
    wayOut: '金融機関・支店・口座番号をもう一度お確かめください。',
  },
  'unknown-bill': {
    heading: '払込内容が見つかりません',
    wayOut: '払込書の収納機関番号・お客様番号・確認番号をもう一度お確かめください。',
  },
  'already-paid': {
    heading: 'この払込みはすでに済んでいます',
    wayOut: '二重のお支払いにはなっていません。取引履歴でお確かめください。',
    go: '取引履歴を見る',
  },
  'draft-expired': {
    heading: '時間切れになりました',
    wayOut: 'お手続きは行われていません。はじめからやり直してください。',
  },
  'out-of-order': {
    heading: 'この画面からは進めません',
    wayOut:
      'ブラウザーの「戻る」や別の画面での操作により、順番が変わりました。お手続きは行われていません。はじめからやり直してください。',
  },
  'invalid-input': {
    heading: '入力内容をお確かめください',
    wayOut: '印のついた項目を直して、もう一度お進みください。',
  },
  'too-many-requests': {
    heading: 'ただいま混み合っています',
    wayOut: 'お手続きは行われていません。1分ほどたってから、もう一度お試しください。',
  },
  unavailable: {
    heading: 'ただいまご利用になれません',
    wayOut:
      'しばらくしてから、もう一度お試しください。お取引が済んだかどうかは、取引履歴でお確かめいただけます。',
    go: '取引履歴を見る',
    contact: true,
  },
} satisfies Record<CustomerRefusal, RefusalWords>

export type CustomerRefusalTexts = Readonly<Record<CustomerRefusal, RefusalWords>>
