import type { CustomerRefusalTexts } from '../ja/refusals.ts'

export const refusals: CustomerRefusalTexts = {
  'wrong-credentials': {
    heading: 'The contract ID or the login password is wrong',
    wayOut:
      'Check capital and small letters too, and type them again. After several wrong attempts in a row we lock the login for your safety.',
  },
  'wrong-code': {
    heading: 'The one-time password is wrong',
    wayOut:
      'Type the number that your token shows now. If it is about to change, wait for the next one; if it has a button, press it again. After several wrong attempts in a row we lock it for your safety.',
  },
  'code-already-used': {
    heading: 'This one-time password was already used',
    wayOut:
      'A number works only once. Wait until your token shows the next one (or press its button again, if it has one) and type that.',
  },
  'wrong-confirmation': {
    heading: 'What you typed to confirm is wrong',
    wayOut:
      'Check the positions asked for and type them again. After several wrong attempts in a row we lock it for your safety.',
  },
  'locked-password': {
    heading: 'Your login password is locked',
    wayOut:
      'There were several wrong attempts in a row. To unlock it, call us at the number below.',
    contact: true,
  },
  'locked-code': {
    heading: 'Your one-time password is locked',
    wayOut:
      'There were several wrong attempts in a row. To unlock it, call us at the number below.',
    contact: true,
  },
  'locked-confirmation': {
    heading: 'Your confirmation password or card is locked',
    wayOut:
      'There were several wrong attempts in a row. To unlock it, call us at the number below.',
    contact: true,
  },
  frozen: {
    heading: 'Your transactions are stopped',
    wayOut: 'You asked us to stop all transactions. To resume them, call us at the number below.',
    contact: true,
  },
  'token-suspended': {
    heading: 'This token is suspended',
    wayOut: 'It was suspended after a report such as a loss. Call us at the number below.',
    contact: true,
  },
  'serial-unknown': {
    heading: 'This serial number cannot be registered',
    wayOut:
      'Compare it with the one on your token, character by character. If they are the same, that token can no longer be used: make a new one in the token app.',
    go: 'Open the token app',
  },
  'serial-not-yours': {
    heading: 'You cannot use this hardware token',
    wayOut:
      'Only a hardware token that we sent to you can be used. Check the serial number on the back of your token.',
    contact: true,
  },
  'serial-in-use': {
    heading: 'This token is already in use',
    wayOut: 'Use another token. If you do not know why, call us at the number below.',
    contact: true,
  },
  'type-closed': {
    heading: 'Tokens of this kind can no longer be registered',
    wayOut:
      'New registration has ended. Please use the token app for smartphones or a hardware token. Tokens registered before go on working.',
    go: 'Open the token app',
  },
  'same-serial': {
    heading: 'This is the serial number of the token you use now',
    wayOut: 'Type the serial number of the new token.',
  },
  'no-token': {
    heading: 'You do not use one-time passwords',
    wayOut: 'Register a token with “Start” at the foot of the login page.',
    go: 'Go to the start',
  },
  'has-token': {
    heading: 'You already use one-time passwords',
    wayOut:
      'To change to another token, choose “Exchange” on the login page. If you no longer have your present token, call us at the number below.',
    go: 'Go to the exchange',
    contact: true,
  },
  'limit-exceeded': {
    heading: 'This is more than your daily limit',
    wayOut:
      'Lower the amount. One-time passwords raise the limit. On the day you start or exchange, the low limit applies until midnight.',
    go: 'See your daily limit',
  },
  'insufficient-funds': {
    heading: 'The balance is too low',
    wayOut:
      'Lower the amount or choose another account, so that amount and fee together are within the balance.',
  },
  'unknown-payee': {
    heading: 'We cannot confirm the payee’s account',
    wayOut: 'Check bank, branch and account number once more.',
  },
  'unknown-bill': {
    heading: 'No such bill was found',
    wayOut:
      'Check the biller number, the customer number and the confirmation number on the bill once more.',
  },
  'already-paid': {
    heading: 'This bill is already paid',
    wayOut: 'You were not charged twice. You can see the payment in the history.',
    go: 'See the history',
  },
  'draft-expired': {
    heading: 'The time is up',
    wayOut: 'Nothing was carried out. Please start again.',
  },
  'out-of-order': {
    heading: 'You cannot go on from this page',
    wayOut:
      'The browser’s Back button or another window changed the order. Nothing was carried out. Please start again.',
  },
  'invalid-input': {
    heading: 'Please check what you typed',
    wayOut: 'Correct the marked fields and go on again.',
  },
  'too-many-requests': {
    heading: 'We are very busy at the moment',
    wayOut: 'Nothing was carried out. Please try again in about a minute.',
  },
  unavailable: {
    heading: 'The service is not available at the moment',
    wayOut:
      'Please try again later. Whether a transaction was carried out can be seen in the history.',
    go: 'See the history',
    contact: true,
  },
}
