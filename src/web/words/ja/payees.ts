/** 振込先登録. */
export const payees = {
  title: '登録した振込先',
  link: '登録した振込先の一覧',
  caption: '登録した振込先',
  empty: '登録した振込先は、まだありません。',
  howTo: '振込先は、振込が終わった画面か「取引履歴」の明細で登録できます。',
  columns: { name: '受取人', account: '口座', use: '操作' },
  transferTo: (name: string) => `${name} 様へ振り込む`,
  toTransfer: '振込の画面へ進む',
  remove: '削除する',
  keptHeading: '振込先を登録しました',
  kept: '次の振込から、一覧の中からお選びいただけます。',
  removedHeading: '振込先を削除しました',
  removed: '振込の履歴は残ります。',
  removeTitle: '登録した振込先の削除',
  removeText: 'この振込先を、登録から削除します。予約した振込は、そのまま行われます。',
  removeSubmit: '削除する',
  removeNot: '削除しない',
  choose: '登録した振込先から選ぶか、新しい振込先を入力してください',
  newPayee: '新しい振込先',
  toBank: 'お振込先の口座',
}

export type PayeesWords = typeof payees
