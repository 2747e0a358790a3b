/** What was done or tried, in plain words, by the kind of the event. Held against the source by a test. */
export const eventKinds: Readonly<Record<string, string>> = {
  login: 'ログイン',
  enrolment: '利用登録',
  'otp-start': 'ワンタイムパスワードの利用開始',
  'otp-exchange': 'トークンの交換',
  'otp-stop': 'ワンタイムパスワードの利用中止',
  'otp-resync': 'トークンの時刻補正',
  'otp-at-login': 'ログイン時の認証の変更',
  'password-change': 'ログインパスワードの変更',
  'mail-change': 'メールアドレスの変更',
  'limit-change': '限度額の変更',
  freeze: '取引中止',
  transfer: '振込',
  'reservation-run': '予約振込の実行',
  'reservation-cancel': '予約振込の取消',
  'bill-payment': '収納サービス（ペイジー）',
  'payee-keep': '振込先の登録',
  'payee-remove': '振込先の削除',
  verification: '他のチャネルでの認証',
  'loss-report': '紛失届',
  'token-suspend': 'トークンの利用停止',
  'token-release': 'トークンの利用停止の解除',
  reissue: 'トークンの再発行',
  unfreeze: '取引中止の解除',
  'limit-lift': '利用開始当日の限度額の解除',
  'unlock-password': 'ロック解除（ログインパスワード）',
  'unlock-confirmation': 'ロック解除（確認用パスワード・カード）',
  'unlock-code': 'ロック解除（ワンタイムパスワード）',
  'card-reissue': '確認用パスワード・カードの再発行',
  'password-reissue': 'ログインパスワードの再発行',
  'letter-print': '封書の印刷',
  proposal: '起案',
  'contract-opening': '契約の開設',
  'bank-opening': '金庫の開設',
  'bank-change': '金庫の条件の変更',
  'token-type-change': 'トークンの種類の変更',
  'type-close': 'トークンの種類の受付終了',
  'type-reopen': 'トークンの種類の受付再開',
  'type-reminder': '種類の終了のご案内',
  'type-expiry': '種類の終了によるトークンの失効',
  'announcement-publish': '重要なお知らせの掲載',
  'announcement-take-down': '重要なお知らせの取下げ',
  'notice-template-change': '通知の文面の変更',
  export: 'ファイルへの出力',
  'seed-import': '種ファイルの取込み',
  'hardware-application': 'ハードウェアトークンの申込',
  'hardware-application-withdrawn': 'ハードウェアトークンの申込の取下げ',
  'hardware-assign-undone': 'ハードウェアトークンの割当の取消',
  'api-key-issue': 'APIキーの発行',
  'api-key-revocation': 'APIキーの失効',
  'hardware-assign': 'ハードウェアトークンの割当',
  'hardware-dispatch': 'ハードウェアトークンの発送',
  'hardware-missing': 'ハードウェアトークンの不着',
  'hardware-resend': 'ハードウェアトークンの再送',
  'hardware-return': 'ハードウェアトークンの返却',
  'hardware-destroy': 'ハードウェアトークンの廃棄',
  'hardware-terms': 'ハードウェアトークンの手数料と電池の期間の変更',
  'battery-campaign': '電池の交換キャンペーン',
  'battery-replacement': '電池切れ前の交換の申込',
  'identity-questions': '本人確認の項目の変更',
  'staff-login': '職員ログイン',
  'staff-password': '職員のパスワードの変更',
  'staff-appoint': '職員の登録',
  'staff-disable': '職員の利用停止',
  'staff-enable': '職員の利用再開',
  'staff-reset': '職員の再設定',
}

/** The purposes for which other channels ask. */
const purposes: Readonly<Record<string, string>> = {
  login: 'ログイン',
  transfer: '振込',
  bill: '収納サービス',
  other: 'その他',
}

/** What a code was used for: a procedure, or `verification/` and the purpose. */
export function codeUse(usedFor: string): string {
  const purpose = /^verification\/(\w+)$/.exec(usedFor)?.[1]
  if (purpose === undefined) return eventKinds[usedFor] ?? usedFor
  return `他のチャネル（${purposes[purpose] ?? purpose}）`
}

/** The history of a customer. */
export const history = {
  caption: 'お取引とお手続きの履歴（新しい順）',
  none: '—',
  note: '他のチャネルで受け付けた認証は、件数が多いため、断ったものだけを表示します。最後に受け付けたものは「トークン」の欄にあります。',
  empty: '履歴はまだありません。',
  columns: { at: '日時', what: '内容', outcome: '結果', who: '操作した人', receiptNo: '受付番号' },
  done: '完了',
  refused: 'お断り',
  older: 'さらに前の履歴',
  newest: '最新の履歴へ',
  actors: {
    customer: 'お客さま',
    api: (name: string) => `他のチャネル（${name}）`,
    staff: (id: string) => `職員 ${id}`,
    system: '自動処理',
    centre: '共同センター',
  },
  seen: 'お客さまの画面の表示',
  proposal: {
    prepared: '起案',
    returned: '差戻し',
    withdrawn: '取下げ',
    expired: '期限切れ',
  } as Readonly<Record<string, string>>,
  amount: (yen: string) => `${yen}円`,
  why: {
    wrong: 'このトークンの前後10分の数字のどれとも一致しません（打ち間違い、または別のトークン）',
    slow: (seconds: string) => `約${seconds}前の数字です（入力の遅れ、またはトークンの時計の遅れ）`,
    fast: (seconds: string) => `約${seconds}先の数字です（トークンの時計の進み）`,
    presses: (count: number) =>
      count > 0 ? `${count}回先の数字です（ボタンの空押し）` : `${1 - count}回前の数字です`,
    usedFor: (at: string, what: string) => `${at}に「${what}」で使われた数字です`,
    olderThanUsed: (at: string, what: string) => `${at}に「${what}」で使われた数字より前の数字です`,
    used: 'すでに使われた数字です',
    usedAsWell: 'その後の数字がすでに使われています',
  },
  duration: (seconds: number) =>
    seconds < 120
      ? `${seconds}秒`
      : `${Math.floor(seconds / 60)}分${seconds % 60 || ''}${seconds % 60 ? '秒' : ''}`,
}
