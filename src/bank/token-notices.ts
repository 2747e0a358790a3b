import type { NoticeFacts } from './notice.ts'

/** What customers are told of changes to their token, by whichever way they came about. */
const LOW_LIMITS = '翌日0時までは、ワンタイムパスワードなしの限度額となります'

export const startNotice = (serial: string, otpAtLogin: boolean): NoticeFacts => ({
  act: 'ワンタイムパスワード利用開始',
  lines: [
    ['シリアル番号', serial],
    ['ログイン時の認証', otpAtLogin ? '認証する' : '認証しない'],
    ['振込などの限度額', LOW_LIMITS],
  ],
})

export const exchangeNotice = (newSerial: string, oldSerial: string): NoticeFacts => ({
  act: 'ワンタイムパスワード交換',
  lines: [
    ['変更後のシリアル番号', newSerial],
    ['変更前のシリアル番号', oldSerial],
    ['振込などの限度額', LOW_LIMITS],
  ],
})

export const stopNotice = (serial: string): NoticeFacts => ({
  act: 'ワンタイムパスワード利用中止',
  lines: [
    ['シリアル番号', serial],
    ['今後のお取引', '確認用パスワードまたはカードによる認証となります'],
  ],
})

export const suspendNotice = (serial: string): NoticeFacts => ({
  act: 'トークンの利用停止',
  lines: [['シリアル番号', serial]],
})
