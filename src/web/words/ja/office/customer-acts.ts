import type { ReissueCause } from '../../../../bank/procedures/reissue.ts'

/** What two people do for a customer: title, what it means, and the words of its choices. */
export const customerActs = {
  acts: {
    reissue: {
      title: 'トークンの再発行',
      button: '再発行する',
      text: '今のトークンを使えなくし、確認用パスワード・カードによる認証に戻します。お客さまは、ログイン画面の「利用開始」から新しいトークンを登録できます。登録した日は、翌日0時まで低い限度額になります。',
    },
    'token-release': {
      title: 'トークンの利用停止の解除',
      button: '利用停止を解除する',
      text: '見つかったトークンを、もう一度使えるようにします。同じトークンを使うすべての契約で使えるようになります。人の手に渡ったおそれがあるときは、解除ではなく再発行を起案してください。',
    },
    unfreeze: {
      title: '取引中止の解除',
      button: '取引中止を解除する',
      text: 'お取引を再開します。停止中のトークンは、そのまま停止しています。',
    },
    'limit-lift': {
      title: '利用開始当日の限度額の解除',
      button: '低い限度額を解除する',
      text: '本日の利用開始・交換による低い限度額を、翌日0時を待たずに解除します。第三者による登録のおそれがないことを、お客さま本人に確かめてください。',
    },
    'card-reissue': {
      title: '確認用パスワード・カードの再発行',
      button: '確認方法を再発行する',
      text: '承認と同時に、今の確認用パスワード・カードは使えなくなり、ロックも解けます。新しいものは封書で届きます。中身は、起案者にも承認者にも表示しません。',
    },
    'password-reissue': {
      title: 'ログインパスワードの再発行',
      button: 'ログインパスワードを再発行する',
      text: '承認と同時に、今のログインパスワードは使えなくなります。お客さまは、封書で届く利用登録用パスワードで、あらためて利用登録をします。',
    },
    'unlock-password': {
      title: 'ロック解除（ログインパスワード）',
      button: 'ロックを解除する',
      text: 'ログインパスワードの間違いの回数を0に戻します。お客さまがパスワードを覚えていないときは、再発行を起案してください。',
    },
    'unlock-confirmation': {
      title: 'ロック解除（確認用パスワード・カード）',
      button: 'ロックを解除する',
      text: '確認用パスワード・カードの間違いの回数を0に戻します。',
    },
    'unlock-code': {
      title: 'ロック解除（ワンタイムパスワード）',
      button: 'ロックを解除する',
      text: 'ワンタイムパスワードの間違いの回数（連続）を0に戻します。通算の回数は戻りません。',
    },
  },
  customer: 'お客さま',
  serial: 'シリアル番号',
  changedAt: '利用開始・交換の時刻',
  cause: '再発行の理由',
  causes: {
    lost: '紛失した（盗まれた）',
    uninstalled: 'アプリを削除した・バックアップから復元した',
    broken: '故障した・起動しない',
    other: 'そのほか',
  } satisfies Record<ReissueCause, string>,
  back: 'お客さまの画面に戻る',
}
