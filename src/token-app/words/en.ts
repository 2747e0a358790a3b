/** Every sentence of the app in English. */
import type { Words } from './ja.ts'

function lengthOfTime(seconds: number): string {
  if (seconds < 90) return `about ${Math.round(seconds)} seconds`
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} minutes`
  if (seconds < 36 * 3600) return `about ${Math.round(seconds / 3600)} hours`
  return `about ${Math.round(seconds / 86400)} days`
}

const moment = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' })

export const en: Words = {
  language: 'en',
  otherLanguage: '日本語',
  bank: {
    name: 'Shirakawa Shinkin Bank (demo)',
    department: 'Operations Department, Internet Banking',
    telephone: '0248-23-4513',
    hours: 'weekdays 9:00 to 17:00',
  },
  app: {
    name: 'One-time password',
    shortName: 'One-time',
    description: 'Shows the 6 digits for Internet banking, new every 30 seconds.',
    loading: 'Loading. If this does not go away, update the browser to its latest version.',
    noScript: 'To use this app, allow JavaScript in the settings of the browser.',
  },

  welcome: {
    title: 'One-time password',
    lead: 'This app shows the 6 digits that you need for transfers and other transactions, new every 30 seconds. First it makes a “token” on this device, which shows them.',
    facts: [
      'It is free of charge.',
      'You type neither name nor account number.',
      'Afterwards it shows numbers even where there is no network.',
    ],
    make: 'Make a token',
    makeAnyway: 'Make it without adding to the Home Screen',
    making: 'Making the token…',
    beforeHeading: 'If this device showed numbers before',
    before:
      'A new token does not bring the former serial number back. If the former token is registered with Internet banking, call us before you make a new one.',
    iosHeading: 'First, add the app to the Home Screen',
    ios: [
      'Press “Share” at the foot or top of the screen (a square with an arrow out of it).',
      'Choose “Add to Home Screen”, then “Add”.',
      'Open the app with its icon on the Home Screen, and make the token there.',
    ],
    iosWhy:
      'A token made in a page of Safari cannot move to the app on the Home Screen, and may vanish when it is not used for 7 days.',
  },

  token: {
    codeHeading: 'One-time password',
    codeSpoken: (code) => `The number now is ${[...code].join(' ')}`,
    secondsUnit: ' s',
    remaining: ' until the number changes',
    nextWaiting: 'Shortly before it changes, the next number is shown here.',
    nextHeading: 'Next number',
    nextHint: 'Type this one if time is short',
    copyCode: 'Copy the number',
    readAloud: 'Read aloud',
    serialHeading: 'Serial number',
    copySerial: 'Copy the serial number',
    codeCopied: 'The number is copied.',
    serialCopied: 'The serial number is copied.',
    copyFailed: 'It could not be copied. Please read it from the screen and type it.',
    codeChanged: 'There is a new number now. If you have not typed it yet, copy again.',
    warningHeading: 'Never tell anyone the number',
    warning:
      'We never ask for it by telephone, mail or text message. Type it only on the Internet banking pages that you opened yourself.',
  },

  clock: {
    ahead: (seconds) =>
      `The clock of this device is ${lengthOfTime(seconds)} fast. The numbers are corrected.`,
    behind: (seconds) =>
      `The clock of this device is ${lengthOfTime(seconds)} slow. The numbers are corrected.`,
    offline: 'There is no Internet connection now. You can use the numbers all the same.',
    offlineCorrected: (measuredAt) =>
      `There is no Internet connection now. The numbers go by the time checked on ${moment.format(measuredAt)}.`,
  },

  speech: {
    digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    voice: 'en-GB',
    spoken: (groups) => groups.map((group) => group.join(', ')).join('. '),
    present: (digits) => `The number is: ${digits}.`,
    next: (digits) => `The number is about to change. The next number is: ${digits}.`,
  },

  guide: {
    title: 'How to use it',
    firstHeading: 'The first time (Start)',
    first: [
      'Press “Start” at the foot of the login page of Internet banking.',
      'Type your contract ID and your login password.',
      'Type the serial number and the 6 digits on this screen.',
    ],
    everyHeading: 'For a transfer and the like',
    every: 'Type the 6 digits shown at that moment into the field “One-time password”.',
    once: 'A number works only once. For another transaction, wait for the next number.',
  },

  help: {
    title: 'Help',
    contactHeading: 'Contact',
    call: (telephone) => `Call ${telephone}`,
    answers: [
      [
        'I am told that the number is wrong',
        'It may have just changed, or was used already. Wait for the next number and type that.',
      ],
      [
        'I am changing my smartphone',
        'Before you give the old one away, make a token on the new one and change to it with “Exchange” on the login page of Internet banking.',
      ],
      ['The device is lost or stolen', 'Call us at once. We stop the token.'],
      [
        'No number is shown any more',
        'When the data of the app or the browser is deleted, the token is gone too and cannot be brought back. Call us.',
      ],
      [
        'Somebody asked me for the number',
        'That is fraud. Hang up without telling it, and call us.',
      ],
    ],
  },

  device: {
    title: 'This device',
    storage: 'Storage',
    storageKept: 'The token is kept safely on this device.',
    storageUncertain:
      'The token is kept, but may vanish when the device runs out of space. On the Home Screen it is safer.',
    storageUncertainIos:
      'The token is kept, but in Safari it may vanish when not used for 7 days. Open it now and then.',
    time: 'Time',
    timeExact: (measuredAt) => `Checked on ${moment.format(measuredAt)}: exact.`,
    timeCorrected: (measuredAt) => `Checked on ${moment.format(measuredAt)} and corrected.`,
    timeUnknown: 'Not checked yet. The numbers go by the clock of the device.',
    voice: 'Reading aloud',
    voiceReady: 'Works.',
    voiceMissing: 'This device has no English voice.',
    key: 'Key',
    keyKept:
      'The key that makes the numbers is kept so that it cannot be taken out of this device.',
    made: 'Made on',
    madeOn: (madeAt) => day.format(madeAt),
  },

  install: {
    title: 'You can add it to the Home Screen',
    why: 'It opens from an icon, and the token is safer there.',
    add: 'Add to the Home Screen',
  },

  remake: {
    title: 'Make the token anew',
    lead: 'Only when the bank has told you to do so.',
    open: 'Make it anew…',
    question: 'Make the token anew?',
    consequences: (serial) => [
      `The numbers of serial ${serial} can never be shown again.`,
      'If it is registered with Internet banking, you cannot make transfers until the bank has helped you.',
      'The new serial number has to be registered again with “Start”.',
    ],
    agree: 'I understand that the present serial number will no longer work',
    agreeFirst: 'To go on, tick the box above.',
    cancel: 'Cancel',
    confirm: 'Make it anew',
  },

  lost: {
    title: 'The token is gone from this device',
    lead: 'The data of the browser was deleted, or the device was restored. It cannot be brought back.',
    serial: 'Serial number of the lost token',
    todoHeading: 'What to do',
    registered:
      'If this serial number is registered, call us first. After that you can start with a new token.',
    otherDevice:
      'If the registered token is on another device and shows numbers there, make a new token here and change to it with “Exchange”.',
    makeHeading: 'If you have called us, or it was not registered yet',
    make: 'Make a new token',
  },

  failure: {
    title: 'The token could not be made',
    retry: 'Try again',
    kept: 'Your present token still works.',
    back: 'Back to the number',
    reasons: {
      unreachable:
        'The server could not be reached. Check the network and try again. If it goes on, try again later.',
      busy: 'We are very busy at the moment. Please try again in a few minutes.',
      refused:
        'No new token can be made at the moment. Please try again later; if it goes on, call us.',
      'not-the-bank':
        'We stopped, because the server could not prove that it is the bank’s. If you use public Wi-Fi, turn it off and try again. If it goes on, call us.',
      unconfirmed: 'The last check failed, so the new token was discarded. Please try again.',
      storage:
        'It could not be stored on this device. Leave private browsing and open the app in an ordinary window. Check the free space too.',
      unsupported: 'This browser cannot be used. Update the browser or the device and try again.',
      unexpected: 'Something went wrong. Please try again; if it goes on, call us.',
    },
  },
}
