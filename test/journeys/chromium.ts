/** The browser of the journeys: the machine's own Chromium, since the packages bring none. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** First the engine alone: without its user interface it needs a third less time. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Nothing but the journeys' own requests leaves the browser; it draws in one process less. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const HOW_TO_INSTALL =
  'the journeys need a browser: `apt-get install chromium-headless-shell fonts-noto-cjk`, ' +
  'or name a Chromium in CHROMIUM'

/** Where they have to run, a missing browser is a failure; elsewhere they are skipped. */
export const areRequired = process.env.ICHIDO_JOURNEYS === 'required' || Boolean(process.env.CI)

/** The path of the browser; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM
  return (named === undefined ? PLACES : [named]).find((place) => existsSync(place))
}

/** Starts it with a new empty profile. */
export function startChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(HOW_TO_INSTALL)
  return chromium.launch({ executablePath, args: ARGUMENTS })
}
