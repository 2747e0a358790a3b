import { MAY_BREAK } from '../may-break.ts'

/** The pictures of our own pages that stand beside the steps of the guide. */
export type GuidePictureName =
  | 'token-welcome'
  | 'token-code'
  | 'login-foot'
  | 'credentials'
  | 'start-token'
  | 'start-done'
  | 'exchange-current'
  | 'exchange-new'
  | 'exchange-done'
  | 'stop-confirm'

export interface GuideStep {
  readonly text: string
  readonly picture?: { readonly name: GuidePictureName; readonly alt: string }
}

/** ご利用の手引き: after the bank's own guide, in the order in which things are done. */
export const guide = {
  title: `ワンタイムパスワード${MAY_BREAK}ご利用の手引き`,
  contents: '目次',
  what: {
    heading: 'ワンタイムパスワードとは',
    texts: [
      'ワンタイムパスワードは、一度だけ使える6けたの数字です。30秒ごとに新しい数字に変わり、「トークン」に表示されます。',
      '振込や収納サービスなどのお取引のときに、その数字を入力していただきます。お客さまのトークンを持たない人は数字を知ることができないため、第三者による不正なログインや送金の危険を減らせます。',
      '利用を開始すると、これまでの資金移動用パスワード（確認用パスワード）やカードに代わって、ワンタイムパスワードで認証します。',
    ],
  },
  kinds: {
    heading: 'トークンの種類',
    rows: [
      [
        'スマートフォン（しんきん（個人）ワンタイムパスワード）',
        '無料です。次の「トークンの入手」からお使いください。',
      ],
      [
        'ハードウェアトークン',
        'お申込みのあと当金庫からお送りした、その1台だけをご利用いただけます。',
      ],
      [
        'シマンテック社製ソフトウェアトークン',
        '平成29年7月24日から、新しく登録できません。登録済みのものは使えます。',
      ],
      [
        'ソフトウェアトークン（パソコン版）',
        '平成30年3月12日から、新しい登録と交換ができません。登録済みのものは使えます。',
      ],
    ],
  },
  get: {
    heading: 'トークンの入手',
    text: 'スマートフォンで次のQRコードを読み取り、「トークンを作る」を押してください。',
    steps: [
      {
        text: 'トークンアプリを開き、「トークンを作る」を押します。お名前や口座番号は入力しません。',
        picture: {
          name: 'token-welcome',
          alt: 'トークンアプリの最初の画面。「トークンを作る」のボタンがある。',
        },
      },
      {
        text: '6けたの数字（ワンタイムパスワード）と、その下にシリアル番号が表示されます。',
        picture: {
          name: 'token-code',
          alt: 'トークンアプリの画面。6けたの数字、残りの秒数、シリアル番号が表示されている。',
        },
      },
    ] as readonly GuideStep[],
  },
  start: {
    heading: '利用開始',
    steps: [
      {
        text: 'ログイン画面の下にある「利用開始」を押します。',
        picture: {
          name: 'login-foot',
          alt: 'ログイン画面の下の部分。利用開始、交換、利用中止、時刻補正が並んでいる。',
        },
      },
      {
        text: '契約者IDとログインパスワードを入力し、「次へ」を押します。',
        picture: {
          name: 'credentials',
          alt: '契約者IDとログインパスワードの入力欄と「次へ」のボタン。',
        },
      },
      {
        text: 'トークンに表示されているシリアル番号と、6けたの数字を入力します。ログインのときにも数字を入力するかどうかを選びます。',
        picture: {
          name: 'start-token',
          alt: 'シリアル番号とワンタイムパスワードの入力欄と、ログイン時の認証要否の選択。',
        },
      },
      {
        text: 'お手元の確認用パスワードまたはカードの、たずねられたところだけを入力し、「登録する」を押します。お客さまの方法だけが表示されます。',
      },
      {
        text: '「ワンタイムパスワード登録が完了しました。」と表示され、受付番号がつきます。次回より、振込などのお取引のときにワンタイムパスワードが必要です。',
        picture: {
          name: 'start-done',
          alt: '登録完了の画面。受付番号、受付時刻、シリアル番号が表示されている。',
        },
      },
    ] as readonly GuideStep[],
    go: '利用開始に進む',
  },
  exchange: {
    heading: '交換（スマートフォンやトークンを替えるとき）',
    warning:
      '新しいトークンの登録が終わるまで、古いトークンをアンインストールしたり、古い端末を手放したりしないでください。SIMカードを抜いた端末ではトークンを起動できないことがあります。起動できないときは、お電話ください。再発行いたします。',
    steps: [
      {
        text: '新しいスマートフォンでトークンを作ります（または、当金庫からお送りしたハードウェアトークンを用意します）。',
      },
      {
        text: 'ログイン画面の下にある「交換」を押し、契約者IDとログインパスワードを入力します。',
      },
      {
        text: '今お使いの（古い）トークンの数字を入力し、「次へ」を押します。',
        picture: {
          name: 'exchange-current',
          alt: '今お使いのトークンのワンタイムパスワードの入力欄。',
        },
      },
      {
        text: '新しいトークンのシリアル番号と数字を入力し、「登録する」を押します。',
        picture: {
          name: 'exchange-new',
          alt: '新しいトークンのシリアル番号とワンタイムパスワードの入力欄。',
        },
      },
      {
        text: '変更後と変更前のシリアル番号が表示されます。以後のお取引は、新しいトークンで認証します。',
        picture: {
          name: 'exchange-done',
          alt: '交換完了の画面。変更後と変更前のシリアル番号が表示されている。',
        },
      },
    ] as readonly GuideStep[],
    go: '交換に進む',
  },
  stop: {
    heading: '利用中止',
    steps: [
      {
        text: 'ログイン画面の下にある「利用中止」を押し、契約者IDとログインパスワードを入力します。',
      },
      {
        text: 'トークンの数字と、お手元の確認用パスワードまたはカードの内容を入力し、「停止する」を押します。',
        picture: {
          name: 'stop-confirm',
          alt: '利用中止の確認の画面。ワンタイムパスワードと確認用パスワードの入力欄。',
        },
      },
      {
        text: '以後のお取引は、お手元の確認用パスワードまたはカードで認証します。',
      },
    ] as readonly GuideStep[],
    go: '利用中止に進む',
  },
  lost: {
    heading: 'トークンを入れた端末をなくしたとき',
    steps: [
      {
        text: 'キャッシュカードをなくしたときと同じように、ただちに下記へお電話ください。',
      },
      { text: '当金庫がトークンを止めます。必要なときは、お取引もすべて止めます。' },
      {
        text: '再発行の手続きのあと、新しい端末でトークンを作り、「利用開始」で登録してください。',
      },
    ] as readonly GuideStep[],
  },
  uninstalled: {
    heading: 'トークンをアンインストールしてしまったとき',
    steps: [
      {
        text: '利用中止の前にトークンを消したときは、下記へお電話ください。同じトークンには戻せません。',
      },
      { text: '再発行の手続きのあと、新しいトークンを作り、「利用開始」で登録してください。' },
    ] as readonly GuideStep[],
  },
  more: 'ほかに困ったことがあるときは',
}

export type GuideWords = typeof guide
