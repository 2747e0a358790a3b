import type { PartsWords } from '../ja/parts.ts'

/** 23 November 2026 at 10:35:25, always Japanese time, wherever the process runs. */
const receiptTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'long',
  timeStyle: 'medium',
})

export const parts: PartsWords = {
  skipToMain: 'Skip to the main part',
  mainNavigation: 'Main menu',
  documentTitle: (title, bank) => `${title} | ${bank}`,
  brackets: [' (', ')'],
  inBrackets: (text) => ` (${text})`,
  labelled: (label, text) => `${label}: ${text}`,
  customerName: (name) => name,
  logout: 'Log out',
  stepNavigation: 'Steps',
  stepsProgress: (current, total, label) => `Step ${current} of ${total}: ${label}`,
  stepDone: 'done',
  guide: 'Guide',
  help: 'Help',
  freeze: 'Stop all transactions (emergency)',
  internetBanking: 'Internet banking',

  submit: 'Next',
  required: 'required',
  errorPrefix: 'Error',
  toField: 'Go to this field',
  moreHelp: 'Why, and what to do',

  notice: { info: 'Notice', warning: 'Caution', success: 'Done' },
  contactHeading: 'Contact',
  contactHours: 'Hours',
  contactEmergency: 'Loss or fraud outside these hours',

  display: {
    label: 'Language and text size',
    size: 'Text',
    sizeLabel: 'Text size',
    sizes: { standard: 'Normal', large: 'Large', largest: 'Largest' },
    theme: 'Colours',
    themes: { device: 'As on the device', light: 'Light', dark: 'Dark' },
    otherLanguage: '日本語',
  },
  keyboard: {
    open: 'Type with the software keyboard',
    label: 'Software keyboard',
    capitals: 'Capitals',
    shuffle: 'Shuffle the keys',
    remove: 'Delete',
    close: 'Close the keyboard',
    typed: 'Characters typed:',
    capital: 'capital',
  },
  timeout: {
    session: {
      until: (time) => `Without any action you are logged out at ${time} for your safety.`,
      heading: 'You will be logged out automatically soon',
      text: 'For your safety we log you out after a while without any action. To go on, press “Continue”.',
      lastText:
        'An hour has passed since you logged in, so we log you out for your safety. Finish what you are doing now, or log in again.',
    },
    draft: {
      until: (time) => `This page is valid until ${time}.`,
      heading: 'The time for this is nearly over',
      text: 'When it is over, nothing is done. To go on, press “Continue”.',
      lastText:
        'You began an hour ago, so there cannot be more time. Finish it now, or begin again later.',
    },
    extend: 'Continue',
    close: 'Close',
    clockTime: (at) => clockTime.format(at),
  },

  operation: {
    byCode: 'What this one-time password will authorise',
    byConfirmation: 'What this confirmation will authorise',
    warningHeading: 'Please check',
    codeOnlyHere: (name) =>
      `Type the one-time password only in order to do this: “${name}”. ` +
      'If you did not ask for it, do not type anything.',
    confirmationOnlyHere: (name) =>
      `What you type is used only for this: “${name}”. ` +
      'If you did not ask for it, do not type anything.',
    neverAgain:
      'Once it is accepted, we never ask you to type it again. ' +
      'Nor do we ever ask for it by telephone or mail.',
  },

  confirmation: {
    password: 'Confirmation password',
    passwordHint: 'Type only these characters of it.',
    passwordPosition: (position) => `Character ${position} from the left`,
    card: 'Customer card',
    cardHint: 'Type the digits printed on your customer card at these positions.',
    cardPosition: (position) => `No. ${position}`,
    image: 'Image card',
    imageHint: 'Choose the pictures printed on your image card at these positions.',
    imagePosition: (position) => `Picture at no. ${position}`,
    neverMore: (count) =>
      `We ask for these ${count} positions only. ` +
      'A page that asks for more is a fake: type nothing and call us.',
  },

  receipt: {
    receiptNo: 'Receipt number',
    receivedAt: 'Received at',
    time: (at) => receiptTime.format(at),
    printHint: 'You can print this page and keep it for your records.',
  },
  yen: '\u00a0yen',
  account: {
    branch: 'Branch',
    branchCode: 'Branch number',
    number: 'Account number',
    balance: 'Balance',
  },
  customerCardCaption: 'Customer card',
  imageCardCaption: 'Image card',
  cardPosition: (position) => `No. ${position}`,
  images: {
    apple: 'apple',
    cat: 'cat',
    train: 'train',
    fish: 'fish',
    flower: 'flower',
    umbrella: 'umbrella',
    clock: 'clock',
    key: 'key',
    house: 'house',
    tree: 'tree',
    car: 'car',
    ship: 'ship',
    star: 'star',
    moon: 'moon',
    sun: 'sun',
    book: 'book',
    cup: 'cup',
    bell: 'bell',
    hat: 'hat',
    scissors: 'scissors',
    bird: 'bird',
    mountain: 'mountain',
    glasses: 'glasses',
    airplane: 'airplane',
  },
}

const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', timeStyle: 'short' })
