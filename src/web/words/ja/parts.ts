import type { CardImage as CardImageName } from '../../../bank/card-images.ts'
import type { Size, Theme } from '../../parts/look.ts'

const images: Record<CardImageName, string> = {
  apple: 'りんご',
  cat: 'ねこ',
  train: '電車',
  fish: 'さかな',
  flower: '花',
  umbrella: 'かさ',
  clock: '時計',
  key: 'かぎ',
  house: '家',
  tree: '木',
  car: '車',
  ship: '船',
  star: '星',
  moon: '月',
  sun: '太陽',
  book: '本',
  cup: 'カップ',
  bell: 'ベル',
  hat: 'ぼうし',
  scissors: 'はさみ',
  bird: '鳥',
  mountain: '山',
  glasses: 'めがね',
  airplane: '飛行機',
}

/** 2026年11月22日 10:35:25, always Japanese time, wherever the process runs. */
const receiptTime = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'long',
  timeStyle: 'medium',
})

const clockTime = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', timeStyle: 'short' })

/** Every fixed text of the page parts. Another language is another object of the same shape. */
export const parts = {
  skipToMain: '本文へ移動',
  mainNavigation: 'メインメニュー',
  documentTitle: (title: string, bank: string) => `${title}｜${bank}`,
  brackets: ['（', '）'],
  inBrackets: (text: string) => `（${text}）`,
  labelled: (label: string, text: string) => `${label}：${text}`,
  customerName: (name: string) => `${name} 様`,
  logout: 'ログアウト',
  stepNavigation: '手順',
  stepsProgress: (current: number, total: number, label: string) =>
    `手順 ${current}／${total}　${label}`,
  stepDone: '完了',
  guide: 'ご利用の手引き',
  help: '困ったときは',
  freeze: '取引中止（緊急）',
  internetBanking: 'インターネットバンキング',

  submit: '次へ',
  required: '必須',
  errorPrefix: 'エラー',
  toField: 'この項目へ移動する',
  moreHelp: '詳しい説明',

  notice: { info: 'お知らせ', warning: '注意', success: '完了' },
  contactHeading: 'お問い合わせ先',
  contactHours: '受付時間',
  contactEmergency: '受付時間外の紛失・不正利用のご連絡',

  display: {
    label: '言語と文字の大きさ',
    size: '文字',
    sizeLabel: '文字の大きさ',
    sizes: { standard: '標準', large: '大', largest: '特大' } satisfies Record<Size, string>,
    theme: '画面の色',
    themes: { device: '端末に合わせる', light: '明るい', dark: '暗い' } satisfies Record<
      Theme,
      string
    >,
    otherLanguage: 'English',
  },
  keyboard: {
    open: 'ソフトウェアキーボードで入力',
    label: 'ソフトウェアキーボード',
    capitals: '大文字',
    shuffle: '並べ替える',
    remove: '1文字消す',
    close: '閉じる',
    typed: '入力した文字数：',
    capital: '大文字の',
  },
  timeout: {
    session: {
      until: (time: string) => `操作がないときは、安全のため ${time} に自動的にログアウトします。`,
      heading: 'まもなく自動的にログアウトします',
      text: 'しばらく操作がないため、安全のためログアウトします。お続けになるときは「続ける」を押してください。',
      lastText:
        'ログインから1時間になるため、安全のためログアウトします。今のお手続きをお済ませになるか、もう一度ログインしてください。',
    },
    draft: {
      until: (time: string) => `このお手続きは ${time} まで有効です。`,
      heading: 'まもなくお手続きの時間が切れます',
      text: '時間が切れると、お手続きは行われません。お続けになるときは「続ける」を押してください。',
      lastText:
        'お手続きを始めてから1時間になるため、これ以上は延ばせません。今のうちにお済ませになるか、はじめからやり直してください。',
    },
    extend: '続ける',
    close: '閉じる',
    clockTime: (at: Date) => clockTime.format(at),
  },

  operation: {
    byCode: 'このワンタイムパスワードで行うお取引',
    byConfirmation: 'この確認で行うお取引',
    warningHeading: 'お確かめください',
    codeOnlyHere: (name: string) =>
      `ワンタイムパスワードは「${name}」を行うためだけに入力してください。` +
      'お心当たりのないお取引のときは、入力しないでください。',
    confirmationOnlyHere: (name: string) =>
      `入力する内容は「${name}」を行うためだけに使います。` +
      'お心当たりのないお取引のときは、入力しないでください。',
    neverAgain:
      '受け付けたあとに「もう一度入力してください」とお願いすることはありません。' +
      '電話やメールでおたずねすることもありません。',
  },

  confirmation: {
    password: '資金移動用パスワード（確認用パスワード）',
    passwordHint: '次の文字だけを、半角数字で入力してください。',
    passwordPosition: (position: number) => `左から${position}文字目`,
    card: 'お客様カード',
    cardHint: 'お客様カードに印刷された、次の番号の数字を入力してください。',
    cardPosition: (position: number) => `${position}番`,
    image: '画像認証カード',
    imageHint: '画像認証カードに印刷された、次の番号の絵を選んでください。',
    imagePosition: (position: number) => `${position}番の絵`,
    neverMore: (count: number) =>
      `おたずねするのは、この${count}か所だけです。` +
      'これより多くの入力を求める画面は偽物です。入力せずに当金庫へご連絡ください。',
  },

  receipt: {
    receiptNo: '受付番号',
    receivedAt: '受付時刻',
    time: (at: Date) => receiptTime.format(at),
    printHint: 'この画面は印刷して、お控えとして保管していただけます。',
  },
  yen: '円',
  account: { branch: '支店', branchCode: '支店番号', number: '口座番号', balance: '残高' },
  customerCardCaption: 'お客様カード',
  imageCardCaption: '画像認証カード',
  cardPosition: (position: number) => `${position}番`,
  images,
}

export type PartsWords = typeof parts
