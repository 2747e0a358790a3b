import type { Refusal } from '../../../bank/refusal.ts'
import type { RefusalWords } from './refusals.ts'

/** Words that say better, at one page, what a refusal means there. */
export type RefusalsHere = Readonly<Partial<Record<Refusal, RefusalWords>>>

const passwordRules =
  '半角の英数字6～12文字。英字と数字を、それぞれ1文字以上入れてください。大文字と小文字は区別します。契約者IDと同じものは使えません。'

const moment = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'long',
  timeStyle: 'short',
})

/** Enrolment, settings, the emergency freeze, and where a token shows its serial. */
export const account = {
  nav: { settings: '設定', freeze: '取引中止' },
  login: {
    more: 'そのほかのお手続き',
    enrol: ['利用登録', 'はじめてインターネットバンキングを使うとき'],
    freeze: ['取引中止（緊急）', '不正な操作が疑われるとき、すべてのお取引をすぐに止めます'],
  },
  passwordRules,
  passwordError: '上の条件に合うログインパスワードを入力してください。',

  enrol: {
    title: '利用登録',
    steps: ['利用者の確認', 'パスワードの設定', '処理結果'],
    text: '当金庫からお届けした書面をお手元にご用意ください。',
    enrolmentPassword: '利用登録用パスワード',
    enrolmentPasswordHint:
      '書面に印刷されているとおりに入力してください。英字は大文字と小文字を区別します。',
    loginPassword: 'ログインパスワード',
    loginPasswordAgain: 'ログインパスワード（もう一度）',
    mail: 'メールアドレス',
    mailHint: 'お取引のお知らせをお送りします。ふだんお使いのアドレスを入力してください。',
    submit: '登録する',
    done: '利用登録が完了しました。',
    next: '次回から、契約者IDと、いま決めたログインパスワードでログインしてください。利用登録用パスワードは使えなくなりました。',
    checkMail:
      'メールアドレスに間違いがないか、お確かめください。間違いのときは、ログイン後の「設定」で直せます。',
    refusals: {
      'wrong-credentials': {
        heading: '契約者IDまたは利用登録用パスワードが違います',
        wayOut:
          '書面と一文字ずつ見くらべて、もう一度入力してください。登録がお済みのときは、ログイン画面からログインしてください。続けて間違えると、ロックされます。',
      },
      'locked-password': {
        heading: '利用登録用パスワードがロックされています',
        wayOut: '続けて間違いがあったため、ロックしました。解除は下記へお電話ください。',
        contact: true,
      },
    } as RefusalsHere,
    expired: {
      'draft-expired': {
        heading: '利用登録用パスワードの有効期限が切れています',
        wayOut: '新しい利用登録用パスワードをお送りします。下記へお電話ください。',
        contact: true,
      },
    } as RefusalsHere,
  },

  settings: {
    title: '設定',
    back: '設定に戻る',
    steps: ['変更の内容', '内容の確認', '処理結果'],
    submit: '変更する',
    cancel: '変更しない',
    otpAtLogin: ['ログイン時の認証要否', 'ログインのときにワンタイムパスワードを使うかどうか'],
    password: ['ログインパスワードの変更', 'ログインのときに入力するパスワード'],
    mail: ['メールアドレスの変更', 'お取引のお知らせの送り先'],
    limit: ['振込限度額の変更', '1日に振り込める金額'],
    emergency: '緊急のとき',
    refusals: {
      'wrong-credentials': {
        heading: '今のログインパスワードが違います',
        wayOut:
          '大文字・小文字の違いもお確かめのうえ、もう一度入力してください。続けて間違えると、ロックされます。',
      },
    } as RefusalsHere,
    /** For a day after a start or an exchange. */
    tooSoon: (from: Date): RefusalsHere => ({
      'too-many-requests': {
        heading: 'ただいま変更できません',
        wayOut: `トークンの登録や交換のあと24時間は、安全のため、ログインパスワードとメールアドレスを変更できません。${moment.format(from)}から変更できます。トークンの登録や交換にお心当たりのないときは、ただちに下記へお電話ください。`,
        contact: true,
      },
    }),
  },
  otpAtLogin: {
    title: 'ログイン時の認証要否',
    now: '現在の設定',
    operation: (to: string) => `ログイン時の認証を「${to}」に変更`,
    done: 'ログイン時の認証要否を変更しました。',
  },
  password: {
    title: 'ログインパスワードの変更',
    current: '今のログインパスワード',
    new: '新しいログインパスワード',
    again: '新しいログインパスワード（もう一度）',
    text: '変更すると、ほかの端末でのログインは終了します。',
    operation: 'ログインパスワードの変更',
    done: 'ログインパスワードを変更しました。',
  },
  mail: {
    title: 'メールアドレスの変更',
    now: '今のメールアドレス',
    new: '新しいメールアドレス',
    text: '変更のお知らせを、今のアドレスと新しいアドレスの両方にお送りします。',
    operation: 'メールアドレスの変更',
    done: 'メールアドレスを変更しました。',
  },

  freeze: {
    title: '取引中止（緊急）',
    steps: ['利用者の確認', '取引中止の確認', '処理結果'],
    lead: 'インターネットバンキングのお取引を、いますぐすべて止めます。',
    heading: '取引中止で、こうなります',
    consequences: [
      '振込や払込みができなくなります。予約した振込も行いません。',
      'ワンタイムパスワードの利用開始・交換・利用中止と、設定の変更ができなくなります。',
      'ほかの端末でのログインは終了します。',
      '残高や明細は、これまでどおりご覧になれます。',
      'キャッシュカードや通帳のお取引は止まりません。紛失や盗難のときは、お電話でもお届けください。',
    ],
    lifting: 'お取引の再開は、お電話でのみ承ります。画面からは再開できません。',
    submit: 'すべてのお取引を中止する',
    cancel: '中止しない',
    done: 'すべてのお取引を中止しました。',
    next: 'お心当たりのない取引があるときや、お取引を再開するときは、下記へお電話ください。',
    frozen: 'お取引を中止しています',
  },

  mistypedSerial: {
    'serial-unknown': {
      heading: 'シリアル番号の数字をお確かめください',
      wayOut:
        '入力した番号に誤りがあります。トークンの画面のシリアル番号と、一文字ずつ見くらべて、もう一度入力してください。英字2文字のあとに、数字が8けた続きます。',
    },
  } as RefusalsHere,

  pictures: {
    heading: 'シリアル番号の場所',
    alt: 'トークンの絵。実線の枠がワンタイムパスワード、点線の枠がシリアル番号です。',
    shapes: [
      'ハードウェアトークン（キーホルダー型）　表面にワンタイムパスワード、裏面にシリアル番号があります。',
      'ハードウェアトークン（カード型）　表面にワンタイムパスワード、裏面にシリアル番号があります。',
      'ハードウェアトークン（電卓型）　表面にワンタイムパスワード、裏面にシリアル番号があります。',
      'スマートフォンのトークン　ワンタイムパスワードの下に、シリアル番号があります。',
    ],
  },
}

export type AccountWords = typeof account
