import type { SeedFault, SeedFaultReason } from '../../../../bank/hardware/seed.ts'

type Words = string | ((fault: SeedFault) => string)

const about = ({ about }: SeedFault) => (about === undefined ? '' : `（${about}）`)
const ask = '発行元に正しいファイルを依頼してください。'

/** What is wrong with a seed file, and the way out. */
const faults = {
  'no-tokens': 'トークンが1本もありません。ファイルと形式をお確かめください。',
  compressed: '圧縮されています。解凍してから取り込んでください。',
  'not-utf-8': (fault) => `文字コードがUTF-8ではありません${about(fault)}。`,
  malformed: 'ファイルが壊れているか、別の形式です。',
  'cut-off': 'ファイルが途中で切れています。もう一度入手してください。',
  'too-large': 'ファイルが大きすぎます（200MiBまで）。分けて取り込んでください。',
  'too-long': 'トークン以外の内容が多すぎます。シードファイルかどうかお確かめください。',
  'too-many-tokens': 'トークンが多すぎます（100万本まで）。分けて取り込んでください。',
  doctype: `文書型宣言（DOCTYPE）のあるファイルは取り込めません。${ask}`,
  instruction: `処理命令のあるファイルは取り込めません。${ask}`,
  'too-deep': '要素の入れ子が深すぎます。シードファイルかどうかお確かめください。',
  'too-many-attributes': '要素の属性が多すぎます。シードファイルかどうかお確かめください。',
  'not-pskc': (fault) => `PSKC 1.0のファイルではありません${about(fault)}。`,
  'version-unsupported': (fault) => `PSKCの版が違います${about(fault)}。1.0が必要です。`,
  'element-twice': (fault) => `同じ要素が2つあります${about(fault)}。${ask}`,
  'key-needed': '暗号化されています。鍵を入力してください。',
  'passphrase-needed': '暗号化されています。パスフレーズを入力してください。',
  'key-length': (fault) => `鍵の長さが違います${about(fault)}バイトの鍵が必要です。`,
  'wrong-key': '鍵またはパスフレーズが違うか、ファイルが書き換えられています。',
  'encryption-unsupported': (fault) => `対応していない暗号方式です${about(fault)}。${ask}`,
  'derivation-unsupported': (fault) =>
    `対応していない、パスフレーズからの鍵の作り方です${about(fault)}。${ask}`,
  'mac-missing': `暗号化された値に改ざん検知（MAC）がありません。${ask}`,
  'mac-unsupported': (fault) => `対応していない改ざん検知（MAC）です${about(fault)}。${ask}`,
  'seed-not-encrypted':
    '鍵を使うファイルなのに、シードが暗号化されていません。書き換えられたおそれがあります。',
  columns: (fault) => `列の数や並びが合いません${about(fault)}。`,
  'column-unknown': (fault) => `知らない列があります${about(fault)}。列名を直すか削ってください。`,
  'encoding-ambiguous':
    'シードが16進数かbase32か判別できません。列名を「secret hex」か「secret base32」にしてください。',
  'field-missing': (fault) => `項目がありません${about(fault)}。`,
  'field-invalid': (fault) => `項目を読み取れません${about(fault)}。`,
  'algorithm-unsupported': (fault) => `HOTP・TOTP以外のトークンです${about(fault)}。`,
  'policy-unsupported': (fault) => `守れない条件が付いています${about(fault)}。`,
  'serial-invalid': 'シリアル番号は、英数字4～32文字です。',
  'serial-reserved': 'トークンアプリのシリアル番号と同じ形です。',
  'seed-length': (fault) => `シードの長さが違います${about(fault)}。16～64バイトが必要です。`,
  'digits-unsupported': (fault) => `パスワードは6～8桁です${about(fault)}。`,
  'period-unsupported': (fault) => `間隔は30秒か60秒です${about(fault)}。`,
  'serial-twice': ({ serial, firstLine }) =>
    `シリアル番号${serial}は、${firstLine}行目にもあります。`,
  'serial-taken': ({ serial }) => `シリアル番号${serial}は、すでに登録されています。`,
} as const satisfies Record<SeedFaultReason, Words>

/** The page of the import. */
export const seedImport = {
  title: 'シードファイルの取込',
  text: '発行元から届いたシードファイルを在庫に取り込みます。1本でも取り込めないときは、どれも取り込みません。',
  onceMore: '鍵・パスフレーズ・ファイルは、もう一度入力し、選び直してください。',
  type: 'トークンの種類',
  format: 'ファイルの形式',
  formats: { pskc: 'PSKC（XML）', csv: 'CSV' },
  shape: '形状',
  key: '鍵（16進数）',
  keyHint:
    '暗号化されたPSKCファイルで、鍵が渡されているときに入力します。画面にも記録にも残りません。',
  passphrase: 'パスフレーズ',
  passphraseHint: '鍵の代わりにパスフレーズが渡されているときに入力します。',
  file: 'シードファイル',
  fileHint: '200MiBまで、100万本まで取り込めます。',
  submit: '取り込む',
  watch: '進み具合を別の画面で見る',
  watchHint: '取込のあいだは、この画面を閉じないでください。',
  done: (tokens: number) => `${tokens.toLocaleString('ja-JP')}本を取り込みました`,
  batch: 'ロット',
  tokens: '本数',
  refused: '取り込めませんでした。在庫は変わっていません。',
  caption: '取り込めない理由',
  line: '行',
  reason: '理由',
  at: (line: number) => `${line.toLocaleString('ja-JP')}行目`,
  more: (count: number) => `ほかに${count.toLocaleString('ja-JP')}件あります。`,
  fault(fault: SeedFault): string {
    const words: Words = faults[fault.reason]
    return typeof words === 'string' ? words : words(fault)
  },
  remarks: {
    leftOut: (count: number) => `ワンタイムパスワード用でない鍵を${count}件読み飛ばしました。`,
    expired: (count: number) => `期限を過ぎたトークンが${count}本あります。`,
    weak: (count: number) => `シードが128ビットより短いトークンが${count}本あります。`,
    signed: 'ファイルの署名は確かめていません。',
  },
  remarksHeading: 'ご確認ください',
  again: '続けて取り込む',
  toStock: '在庫を見る',
  watchTitle: '取込の進み具合',
  waiting: 'まだ始まっていません。',
  running: (tokens: number) => `取込中：${tokens.toLocaleString('ja-JP')}本`,
  ended: (tokens: number) => `取込が終わりました：${tokens.toLocaleString('ja-JP')}本`,
  failed: '取り込めませんでした。理由は取込の画面に表示しています。',
  refresh: '今の状態を見る',
  refreshText: 'この画面は5秒ごとに新しくなります。',
}
