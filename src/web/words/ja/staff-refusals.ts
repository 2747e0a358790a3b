import type { StaffRefusal } from '../../../bank/refusal.ts'
import type { RefusalWords } from './refusals.ts'

/** What only the staff can be refused, in the back office. */
export const staffRefusals = {
  'already-exists': {
    heading: 'すでに登録されています',
    wayOut: '同じ番号または名前のものがあります。登録の内容は変わっていません。',
  },
  'not-permitted': {
    heading: 'この操作の権限がありません',
    wayOut: '「役割とできること」で担当の役割をご確認のうえ、担当者に依頼してください。',
  },
  'unknown-contract': {
    heading: 'この契約は見つかりません',
    wayOut: '契約者IDをお確かめのうえ、もう一度検索してください。',
  },
  'already-proposed': {
    heading: '同じ内容の起案が承認を待っています',
    wayOut: '受付箱で先の起案をご確認ください。取り下げると、あらためて起案できます。',
  },
  'already-decided': {
    heading: 'この起案はすでに処理されています',
    wayOut:
      '結果は受付箱の「処理済み」でご確認ください。あらためて必要なときは、起案し直してください。',
  },
  'own-proposal': {
    heading: '自分の起案は承認できません',
    wayOut: '起案者とは別の役席者に承認を依頼してください。',
  },
  'proposal-expired': {
    heading: 'この起案は期限が切れました',
    wayOut: '起案から3日を過ぎたため、実行されません。必要なときは、あらためて起案してください。',
  },
  'wrong-state': {
    heading: '現在の状態では、この操作はできません',
    wayOut:
      '先に別の操作が行われた可能性があります。画面を開き直して、現在の状態をご確認ください。',
  },
  'day-passed': {
    heading: '過ぎた日付が含まれています',
    wayOut:
      '今日以降の日付を入力してください。承認の段階で過ぎたときは、差し戻して新しい日付で起案し直します。',
  },
  'unknown-placeholder': {
    heading: '使えない差し込み項目があります',
    wayOut: '使える項目は、入力欄の説明にあるものだけです。「{」と「}」は差し込みにだけ使えます。',
  },
  'has-link': {
    heading: '通知にリンクは書けません',
    wayOut:
      'お客さまには「当金庫のメールにリンクはありません」とお伝えしています。URLやメールアドレスを消してください。',
  },
  'unknown-application': {
    heading: 'この申込は見つかりません',
    wayOut: '申込の一覧から開き直してください。',
  },
  'already-applied': {
    heading: 'このお客さまには、お届け前のハードウェアトークンがあります',
    wayOut:
      '先の申込がまだ済んでいないか、発送したトークンの利用開始を待っています。申込の一覧でご確認ください。',
  },
  'not-in-stock': {
    heading: 'このシリアル番号のトークンは在庫にありません',
    wayOut:
      'トークン裏面のシリアル番号をお確かめください。ほかの担当者が先に割り当てたときは、別のトークンをお選びください。',
  },
  'wrong-shape': {
    heading: 'お申し込みの形状と違うトークンです',
    wayOut: 'お客さまの希望した形状のトークンを割り当ててください。',
  },
} satisfies Record<StaffRefusal, RefusalWords>
