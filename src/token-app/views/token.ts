/** The screen of every day: code, serial, what to do with them, and help. */
import { type Clock, secondsAhead, serverNowMs } from '../clock.ts'
import { type Codes, codesAt } from '../codes.ts'
import { install, isInstallable, whenInstallable } from '../device.ts'
import type { Token } from '../vault.ts'
import { words } from '../words/words.ts'
import { codeCard, copied } from './code-card.ts'
import { deviceState } from './device-state.ts'
import { button, element, fold } from './element.ts'
import { guide, help } from './help.ts'
import { askRemake } from './remake-dialog.ts'
import { serialGroups } from './serial.ts'

const TICK_MS = 200

export interface TokenView {
  readonly parts: readonly HTMLElement[]
  showClock(clock: Clock): void
  stop(): void
}

export interface TokenViewOf {
  readonly token: Token
  readonly clock: Clock
  readonly onRemake: () => void
  /** The browser could not use the key any more. */
  readonly onBroken: () => void
}

export function tokenView({ token, clock: first, onRemake, onBroken }: TokenViewOf): TokenView {
  let clock = first
  let codes: Codes | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const card = codeCard(token)
  const device = deviceState(token)
  const notice = element('p', { class: 'notice notice-info', 'data-field': 'clock-notice' })

  async function tick(): Promise<void> {
    codes = await codesAt(token, serverNowMs(clock), codes)
    if (isStopped) return
    card.show(codes, serverNowMs(clock))
    timer = setTimeout(run, TICK_MS)
  }
  function run(): void {
    clearTimeout(timer)
    tick().catch(() => !isStopped && onBroken())
  }
  function showClock(now: Clock): void {
    clock = now
    notice.textContent = clockInWords(clock)
    notice.hidden = notice.textContent === ''
    device.show(clock)
    run()
  }

  showClock(first)
  const column = (...parts: HTMLElement[]) => element('div', { class: 'column' }, ...parts)
  const own = column(notice, card.part, serialCard(token.serial), installCard())
  const around = column(warning(), guide(), help(), device.part, remake(token, onRemake))
  return {
    parts: [own, around],
    showClock,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** A wrong clock or no network, said only when there is something to say. */
function clockInWords(clock: Clock): string {
  const ahead = secondsAhead(clock)
  if (!clock.isOnline)
    return clock.reading && ahead !== 0
      ? words.clock.offlineCorrected(clock.reading.measuredAtMs)
      : words.clock.offline
  if (ahead > 0) return words.clock.ahead(ahead)
  return ahead < 0 ? words.clock.behind(-ahead) : ''
}

function serialCard(serial: string): HTMLElement {
  const text = words.token
  const status = element('p', { class: 'status', role: 'status', id: 'serial-status' })
  return element(
    'section',
    { class: 'card serial-card' },
    element('h2', { class: 'serial-heading' }, text.serialHeading),
    element('p', { class: 'serial', 'data-field': 'serial' }, ...serialGroups(serial)),
    button({
      id: 'copy-serial',
      label: text.copySerial,
      kind: 'quiet',
      async onPress() {
        status.textContent = (await copied(serial)) ? text.serialCopied : text.copyFailed
      },
    }),
    status,
  )
}

/** Shown only once the browser offers to install. */
function installCard(): HTMLElement {
  const { title, why, add } = words.install
  const card = element('section', { class: 'card', id: 'install-card' })
  const show = () => {
    card.hidden = !isInstallable()
  }
  const onPress = () => install().then(show)
  card.append(
    element('h2', {}, title),
    element('p', {}, why),
    button({ id: 'install', label: add, kind: 'quiet', onPress }),
  )
  show()
  whenInstallable(show)
  return card
}

function warning(): HTMLElement {
  return element(
    'section',
    { class: 'notice' },
    element('h2', {}, words.token.warningHeading),
    element('p', {}, words.token.warning),
  )
}

function remake({ serial }: Token, onRemake: () => void): HTMLElement {
  const { title, lead, open } = words.remake
  const onPress = () => askRemake(serial, onRemake)
  const opener = button({ id: 'remake', label: open, kind: 'quiet', onPress })
  return fold('remake-section', title, element('p', {}, lead), opener)
}
