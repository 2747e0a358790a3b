/**
 * The token app: decides which screen is due, and keeps clock, other tabs and the offline copy
 * current.
 */
import { type Clock, measured } from './clock.ts'
import { isInstalled, keepStorage } from './device.ts'
import { isSupported, makeToken } from './provisioning.ts'
import { markedSerial, readVault, type Token, type Vault } from './vault.ts'
import { failureView } from './views/failure.ts'
import { guide, help } from './views/help.ts'
import { speakChosenLanguage } from './views/language.ts'
import { lostView } from './views/lost.ts'
import { type TokenView, tokenView } from './views/token.ts'
import { makingView, welcomeView } from './views/welcome.ts'

const CLOCK_EVERY_MS = 10 * 60_000
const CLOCK_WATCH_MS = 5_000
/** The device's clock was set, or the device slept: either way measure again. */
const CLOCK_JUMP_MS = 1_000

const main = document.querySelector('main') ?? document.body
const otherTabs = new BroadcastChannel('ichido-token')
let clock: Clock = { reading: undefined, isOnline: navigator.onLine }
let shown: { readonly serial: string; readonly view: TokenView } | undefined

/** Shows the screen that fits what this device keeps. */
async function start(): Promise<void> {
  if (!isSupported()) return showFailure('unsupported', () => location.reload())
  const vault = await vaultOrNull()
  if (vault === null) return showFailure('storage', start)
  clock = { ...clock, reading: clock.reading ?? vault.clock }
  const lost = markedSerial()
  if (vault.token) showToken(vault.token)
  else if (lost !== null) put([...lostView(lost, () => make()), help()])
  else put([...welcomeView(() => make()), guide(), help()])
}

const vaultOrNull = (): Promise<Vault | null> => readVault().catch(() => null)

/** @param replacing the working token that the user agreed to give up */
async function make(replacing?: Token): Promise<void> {
  put(makingView())
  focusHeading()
  const made = await makeToken(replacing?.serial)
  if (!made.ok) {
    const back = replacing && (() => showToken(replacing))
    return showFailure(made.failure, () => make(replacing), back)
  }
  showToken(made.value)
  focusHeading()
  otherTabs.postMessage('changed')
  // Now there is something worth keeping, and the user has just pressed a button.
  if (await keepStorage()) shown?.view.showClock(clock)
  await refreshClock()
}

function showToken(token: Token): void {
  const view = tokenView({
    token,
    clock,
    onRemake: () => make(token),
    onBroken: () => showFailure('unexpected', start),
  })
  put(view.parts)
  shown = { serial: token.serial, view }
}

function showFailure(
  failure: Parameters<typeof failureView>[0]['failure'],
  onRetry: () => void,
  onBack?: () => void,
): void {
  put(failureView({ failure, onRetry, ...(onBack && { onBack }) }))
  focusHeading()
}

function put(parts: readonly HTMLElement[]): void {
  shown?.view.stop()
  shown = undefined
  main.replaceChildren(...parts)
}

/** After a change that the user asked for, screen readers go on at its heading. */
function focusHeading(): void {
  main.querySelector('h1')?.focus()
  scrollTo(0, 0)
}

const clockDifference = () => Date.now() - performance.now()
let measuredAt = 0
let differenceThen = 0

async function refreshClock(): Promise<void> {
  measuredAt = performance.now()
  differenceThen = clockDifference()
  clock = await measured(clock)
  shown?.view.showClock(clock)
}

function watchClock(): void {
  const hasJumped = Math.abs(clockDifference() - differenceThen) > CLOCK_JUMP_MS
  const isOld = performance.now() - measuredAt > CLOCK_EVERY_MS
  if (document.visibilityState === 'visible' && (hasJumped || isOld)) refreshClock()
}

/**
 * Back in view: the storage may have been cleared meanwhile, and another tab may have made a
 * token.
 */
async function lookAgain(): Promise<void> {
  if (document.visibilityState !== 'visible') return
  await Promise.all([reload(), refreshClock()])
}

async function reload(): Promise<void> {
  const vault = await vaultOrNull()
  const isSame = vault?.token?.serial === shown?.serial
  const isBusy = document.querySelector('[aria-busy="true"], [data-failure]') !== null
  if (!isSame && !isBusy) await start()
}

document.addEventListener('visibilitychange', lookAgain)
addEventListener('online', refreshClock)
addEventListener('offline', refreshClock)
otherTabs.addEventListener('message', reload)
setInterval(watchClock, CLOCK_WATCH_MS)

speakChosenLanguage()
await start()
if (isInstalled() && shown) await keepStorage()
await refreshClock()
if (import.meta.env.PROD) {
  await navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
}
