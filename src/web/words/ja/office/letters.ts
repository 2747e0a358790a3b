import type { ConfirmationMethod } from '../../../../bank/contract.ts'
import type { LetterKind } from '../../../../bank/ports.ts'

/** The letters that tell customers their new secrets. */
export const letters = {
  title: '親展書面',
  text: '再発行が承認されると、お客さまへ郵送する書面がここに並びます。内容は印刷の画面に一度だけ表示します。起案した人と承認した人は印刷できません。',
  caption: '書面の一覧',
  empty: '印刷を待っている書面はありません。',
  columns: { kind: '書面', contractId: '契約者ID', madeAt: '承認日時', state: '状態' },
  kinds: {
    confirmation: '確認用パスワード・カードのお知らせ',
    enrolment: '利用登録用パスワードのお知らせ',
  } satisfies Record<LetterKind, string>,
  methods: {
    'confirmation-password': '資金移動用パスワード（確認用パスワード）',
    'customer-card': 'お客様カード（番号の順に印刷してください）',
    'image-card': '画像認証カード（番号の順に印刷してください）',
  } satisfies Record<ConfirmationMethod, string>,
  print: '表示して印刷する',
  notByThem: '起案・承認した本人のため印刷できません',
  once: 'この画面を閉じると、二度と表示できません。印刷して封筒に入れ、書き損じたときは再発行をやり直してください。',
  to: (name: string) => `${name}　様`,
  enrolment: (until: string) => `利用登録用パスワード（${until}まで）`,
  neverAsked:
    'この書面の内容を、電話やメールでおたずねすることはありません。お心当たりのない場合は、ただちに当金庫までご連絡ください。',
}
