/** The texts of the back office. */
export const office = {
  coming: '営業店・事務統括部の画面は準備中です。',
  notFound: 'ページが見つかりません。',
  unexpected: '予期しないエラーが起きました。',
  mailbox: '取引通知メール（デモ）',
  mailboxText:
    'メールサーバー（SMTP_URL）を設定していないため、お客さまにお送りするはずの通知をここに表示しています。営業店・事務統括部の画面は準備中です。',
  mailboxEmpty: 'まだ通知はありません。',
  to: (address: string) => `宛先：${address}`,
}

export type OfficeWords = typeof office
