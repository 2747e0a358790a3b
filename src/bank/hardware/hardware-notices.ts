import { writtenDay } from '../calendar.ts'
import type { NoticeFacts } from '../notice.ts'

/** What customers are told of their hardware token on its way. */
const APPLICATION = 'ハードウェアトークンの申込'

export const applicationNotice = (feeYen: number): NoticeFacts => ({
  act: APPLICATION,
  lines: [
    ['手数料', feeYen === 0 ? 'かかりません' : `${feeYen.toLocaleString('ja-JP')}円`],
    ['お届け', '簡易書留で、2週間ほどでお届けします'],
  ],
})

export const withdrawalNotice = (): NoticeFacts => ({
  act: 'ハードウェアトークンの申込の取下げ',
  lines: [],
})

export const dispatchNotice = (shownParcelNo: string, hasToken: boolean): NoticeFacts => ({
  act: 'ハードウェアトークンの発送',
  lines: [
    ['お届け方法', '簡易書留'],
    ['お問い合わせ番号', shownParcelNo],
    ['届きましたら', `ログイン画面の「${hasToken ? '交換' : '利用開始'}」からご登録ください`],
    ['1週間たっても届かないとき', '下記までお電話ください'],
  ],
})

export const missingNotice = (serial: string): NoticeFacts => ({
  act: 'ハードウェアトークンの不着',
  lines: [
    ['シリアル番号', serial],
    ['このトークン', '安全のため、届いてもご利用いただけません'],
  ],
})

export const resendNotice = (): NoticeFacts => ({
  act: 'ハードウェアトークンの再送',
  lines: [['お届け', '別のトークンを簡易書留でお送りします。手数料はかかりません']],
})

export const undeliveredNotice = (): NoticeFacts => ({
  act: 'ハードウェアトークンの返送',
  lines: [['今後のお届け', 'お受け取りがなく当金庫へ戻りました。あらためてお送りします']],
})

export const returnNotice = (serial: string): NoticeFacts => ({
  act: 'ハードウェアトークンの返却',
  lines: [
    ['シリアル番号', serial],
    ['返却されたトークン', '当金庫で廃棄します'],
  ],
})

export const batteryNotice = (serial: string, endsOn: string): NoticeFacts => ({
  act: 'ハードウェアトークンの電池切れに伴う交換',
  lines: [
    ['今お使いのシリアル番号', serial],
    ['電池の目安', `${writtenDay(endsOn)}まで`],
    ['新しいトークン', '簡易書留でお送りします。手数料はかかりません'],
    ['届くまで', '今のトークンをそのままお使いください'],
    ['届きましたら', 'ログイン画面の「交換」からご登録ください'],
  ],
})
