import type { ProposalState } from '../../../../bank/ports.ts'
import type { ReissueCause } from '../../../../bank/procedures/reissue.ts'

/** The inbox: what waits for a second pair of eyes. */
export const proposals = {
  waitingTitle: '受付箱',
  settledTitle: '処理済みの起案',
  waitingText: '起案した人とは別の役席者が、内容を確かめて承認または差戻しをします。',
  waitingEmpty: '承認を待っている起案はありません。',
  settledEmpty: '処理済みの起案はまだありません。',
  toSettled: '処理済みを見る',
  toWaiting: '承認待ちを見る',
  caption: '起案の一覧',
  columns: {
    act: '内容',
    subject: '対象',
    preparedBy: '起案者',
    preparedAt: '起案日時',
    expiresAt: '期限',
    state: '状態',
    decidedBy: '処理した人',
  },
  state: {
    waiting: '承認待ち',
    approved: '承認済み',
    returned: '差戻し',
    withdrawn: '取下げ',
    expired: '期限切れ',
  } satisfies Record<ProposalState, string>,
  reason: '起案の理由',
  reasonHint: '受け付けた経緯と、本人確認の方法を書いてください。役席者が読みます。',
  prepare: '起案する',
  prepared: '起案しました。役席者の承認を待っています。',
  note: '差戻しの理由',
  approveNote: '承認の所見（任意）',
  approveHeading: '承認する',
  returnHeading: '差し戻す',
  withdrawHeading: '取り下げる',
  approve: '承認して実行する',
  giveBack: '差し戻す',
  withdraw: '取り下げる',
  ownText: '自分の起案は承認できません。不要になったときは取り下げてください。',
  customer: 'お客さまの画面を開く',
  facts: '起案の内容',
  decision: '処理の結果',
  doneHeading: '承認し、実行しました。',
  unknownAct: '（この版にない操作）',
  contractId: '契約者ID',
  customerName: 'お名前',
  serial: 'シリアル番号',
  cause: '事由',
  causes: {
    lost: '紛失・盗難',
    uninstalled: 'アプリの削除・端末の復元',
    broken: '故障・交換前の機種変更',
    other: 'その他',
  } satisfies Record<ReissueCause, string>,
  /** What each act is called, and what it does. */
  acts: {
    reissue: [
      '再発行（トークンの失効）',
      '今のトークンを失効させます。お客さまは確認用パスワード・カードに戻り、新しいトークンで利用開始ができます。',
    ],
    'token-release': [
      '利用停止の解除（トークン）',
      '見つかったトークンを、また使えるようにします。停止の前と同じシリアル番号です。',
    ],
    unfreeze: ['取引中止の解除', '止めているお取引を、すべて再開します。'],
    'unlock-password': ['ロック解除（ログインパスワード）', '続けた間違いの数を0に戻します。'],
    'unlock-confirmation': [
      'ロック解除（確認用パスワード・カード）',
      '続けた間違いの数を0に戻します。',
    ],
    'unlock-code': [
      'ロック解除（ワンタイムパスワード）',
      '続けた間違いの数を0に戻します。通算の間違いの数は戻りません。',
    ],
    'limit-lift': [
      '登録当日の限度額制限の解除',
      '利用開始・交換の当日に適用している低い限度額を、今すぐ終わらせます。',
    ],
    'card-reissue': [
      '確認用パスワード・カードの再発行',
      '新しい内容を作り、親展書面で郵送します。今までのものは、承認と同時に使えなくなります。',
    ],
    'password-reissue': [
      'ログインパスワードの再発行',
      'ログインパスワードを無効にし、利用登録用パスワードを親展書面で郵送します。',
    ],
  } as Readonly<Record<string, readonly [title: string, text: string]>>,
}
