import type { AccountWords, RefusalsHere } from '../ja/account.ts'

const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'long',
  timeStyle: 'short',
})

export const account: AccountWords = {
  nav: { settings: 'Settings', freeze: 'Stop all' },
  login: {
    more: 'Other procedures',
    enrol: ['Enrol', 'When you use Internet banking for the first time'],
    freeze: ['Stop all transactions (emergency)', 'At once, when you suspect someone else at work'],
  },
  passwordRules:
    '6 to 12 letters and digits, at least one of each. Capitals and small letters differ. It must not be your contract ID.',
  passwordError: 'Please choose a login password as described above.',

  enrol: {
    title: 'Enrol',
    steps: ['Who you are', 'Your password', 'Result'],
    text: 'Please have the letter from us at hand.',
    enrolmentPassword: 'Enrolment password',
    enrolmentPasswordHint: 'Exactly as printed in the letter. Capitals and small letters differ.',
    loginPassword: 'Login password',
    loginPasswordAgain: 'Login password (again)',
    mail: 'Mail address',
    mailHint: 'Notices of your transactions go there. Please give an address that you read.',
    submit: 'Enrol',
    done: 'You are enrolled.',
    next: 'From now on, log in with your contract ID and the login password that you have just chosen. The enrolment password is no longer valid.',
    checkMail:
      'Please check the mail address. If it is wrong, you can change it under “Settings” after logging in.',
    refusals: {
      'wrong-credentials': {
        heading: 'The contract ID or the enrolment password is wrong',
        wayOut:
          'Please compare it with the letter and try again. If you have enrolled already, log in instead. Several wrong attempts lock it.',
      },
      'locked-password': {
        heading: 'The enrolment password is locked',
        wayOut: 'It was wrong several times. Please call us to unlock it.',
        contact: true,
      },
    } as RefusalsHere,
    expired: {
      'draft-expired': {
        heading: 'The enrolment password has expired',
        wayOut: 'Please call us: we will send you a new one.',
        contact: true,
      },
    } as RefusalsHere,
  },

  settings: {
    title: 'Settings',
    back: 'Back to the settings',
    steps: ['Change', 'Check', 'Result'],
    submit: 'Change',
    cancel: 'Do not change',
    otpAtLogin: ['Code at login', 'Whether you log in with a one-time password'],
    password: ['Change the login password', 'The password with which you log in'],
    mail: ['Change the mail address', 'Where notices of your transactions go'],
    limit: ['Change the transfer limit', 'How much you can transfer in a day'],
    emergency: 'In an emergency',
    refusals: {
      'wrong-credentials': {
        heading: 'The current login password is wrong',
        wayOut:
          'Capitals and small letters differ. Please try again. Several wrong attempts lock it.',
      },
    } as RefusalsHere,
    tooSoon: (from: Date): RefusalsHere => ({
      'too-many-requests': {
        heading: 'This cannot be changed at present',
        wayOut: `For 24 hours after a token was registered or exchanged, the login password and the mail address cannot be changed, for your safety. You can change them from ${moment.format(from)}. If you did not register or exchange a token, call us at once.`,
        contact: true,
      },
    }),
  },
  otpAtLogin: {
    title: 'Code at login',
    now: 'At present',
    operation: (to: string) => `Change the code at login to “${to}”`,
    done: 'The code at login has been changed.',
  },
  password: {
    title: 'Change the login password',
    current: 'Current login password',
    new: 'New login password',
    again: 'New login password (again)',
    text: 'This logs you out on all other devices.',
    operation: 'Change the login password',
    done: 'The login password has been changed.',
  },
  mail: {
    title: 'Change the mail address',
    now: 'Present mail address',
    new: 'New mail address',
    text: 'Both the present and the new address get a notice of the change.',
    operation: 'Change the mail address',
    done: 'The mail address has been changed.',
  },

  freeze: {
    title: 'Stop all transactions (emergency)',
    steps: ['Who you are', 'Confirm', 'Result'],
    lead: 'This stops all your Internet banking transactions at once.',
    heading: 'What happens',
    consequences: [
      'Transfers and bill payments are stopped, and so are transfers that you have scheduled.',
      'One-time passwords cannot be started, exchanged or stopped, and settings cannot be changed.',
      'You are logged out on all other devices.',
      'You can still see your balances and statements.',
      'Cash cards and passbooks are not stopped. If you have lost them, please call us as well.',
    ],
    lifting: 'Only we can resume your transactions: please call. You cannot do it on this site.',
    submit: 'Stop all transactions',
    cancel: 'Do not stop',
    done: 'All transactions have been stopped.',
    next: 'If there is a transaction that you do not know, or to resume, please call us.',
    frozen: 'Your transactions are stopped',
  },

  mistypedSerial: {
    'serial-unknown': {
      heading: 'Please check the digits of the serial number',
      wayOut:
        'There is a slip in what you typed. Compare it with the serial number on the screen of your token, character by character, and type it again: two letters and then 8 digits.',
    },
  },

  pictures: {
    heading: 'Where the serial number is',
    alt: 'Tokens. The solid frame is the one-time password, the dotted frame the serial number.',
    shapes: [
      'Hardware token (key fob). Front: one-time password; back: serial number',
      'Hardware token (card). Front: one-time password; back: serial number',
      'Hardware token (calculator). Front: one-time password; back: serial number',
      'Token on the phone. Below the one-time password: serial number',
    ],
  },
}
