/** The administrator's pages about staff, and everyone's own password. */
export const staff = {
  title: '職員',
  caption: '職員の一覧',
  empty: '職員はまだ登録されていません。',
  columns: {
    staffId: '職員ID',
    name: '氏名',
    role: '役割',
    state: '状態',
    lastLogin: '最終ログイン',
  },
  active: '利用中',
  notYet: '未登録（初回ログイン前）',
  passwordDue: '初回のパスワードは未発行',
  disabled: '停止中',
  never: '—',
  appoint: '職員を登録する',
  appointTitle: '職員の登録',
  appointText:
    '登録は起案です。役席者が承認すると登録され、この職員の画面で初回のパスワードを発行できるようになります。',
  reasonHint: '人事上の経緯と、本人に確かめた方法を書いてください。役席者が読みます。',
  acts: { appoint: '職員の登録', renew: '職員の認証の再登録' },
  nameLabel: '氏名',
  roleLabel: '役割',
  passwordOnce: '初回のパスワード（この画面でだけ表示します）',
  passwordNext:
    '本人に紙で渡してください。本人は最初のログインで、認証アプリを登録し、自分のパスワードに変更します。届いたパスワードでログインできないときは、だれかが先に使ったおそれがあります。すぐに役席者に知らせてください。',
  handOver: '初回のパスワードを発行する',
  handOverText:
    '役席者が承認しました。パスワードは一度だけ表示します。本人は、最初のログインで自分のパスワードに変更するまで、ほかの画面を使えません。',
  handedOver: '初回のパスワードを発行しました。',
  disable: '利用を停止する',
  enable: '利用を再開する',
  disableText: '停止すると、ログイン中の画面もその場で使えなくなります。',
  reset: '再設定する',
  resetText:
    'ロックを解除し、新しいパスワードを一度だけ表示します。認証アプリの登録はそのまま残り、本人は次のログインでパスワードを変更します。',
  renew: '認証アプリの登録をやり直す',
  renewText:
    '役席者が承認すると、今の認証アプリとパスワードは使えなくなり、初回のパスワードを発行できるようになります。',
  resetDone: '再設定しました。',
  selfText: '自分自身の停止や再設定はできません。ほかの管理者に依頼してください。',
  passwordTitle: 'パスワードの変更',
  currentPassword: '今のパスワード',
  newPassword: '新しいパスワード（10文字以上）',
  passwordSubmit: '変更する',
  passwordDone: 'パスワードを変更しました。',
  toFirstRoom: '業務の画面へ進む',
  passwordFirst: 'はじめに、自分のパスワードに変更してください',
  passwordFirstText:
    '今のパスワードは、ほかの人が発行したものです。変更すると、ほかの画面が使えるようになります。',
  toPassword: '自分のパスワードを変更する',
}
