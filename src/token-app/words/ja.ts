/**
 * Every sentence of the app in Japanese, for readers of 75: short, one thing at a time, and always
 * what to do next. Another language is a module of the same type (`Words`): what it lacks fails the
 * type check.
 */
const bank = {
  name: '白河信用金庫（デモ）',
  department: '事務統括部 インターネットバンキング担当',
  telephone: '0248-23-4513',
  hours: '平日 9:00～17:00',
}

/** 95 → 「約2分」: nobody needs the seconds of an hour. */
function lengthOfTime(seconds: number): string {
  if (seconds < 90) return `約${Math.round(seconds)}秒`
  if (seconds < 90 * 60) return `約${Math.round(seconds / 60)}分`
  if (seconds < 36 * 3600) return `約${Math.round(seconds / 3600)}時間`
  return `約${Math.round(seconds / 86400)}日`
}

const moment = new Intl.DateTimeFormat('ja-JP', {
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})
const day = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long' })

export const ja = {
  language: 'ja',
  otherLanguage: 'English',
  bank,
  app: {
    name: 'ワンタイムパスワード',
    shortName: 'ワンタイム',
    description: 'インターネットバンキングで使う6けたの数字を、30秒ごとに新しく表示します。',
    loading: '読み込んでいます。この表示のままのときは、ブラウザーを最新の版に更新してください。',
    noScript: 'このアプリを使うには、ブラウザーの設定でJavaScriptを有効にしてください。',
  },

  welcome: {
    title: 'ワンタイムパスワード',
    lead: '振込などのお取引に使う6けたの数字を、30秒ごとに新しく表示します。はじめに、数字を表示する「トークン」をこの端末に作ります。',
    facts: [
      '料金はかかりません。',
      'お名前や口座番号は入力しません。',
      '作ったあとは、電波が届かない所でも数字が表示されます。',
    ],
    make: 'トークンを作る',
    makeAnyway: 'ホーム画面に追加せずに作る',
    making: 'トークンを作っています…',
    beforeHeading: '以前この端末で数字が表示されていた方へ',
    before:
      '新しく作っても、前のシリアル番号には戻りません。前のトークンをインターネットバンキングに登録している方は、作る前に下の窓口へお電話ください。',
    iosHeading: '先に、ホーム画面に追加してください',
    ios: [
      '画面の下か上にある「共有」ボタン（四角から矢印が出ている印）を押します。',
      '「ホーム画面に追加」を選び、「追加」を押します。',
      'ホーム画面にできた「ワンタイム」のアイコンから開き、そこでトークンを作ります。',
    ],
    iosWhy:
      'Safariの画面で作ったトークンはホーム画面のアプリに移せず、7日間使わないと消えることがあります。',
  },

  token: {
    codeHeading: 'ワンタイムパスワード',
    codeSpoken: (code: string) => `現在の数字は、${[...code].join('、')}`,
    secondsUnit: '秒',
    remaining: '後に数字が変わります',
    nextWaiting: '数字が変わる少し前に、次の数字をここに表示します。',
    nextHeading: '次の数字',
    nextHint: '間に合わないときはこちらを入力',
    copyCode: '数字をコピー',
    readAloud: '読み上げる',
    serialHeading: 'シリアル番号',
    copySerial: 'シリアル番号をコピー',
    codeCopied: '数字をコピーしました。',
    serialCopied: 'シリアル番号をコピーしました。',
    copyFailed: 'コピーできませんでした。お手数ですが、画面を見ながら入力してください。',
    codeChanged: '数字が新しくなりました。まだ入力していないときは、もう一度コピーしてください。',
    warningHeading: '数字はだれにも教えないでください',
    warning:
      '電話・メール・SMSで数字をお聞きすることは決してありません。数字は、ご自分で開いたインターネットバンキングの画面だけに入力してください。',
  },

  clock: {
    ahead: (seconds: number) =>
      `この端末の時計は${lengthOfTime(seconds)}進んでいます。数字は正しく補正しています。`,
    behind: (seconds: number) =>
      `この端末の時計は${lengthOfTime(seconds)}遅れています。数字は正しく補正しています。`,
    offline: 'いまはインターネットにつながっていません。数字はこのままお使いいただけます。',
    offlineCorrected: (measuredAt: number) =>
      `いまはインターネットにつながっていません。${moment.format(measuredAt)}に合わせた時刻で数字を表示しています。`,
  },

  speech: {
    digits: ['ゼロ', 'イチ', 'ニ', 'サン', 'ヨン', 'ゴ', 'ロク', 'ナナ', 'ハチ', 'キュウ'],
    /** The voice that can say them. */
    voice: 'ja-JP',
    spoken: (groups: readonly (readonly string[])[]) =>
      groups.map((group) => group.join('、')).join('。'),
    present: (digits: string) => `数字は、${digits}、です。`,
    next: (digits: string) => `数字がまもなく変わります。次の数字は、${digits}、です。`,
  },

  guide: {
    title: '使い方',
    firstHeading: 'はじめて使うとき（利用開始）',
    first: [
      'インターネットバンキングのログイン画面の下にある「利用開始」を押します。',
      '契約者IDとログインパスワードを入力します。',
      'この画面のシリアル番号と、6けたの数字を入力します。',
    ],
    everyHeading: '振込などのとき',
    every: '「ワンタイムパスワード」の欄に、そのとき表示されている6けたの数字を入力します。',
    once: '数字は1回だけ使えます。続けてお取引をするときは、次の数字に変わるまでお待ちください。',
  },

  help: {
    title: '困ったときは',
    contactHeading: 'お問い合わせ',
    call: (telephone: string) => `電話する　${telephone}`,
    answers: [
      [
        '「ワンタイムパスワードが違います」と出る',
        '数字が変わった直後か、すでに使った数字かもしれません。次の数字に変わるのを待って、もう一度入力してください。',
      ],
      [
        'スマートフォンを買い替える',
        '古い端末を手放す前に、新しい端末でトークンを作り、インターネットバンキングのログイン画面の「交換」で切り替えてください。',
      ],
      ['端末をなくした、盗まれた', 'すぐに窓口へお電話ください。トークンを止めます。'],
      [
        '数字が表示されなくなった',
        'アプリやブラウザーのデータを消すと、トークンも消えます。元に戻すことはできません。窓口へお電話ください。',
      ],
      ['数字を聞かれた', '詐欺です。教えずに電話を切り、窓口へご連絡ください。'],
    ],
  },

  device: {
    title: 'この端末の状態',
    storage: '保存',
    storageKept: 'この端末に確実に保存されています。',
    storageUncertain:
      '保存されていますが、端末の空き容量が足りなくなると消えることがあります。ホーム画面に追加すると、消えにくくなります。',
    storageUncertainIos:
      '保存されていますが、Safariでは7日間使わないと消えることがあります。ときどき開いてください。',
    time: '時刻合わせ',
    timeExact: (measuredAt: number) =>
      `${moment.format(measuredAt)}に確認しました。ずれはありません。`,
    timeCorrected: (measuredAt: number) => `${moment.format(measuredAt)}に確認し、補正しています。`,
    timeUnknown: 'まだ確認できていません。端末の時計で数字を作っています。',
    voice: '読み上げ',
    voiceReady: '使えます。',
    voiceMissing: 'この端末には日本語の音声がないため、使えません。',
    key: '鍵',
    keyKept: '数字を作る鍵は、この端末から取り出せない形で保存されています。',
    made: '作成日',
    madeOn: (madeAt: number) => day.format(madeAt),
  },

  install: {
    title: 'ホーム画面に追加できます',
    why: 'アイコンからすぐに開けるようになり、トークンが消えにくくなります。',
    add: 'ホーム画面に追加する',
  },

  remake: {
    title: 'トークンを作り直す',
    lead: '窓口から「作り直してください」と案内されたときだけ、行ってください。',
    open: '作り直す…',
    question: 'トークンを作り直しますか',
    consequences: (serial: string) => [
      `シリアル番号 ${serial} の数字は、二度と表示できなくなります。`,
      'インターネットバンキングに登録済みの場合、窓口での手続きが済むまで振込などができなくなります。',
      '新しいシリアル番号で、「利用開始」の手続きがもう一度必要です。',
    ],
    agree: '今のシリアル番号が使えなくなることを確認しました',
    agreeFirst: '作り直すには、上の四角を押して印を付けてください。',
    cancel: 'やめる',
    confirm: '作り直す',
  },

  lost: {
    title: 'トークンがこの端末から消えています',
    lead: 'ブラウザーのデータの消去や、端末の復元が原因です。元に戻すことはできません。',
    serial: '消えたトークンのシリアル番号',
    todoHeading: 'どうすればよいですか',
    registered:
      'このシリアル番号を登録している方は、まず窓口へお電話ください。手続きのあと、新しいトークンで利用開始ができます。',
    otherDevice:
      '登録しているトークンが別の端末にあり、そちらで数字が表示される方は、ここで新しいトークンを作り、「交換」で切り替えてください。',
    makeHeading: '窓口に連絡済みの方、まだ登録していなかった方',
    make: '新しいトークンを作る',
  },

  failure: {
    title: 'トークンを作れませんでした',
    retry: 'もう一度試す',
    kept: '今までのトークンはそのまま使えます。',
    back: '数字の画面に戻る',
    reasons: {
      unreachable:
        'サーバーにつながりませんでした。電波の状態をたしかめて、もう一度お試しください。続くときは、しばらく待ってからお試しください。',
      busy: 'ただいま混み合っています。数分待ってから、もう一度お試しください。',
      refused:
        'いまは新しいトークンを作れません。しばらく待ってもう一度お試しになり、続くときは窓口へお電話ください。',
      'not-the-bank':
        '接続先が金庫のサーバーであることを確認できなかったため、中止しました。公共のWi-Fiを使っている場合は切り、もう一度お試しください。続くときは窓口へお電話ください。',
      unconfirmed:
        '最後の確認ができなかったため、作りかけのトークンを取り消しました。もう一度お試しください。',
      storage:
        'この端末に保存できませんでした。「プライベートブラウズ」や「シークレットモード」を終えて、ふつうの画面で開いてください。空き容量もたしかめてください。',
      unsupported:
        'このブラウザーでは使えません。ブラウザーや端末の更新をして、もう一度お試しください。',
      unexpected:
        'うまく動きませんでした。もう一度お試しください。続くときは窓口へお電話ください。',
    },
  },
}

export type Words = typeof ja
