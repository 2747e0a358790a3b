import type { StaffAct, StaffRole } from '../../../../bank/office/staff.ts'
import type { Unreadable } from '../../../form.ts'
import { battery } from './battery.ts'
import { campaigns } from './campaigns.ts'
import { customerActs } from './customer-acts.ts'
import { customers } from './customers.ts'
import { history } from './events.ts'
import { evidence } from './evidence.ts'
import { figures } from './figures.ts'
import { hardware } from './hardware.ts'
import { identity, letters, loss } from './loss.ts'
import { mailbox } from './mailbox.ts'
import { messages } from './messages.ts'
import { proposals } from './proposals.ts'
import { seedImport } from './seed-import.ts'
import { staff } from './staff.ts'

/** The texts of the back office, which speaks Japanese only. */
export const office = {
  service: '営業店・事務統括部',
  signedIn: (name: string, role: string) => `${name}（${role}）`,
  rooms: {
    customers: 'お客さま',
    inbox: '受付箱',
    letters: '封書',
    hardware: 'ハードウェアトークン',
    identity: '本人確認',
    staff: '職員',
    campaigns: 'トークンの種類',
    announcements: 'お知らせ',
    figures: '集計',
    evidence: '証跡',
  },
  notFound: 'ページが見つかりません',
  notFoundText: 'アドレスが違うか、この金庫に記録がありません。番号をお確かめください。',
  toFirstRoom: '業務の画面へ戻る',
  unreadable: {
    400: '送信が途中で切れました',
    413: '送信された内容が大きすぎます',
    415: 'この形式のフォームは受け付けていません',
  } satisfies Record<Unreadable, string>,
  nothingDone: '手続きは行われていません。もう一度、画面を開き直してください。',
  unexpected: {
    heading: '予期しないエラーが起きました',
    text: (requestId: string) =>
      `手続きが済んだかどうかは、履歴や受付箱でお確かめください。続くときは、この番号を添えてシステム担当へご連絡ください：${requestId}`,
  },
  notPermitted: '権限がありません',
  backToLogin: 'ログイン画面へ',
  back: '戻る',

  login: {
    title: '職員ログイン',
    staffId: '職員ID',
    password: 'パスワード',
    submit: '次へ',
    steps: ['IDとパスワード', 'ワンタイムパスワード'],
    ended: 'ログインの時間が切れました',
    endedText: '安全のため自動的にログアウトしました。もう一度ログインしてください。',
    loggedOut: 'ログアウトしました',
    loggedOutText: '席を離れるときは、画面を閉じてください。',
  },
  code: {
    title: '職員ログイン',
    otp: 'ワンタイムパスワード',
    otpHint: '認証アプリに表示されている6桁の数字を入力してください。',
    submit: 'ログイン',
    enrolHeading: 'はじめに、認証アプリへ登録してください',
    enrolSteps: [
      'スマートフォンの認証アプリ（SHA-256に対応したもの）で「追加」を選び、次のQRコードを読み取ります。',
      'アプリに表示された6桁の数字を下に入力します。',
    ],
    enrolOnce:
      'このQRコードは、最初のログインが済むまで表示します。済んだあとは二度と表示できません。他の人に見せないでください。',
    qr: '認証アプリに登録するためのQRコード',
    qrHint: '読み取れないときは、次のキーをアプリに入力してください。',
    qrLink: 'この端末の認証アプリで開く',
    secret: '登録用のキー',
  },
  roles: {
    title: '役割とできること',
    intro:
      '起案した本人は、その起案を承認できません。役割と操作の対応は、システムの中でもこの表のとおりに判定しています。',
    caption: '役割ごとにできること',
    act: '操作',
    may: '○',
    mayNot: '—',
    mayWords: 'できる',
    mayNotWords: 'できない',
    names: {
      clerk: '担当者',
      supervisor: '役席者',
      auditor: '監査',
      administrator: '管理者',
    } satisfies Record<StaffRole, string>,
    acts: {
      'customer-view': 'お客さまの検索と照会',
      'loss-report': '紛失届の受付（即時停止）',
      prepare: '起案（再発行・ロック解除など）',
      decide: '承認・差戻し',
      'proposal-view': '受付箱の照会と、自分の起案の取下げ',
      'hardware-view': 'ハードウェアトークンの照会',
      'hardware-handle': 'ハードウェアトークンの受払い',
      'campaign-view': 'トークンの種類・お知らせの照会',
      'figures-view': '集計の照会',
      export: 'ファイルへの出力',
      'evidence-view': '証跡の照会',
      'letter-print': '封書の印刷（本人が関与していないもの）',
      'identity-settings': '本人確認の項目の設定',
      'staff-manage': '職員の登録と再登録の起案・停止・再設定',
    } satisfies Record<StaffAct, string>,
  },
  fieldWrong: 'この項目をお確かめください。',
  fields: {
    staffId: '職員IDは、英小文字・数字・ハイフン・ピリオドの3～32文字です。',
    password: 'パスワードを入力してください。',
    otp: '6桁の数字を入力してください。',
    name: '氏名を60文字以内で入力してください。',
    role: '役割を選んでください。',
    reason: '理由を400文字以内で入力してください。',
    note: '差し戻す理由を入力してください。',
    serial: 'シリアル番号は、半角の英数字4～32文字です。',
    appliedOn: '申込書の日付を、今日までの半年以内の日付で入力してください（例：2026-11-20）。',
    shape: '希望の形状を選んでください。',
    fee: '手数料を受け取ったかどうかを選んでください。',
    waiver: '免除の理由を200文字以内で入力してください。',
    sealChecked: '届出印と照合し、一致したことを確認してください。',
    parcelNo:
      '簡易書留の番号（11～13桁の数字）をお確かめください。ほかの封筒と同じ番号は使えません。',
    condition: '状態を選んでください。',
    type: 'トークンの種類を選んでください。',
    key: '鍵は、16進数（0～9とA～F）で入力してください。',
    file: 'シードファイルをお確かめください。',
    feeYen: '手数料は、0～10,000円の数字で入力してください。',
    batteryMonths: '電池の期間は、12～120か月の数字で入力してください。',
    serials: '廃棄するトークンを、1～100本の範囲で選ぶか入力してください。',
    q: '契約者ID・電話番号・氏名などを入力してください。',
    confirmed: '本人確認の項目に、必要な数の印が付いていません。',
    scope: '停止するものを選んでください。',
    memo: '受付メモは400文字以内で入力してください。',
    cause: '再発行の理由を選んでください。',
    questions: '項目を1～10個、それぞれ40文字以内で入力してください。',
    least: '必要な数は、1から項目の数までの数字で入力してください。',
    newPassword: '今と異なる10～64文字のパスワードを入力してください。',
    ...campaigns.fields,
    ...messages.fields,
    ...figures.fields,
    ...evidence.fields,
  } as Readonly<Record<string, string>>,
  /** What says better, to staff, what a refusal means. */
  refusals: {
    'wrong-credentials': {
      heading: '職員IDまたはパスワードが違います',
      wayOut:
        '大文字・小文字の違いもお確かめのうえ、もう一度入力してください。続けて間違えると、ロックされます。',
    },
    'locked-password': {
      heading: 'パスワードがロックされています',
      wayOut: '続けて間違いがあったため、ロックしました。管理者に再設定を依頼してください。',
    },
    'locked-code': {
      heading: 'ワンタイムパスワードがロックされています',
      wayOut: '続けて間違いがあったため、ロックしました。管理者に再設定を依頼してください。',
    },
    'out-of-order': {
      heading: 'この操作は続けられません',
      wayOut:
        '「戻る」や別の画面での操作により、順番が変わりました。はじめからやり直してください。',
    },
    'draft-expired': {
      heading: '時間が切れました',
      wayOut: 'はじめからやり直してください。',
    },
    'serial-in-use': {
      heading: 'すでに登録されているシリアル番号があります',
      wayOut: '同じファイルを前に取り込んでいないか、在庫でご確認ください。',
    },
    'serial-unknown': {
      heading: 'このシリアル番号のハードウェアトークンはありません',
      wayOut: 'トークンの裏面のシリアル番号と、一文字ずつ見くらべてください。',
    },
    'token-suspended': {
      heading: 'このトークンはすでに利用を停止しています',
      wayOut: '画面を開き直して、現在の状態をご確認ください。',
    },
    frozen: {
      heading: 'お取引を中止しています',
      wayOut: '再開には「取引中止の解除」の起案と承認が必要です。',
    },
  },
  customers,
  customerActs,
  history,
  identity,
  letters,
  loss,
  battery,
  hardware,
  campaigns,
  evidence,
  figures,
  mailbox,
  messages,
  proposals,
  seedImport,
  staff,
}

export type OfficeWords = typeof office
