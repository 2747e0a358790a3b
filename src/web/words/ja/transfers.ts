import type { Refusal } from '../../../bank/refusal.ts'
import { MAY_BREAK, NO_BREAK } from '../may-break.ts'
import type { RefusalWords } from './refusals.ts'

/** Days, reservations, history, and the cancellation of reservations. */
export const transfers = {
  dateHint: (last: string) =>
    `空欄のときは今日です。${last}まで予約できます。土曜・日曜・祝日も指定できます。`,
  bookingDay: 'お振込先への入金日',
  laterHeading: 'お振込先への入金は、翌営業日になります',
  closedDay: `お引落しの日は、他の金融機関の休業日（土曜・日曜・祝日・12月${NO_BREAK}31日${NO_BREAK}～${NO_BREAK}1月${NO_BREAK}3日）です。他の金融機関の口座には、次の営業日に入金されます。`,
  after15: '15時を過ぎたため、他の金融機関の口座には、次の営業日に入金されます。',
  debitedOn: (day: string) => `お引落しは、${day}です。`,
  reservationHeading: '振込の予約です',
  reservation: (day: string) =>
    `${day}の午前${NO_BREAK}8時以降に、お引落し口座から引き落とします。前日までに残高をご用意ください。残高が足りないときは振込を行わず、メールでお知らせします。`,
  cancelUntil: '予約の取消は、振込日の前日まで「取引履歴」からできます。',
  reserveOperation: (amount: string) => `${amount}の振込の予約`,
  submitReservation: '予約する',
  reserved: '振込の予約を受け付けました。',

  detailTitle: '振込の明細',
  accepted: {
    executed: 'この振込は、済んでいます。',
    reserved: `この振込は、${MAY_BREAK}予約として${MAY_BREAK}お受けしています。`,
    cancelled: 'この予約は、取り消されています。',
    failed: 'この予約の振込は、行われませんでした。',
  },
  closedAt: { executed: '実行時刻', cancelled: '取消時刻', failed: '不能となった時刻' },
  cancelReceiptNo: '取消の受付番号',
  failureLabel: '行われなかった理由',
  failure: (refusal: Refusal): string =>
    refusal === 'insufficient-funds'
      ? '残高が足りませんでした。'
      : 'お取引を中止していたため、行いませんでした。',
  keepPayee: 'この振込先を登録する',
  cancel: '予約を取り消す',
  backToHistory: '取引履歴に戻る',

  unsureHeading: '結果の画面が出なかったとき',
  unsure:
    '通信が途切れて結果が分からないときは、この一覧をお確かめください。載っていれば、お受けしています。載っていなければ、お受けしていませんので、もう一度お手続きください。',
  search: '条件を指定して探す',
  fromDay: '受付日（この日から）',
  toDay: '受付日（この日まで）',
  searchedPayee: '受取人・払込先（名前の一部）',
  statusLabel: '状態',
  anyStatus: 'すべて',
  leastYen: '金額（これ以上）',
  mostYen: '金額（これ以下）',
  submitSearch: '探す',
  reset: '条件を消して、すべて表示する',
  noneFound: '条件に合う取引はありません。',
  pages: '取引履歴のページ',
  older: '古い取引を見る',
  newer: '新しい取引を見る',
  kindLabel: '種類',
  anyKind: 'すべて',
  dayColumn: '振込日・払込日',
  billDetailTitle: '払込みの明細',
  billAccepted: 'この払込みは、済んでいます。',

  cancelTitle: '予約の取消',
  cancelSteps: ['内容の確認', '処理結果'],
  cancelOperation: (amount: string) => `${amount}の振込予約の取消`,
  cancelSubmit: '予約を取り消す',
  cancelNot: '取り消さない',
  cancelled: '振込の予約を取り消しました。',
  /** At this page, these say better than elsewhere what a refusal means. */
  onItsDay: {
    heading: '振込日になったため、取り消せません',
    wayOut:
      '予約を取り消せるのは、振込日の前日までです。振り込んだお金を返してもらう手続き（組戻し）は、下記へお電話ください。',
    contact: true,
  } as RefusalWords,
  notReserved: {
    heading: 'この振込は、取り消せません',
    wayOut:
      '取り消せるのは、予約としてお受けしている振込です。今の状態は、明細でお確かめください。',
  } as RefusalWords,
  reservationNo: '取り消した振込の受付番号',
  backToDetail: '明細に戻る',
}

export type TransfersWords = typeof transfers
