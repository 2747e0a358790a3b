/** The mailbox of the demonstration. */
export const mailbox = {
  title: '取引通知メール（デモ）',
  text: 'メールサーバー（SMTP_URL）を設定していないため、お客さまにお送りするはずの通知をここに表示しています。',
  empty: 'まだ通知はありません。',
  to: (address: string) => `宛先：${address}`,
}
