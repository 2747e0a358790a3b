import type { GuideWords } from '../ja/guide.ts'

export const guide: GuideWords = {
  title: 'Guide to one\u2011time passwords',
  contents: 'Contents',
  what: {
    heading: 'What is a one-time password?',
    texts: [
      'A one-time password is a number of 6 digits that works only once. Your token shows a new one every 30 seconds.',
      'You type it when you transfer money, pay bills and so on. Nobody without your token can know it, so it protects you from logins and transfers by others.',
      'Once you have started, one-time passwords take the place of your confirmation password or card.',
    ],
  },
  kinds: {
    heading: 'Kinds of tokens',
    rows: [
      ['Smartphone', 'Free of charge (since 13 March 2017). See “Get a token” below.'],
      ['Hardware token', 'You can use only the very one that we sent you on your application.'],
      [
        'Symantec software token',
        'No new registration since 24 July 2017. Those registered before go on working.',
      ],
      [
        'Software token for PCs',
        'No new registration or exchange since 12 March 2018. Those registered before go on working.',
      ],
    ],
  },
  get: {
    heading: 'Get a token',
    name: 'Name of the app: One-time password',
    apps: [
      {
        heading: 'iPhone and other iOS devices',
        qr: 'QR code to scan with an iPhone',
        text: 'Scan the QR code and open it in Safari. Choose “Add to Home Screen” from the Share button, and open the app from the new icon.',
      },
      {
        heading: 'Android devices',
        qr: 'QR code to scan with an Android device',
        text: 'Scan the QR code and open it in Chrome. When you are asked to add it to the home screen, do so.',
      },
    ],
    steps: [
      {
        text: 'Open the token app and press “Make a token”. You type neither name nor account number.',
        picture: {
          name: 'token-welcome',
          alt: 'First screen of the token app, with the button “Make a token”.',
        },
      },
      {
        text: 'It shows a number of 6 digits, the one-time password, and below it the serial number.',
        picture: {
          name: 'token-code',
          alt: 'Screen of the token app: the 6 digits, the seconds left and the serial number.',
        },
      },
    ],
  },
  start: {
    heading: 'Start',
    steps: [
      {
        text: 'Press “Start” at the foot of the login page.',
        picture: {
          name: 'login-foot',
          alt: 'Foot of the login page: Start, Exchange, Stop and Set the time.',
        },
      },
      {
        text: 'Type your contract ID and your login password, and press “Next”.',
        picture: {
          name: 'credentials',
          alt: 'Fields for contract ID and login password, and the button “Next”.',
        },
      },
      {
        text: 'Type the serial number and the 6 digits that your token shows. Choose whether to be asked for a number at login too.',
        picture: {
          name: 'start-token',
          alt: 'Fields for serial number and one-time password, and the choice about the login.',
        },
      },
      {
        text: 'Type only the asked positions of your confirmation password or card, and press “Register”. Only your own method is shown.',
      },
      {
        text: 'The page says that it is registered and gives a receipt number. From now on, transfers and other transactions need a one-time password.',
        picture: {
          name: 'start-done',
          alt: 'Result page with receipt number, time and serial number.',
        },
      },
    ],
    go: 'Go to Start',
  },
  exchange: {
    heading: 'Exchange (when you change your smartphone or token)',
    casesLead: 'In these cases you can exchange the token yourself.',
    cases: [
      'You have a new smartphone and change to the token on it.',
      'You change from a software token to a hardware token, or the other way round.',
    ],
    warning:
      'Until the new token is registered, do not uninstall the old token or give the old device away. On a device without its SIM card the token may not start. If it does not start, call us: we reissue it.',
    steps: [
      {
        text: 'Make a token on the new smartphone (or have the hardware token at hand that we sent you).',
      },
      {
        text: 'Press “Exchange” at the foot of the login page, and type your contract ID and login password.',
      },
      {
        text: 'Type the number of your present (old) token and press “Next”.',
        picture: {
          name: 'exchange-current',
          alt: 'Field for the one-time password of the present token.',
        },
      },
      {
        text: 'Type serial number and number of the new token, and press “Register”.',
        picture: {
          name: 'exchange-new',
          alt: 'Fields for serial number and one-time password of the new token.',
        },
      },
      {
        text: 'The page shows the new and the old serial number. From now on the new token authorises transactions.',
        picture: {
          name: 'exchange-done',
          alt: 'Result page with the new and the old serial number.',
        },
      },
    ],
    go: 'Go to Exchange',
  },
  stop: {
    heading: 'Stop',
    steps: [
      {
        text: 'Press “Stop” at the foot of the login page, and type your contract ID and login password.',
      },
      {
        text: 'Type the number of your token and what is asked of your confirmation password or card, and press “Stop”.',
        picture: {
          name: 'stop-confirm',
          alt: 'Page to confirm the stop, with fields for both.',
        },
      },
      { text: 'From now on your confirmation password or card authorises transactions.' },
    ],
    go: 'Go to Stop',
  },
  lost: {
    heading: 'When you lose the device with the token',
    steps: [
      { text: 'Call us at the number below at once, as with a lost cash card.' },
      {
        text: 'If you cannot reach us, or it is urgent, stop all your Internet banking transactions yourself, at any hour, with “Stop all transactions”. It takes only your contract ID and login password.',
      },
      { text: 'We stop the token and, if needed, all your transactions.' },
      {
        text: 'After we have reissued, make a token on a new device and register it with “Start”.',
      },
    ],
    go: 'Stop all transactions',
  },
  uninstalled: {
    heading: 'When you have uninstalled the token',
    steps: [
      {
        text: 'If you deleted it before you stopped using it, call us at the number below. It cannot be brought back.',
      },
      { text: 'After we have reissued, make a new token and register it with “Start”.' },
    ],
  },
  screens: {
    heading: 'Browsers, and the keyboard on the screen',
    texts: [
      'On computers and smartphones you can use Chrome, Edge, Firefox and Safari in their current version and the two before it.',
      'Use the buttons on the pages, not the browser’s Back and Forward buttons. The size of the letters and the colours can be changed at the top and at the foot of each page.',
    ],
    keyboard: 'How to use the keyboard on the screen',
    keyboardText:
      'Passwords can be typed with keys on the screen as well. Software that records a real keyboard cannot read them so easily.',
    keyboardSteps: [
      'Press “Type with the software keyboard” below the password field.',
      'Press the keys. For capital letters press “Capitals” first. “Shuffle the keys” changes the order of the keys.',
      'If you made a mistake, press “Delete”; when you have finished, press “Close the keyboard”.',
    ],
  },
  more: 'Other troubles',
}
