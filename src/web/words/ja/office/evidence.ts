/** The sealed log: its newest head, and the proof of a receipt. */
export const evidence = {
  title: '証跡',
  text: 'すべての記録は順番に封印され、後から変更・削除・入替えがあれば検査で見つかります。封印には署名があり、1分ごとに、記録のデータベースとは別の場所（設定されたファイルまたはサーバー）へ公開されます。',
  head: '最新の封印',
  headEmpty: 'まだ封印された記録はありません。',
  size: '封印した記録の数',
  events: (count: number) => `${count.toLocaleString('ja-JP')}件`,
  sealedAt: '封印した日時',
  root: 'ルートハッシュ',
  verifierKey: '検証用の公開鍵',
  note: '署名された封印',
  noteText: 'この内容をそのまま保管すると、あとの検査と照らし合わせられます。',
  published: '最後に公開した封印',
  publishedEmpty: 'まだ公開された封印はありません。',
  publishedAt: (size: number, time: string) =>
    `${time} の封印（${size.toLocaleString('ja-JP')}件まで）を公開しています。`,
  prove: '受付番号を証明する',
  receiptNo: '受付番号',
  receiptHint: 'お客さまの控えや、処理済みの起案にある番号です。',
  submit: '証明を作る',
  proofTitle: '受付番号の証明',
  proven: '記録は、封印されたログに入っています',
  provenText: '下のファイルは、このシステムとは別の検証プログラムで確かめられます。',
  provenEvents: '証明した記録',
  leaf: 'ログの中の位置',
  leafAt: (leaves: readonly number[]) => leaves.map((leaf) => `${leaf + 1}番目`).join('、'),
  covers: '証明の元にした封印',
  coversPublished: 'この封印は公開されています。公開されたものと照らし合わせて検証できます。',
  coversUnpublished:
    'この封印はまだ公開されていません。1分ほど待って証明を作り直すと、公開された封印での証明になります。',
  download: '証明をファイルに保存する',
  downloadText: '保存したことは記録に残ります。',
  how: '検証のしかた',
  howText: (isPublished: boolean) =>
    `KEYは、「証跡」の画面の「検証用の公開鍵」を前もって保管しておいたファイルです。${isPublished ? 'HEADSは、公開された封印の記録（heads.log など）です。' : ''}`,
  command: (file: string, isPublished: boolean) =>
    `node tools/verify-receipt.mjs ${file} --key KEY${isPublished ? ' --heads HEADS' : ''}`,
  unsealed: 'まだ封印されていません',
  unsealedText: '受付から1～2秒で封印されます。少し待ってから、もう一度お試しください。',
  retained: '記録は保存ファイルに移されています',
  retainedText: (file: string) =>
    `この受付番号の記録は保存期間を過ぎたため、ファイル「${file}」に書き出してから削除されました。証明は、そのファイルからシステムの管理者が作れます（ichido audit receipt --export）。`,
  again: '別の受付番号を調べる',
  fields: {
    receiptNo: 'この金庫の受付番号を、数字で入力してください。',
  },
}
