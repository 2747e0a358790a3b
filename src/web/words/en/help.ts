import type { HelpWords } from '../ja/help.ts'

export const help: HelpWords = {
  title: 'Help',
  lead: 'Choose your trouble.',
  steps: 'What to do',
  topics: {
    'old-phone': {
      trouble: 'My old smartphone was gone before I did the exchange',
      why: 'The exchange needs a number from the old token, so that nobody else can do it. Without the old token you cannot do it by yourself.',
      steps: [
        'Call us at the number below. Once we know that it is you, we stop the old token and reissue.',
        'Until that is done, your confirmation password or card authorises transactions.',
        'Make a token on the new smartphone and register it with “Start” on the login page.',
      ],
      contact: true,
    },
    'app-deleted': {
      trouble: 'I deleted the token app, restored the phone, or do not know the serial number',
      why: 'The key of a token is on that device only and in no backup. When the data of the app or browser is deleted, the token cannot be brought back. A new token has a new serial number.',
      steps: [
        'If the deleted token was registered, call us at the number below. We do not need its serial number.',
        'After that, make a new token in the token app.',
        'Register its serial number with “Start” on the login page.',
      ],
      contact: true,
    },
    'token-silent': {
      trouble: 'The token does not start or shows no number',
      why: 'The device may need an update or more free space, the battery of a hardware token may be empty, or the token may be suspended after a report of loss.',
      steps: [
        'Restart the device, update the browser, and open the token again.',
        'If you have a token that works on another device, change to it with “Exchange” on the login page.',
        'If there is still no number, do not delete the app: call us at the number below.',
      ],
      contact: true,
    },
    'code-refused': {
      trouble: 'The one-time password is “wrong” or “already used”',
      why: 'The number changes every 30 seconds (or at each press of the button, if your token has one), and a number once accepted never works again. This happens when it changes while you type, or with two transactions in a row. A used number does not count as a wrong attempt.',
      steps: [
        'Wait until your token shows the next number (or press its button again, if it has one).',
        'Type the new number from the beginning; do not mend the old one.',
        'If it is always “wrong”, read about the clock.',
      ],
      next: 'clock',
    },
    clock: {
      trouble: 'The right number is not accepted (the clock is off)',
      why: 'The numbers are made from the time. The token app on a smartphone corrects its clock by itself; a hardware token drifts a little over the years, and one with a button when it is pressed many times without use.',
      steps: [
        'On a smartphone, connect to the Internet and open the token app again.',
        'With a hardware token, choose “Set the time” on the login page and type two numbers in a row.',
        'If that does not help, call us at the number below.',
      ],
      contact: true,
    },
    'card-lost': {
      trouble: 'I lost my card, or do not know my confirmation password',
      why: 'To start and to stop one-time passwords we also check your confirmation password or card. As it is seldom used, some find only then that it is lost.',
      steps: [
        'Do not try numbers again and again: several wrong ones in a row lock it.',
        'Call us at the number below. We stop the card and send you a new one.',
        'Start again when the new card has arrived.',
      ],
      contact: true,
    },
    locked: {
      trouble: 'It is locked, and I do not know whom to call',
      why: 'Wrong attempts are counted separately for the login password, for the confirmation password or card, and for the one-time password. The heading in the red box says which one is locked.',
      steps: [
        'Note that heading, such as “Your login password is locked”, and call us at the number below.',
        'Once we know that it is you, we unlock it. The others stay as they are.',
        'If you made no wrong attempts, somebody else may have: please tell us that too.',
      ],
      contact: true,
    },
    phishing: {
      trouble: 'I was asked for the one-time password “again”, by telephone or by mail',
      why: 'Fake pages and callers use your number at once, for a transfer or an exchange of your token. We never ask for it again once it is accepted, nor by telephone or mail.',
      steps: [
        'Type nothing. Close the page, or hang up.',
        'If you have typed it, stop all your transactions at once with “Stop all transactions”. You can do it yourself at any hour.',
        'Then call us at the number below.',
        'Log in only at the address that you opened yourself. Before you type a number, read on the page what it will authorise.',
      ],
      freeze: 'Stop all transactions',
      contact: true,
    },
    limit: {
      trouble: 'On the day of registration I can transfer only little',
      why: 'On the day you start or exchange, a lower limit applies until midnight. So nobody who registers a token in your name can send large amounts at once.',
      steps: [
        'The home page says how much you can still transfer today.',
        'If it is not urgent, make the transfer after midnight.',
        'If it is urgent, come to a branch or call us at the number below.',
      ],
      contact: true,
    },
    unclear: {
      trouble: 'The connection broke, and I do not know whether the transfer was made',
      why: 'Every accepted transaction has a receipt number and stands in the history. Going back or reloading a page never makes it twice.',
      steps: [
        'Log in again and open the history.',
        'If it is there, it is done. If it is not there, it was not carried out.',
        'You also get the receipt number and time by mail. If something does not match, call us at the number below.',
      ],
      contact: true,
    },
  },
}
