import type { PayeesWords } from '../ja/payees.ts'

/** Saved payees. */
export const payees: PayeesWords = {
  title: 'Saved payees',
  link: 'List of saved payees',
  caption: 'Saved payees',
  empty: 'You have no saved payees yet.',
  howTo: 'You can save a payee after a transfer, or from the details of a transfer in “History”.',
  columns: { name: 'Payee', account: 'Account', use: 'Action' },
  transferTo: (name) => `Transfer to ${name}`,
  toTransfer: 'Make a transfer',
  remove: 'Remove',
  keptHeading: 'The payee has been saved',
  kept: 'You can choose it from the list in your next transfer.',
  removedHeading: 'The payee has been removed',
  removed: 'Your transfer history is kept.',
  removeTitle: 'Remove a saved payee',
  removeText: 'This payee will be removed from your list. Scheduled transfers will still be made.',
  removeSubmit: 'Remove',
  removeNot: 'Keep',
  choose: 'Choose a saved payee, or enter a new one',
  newPayee: 'New payee',
  toBank: 'Account of the payee',
}
