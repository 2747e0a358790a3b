/**
 * The code, how long it is still shown, and shortly before its end the next one, so that nobody is
 * caught typing. Screen readers are not told of every new code: they find it in the text, and who
 * has copied one is told once that it has changed.
 */
import { secondsLeft } from '../../oath/totp.ts'
import type { Codes } from '../codes.ts'
import { hasVoice, readAloud, whenVoicesChange } from '../speech.ts'
import type { Token } from '../vault.ts'
import { words } from '../words/words.ts'
import { button, element, grouped } from './element.ts'
import { ring } from './ring.ts'

/** From here on the next code is announced. */
const SOON_SECONDS = 8

export interface CodeCard {
  readonly part: HTMLElement
  show(codes: Codes, nowMs: number): void
}

export function codeCard(token: Pick<Token, 'digits' | 'periodSeconds'>): CodeCard {
  const text = words.token
  const code = element('p', { class: 'code', 'data-field': 'code', 'aria-hidden': 'true' })
  const spoken = element('p', { class: 'visually-hidden' })
  const seconds = element('b', { class: 'seconds', 'data-field': 'seconds-left' })
  const next = element('span', { class: 'next-code', 'data-field': 'next-code' })
  const status = element('p', { class: 'status', role: 'status', id: 'code-status' })
  const countdown = ring()
  const jumps = matchMedia('(prefers-reduced-motion: reduce)')
  let shown: Codes | undefined
  let copiedStep: number | undefined

  const copy = button({
    id: 'copy-code',
    label: text.copyCode,
    async onPress() {
      if (!shown) return
      const { present, step } = shown
      const isCopied = await copied(present)
      copiedStep = isCopied ? step : undefined
      status.textContent = isCopied ? text.codeCopied : text.copyFailed
    },
  })
  const read = button({
    id: 'read-aloud',
    label: text.readAloud,
    kind: 'quiet',
    onPress() {
      if (!shown) return
      const isSoon = part.dataset.soon === 'true'
      if (isSoon) readAloud(shown.next, words.speech.next)
      else readAloud(shown.present, words.speech.present)
    },
  })
  const offerVoice = () => {
    read.hidden = !hasVoice()
  }
  offerVoice()
  whenVoicesChange(offerVoice)

  const part = element(
    'section',
    { class: 'card code-card', 'aria-labelledby': 'code-heading', 'data-soon': 'false' },
    element('h1', { id: 'code-heading', tabindex: '-1' }, text.codeHeading),
    code,
    spoken,
    element(
      'div',
      { class: 'remaining' },
      countdown.drawn,
      element('p', {}, seconds, text.secondsUnit, text.remaining),
    ),
    element(
      'div',
      { class: 'next' },
      element('p', { class: 'next-waiting soft' }, text.nextWaiting),
      element(
        'div',
        { class: 'next-coming', id: 'next' },
        element('p', { class: 'next-row' }, element('span', {}, text.nextHeading), next),
        element('p', {}, text.nextHint),
      ),
    ),
    element('div', { class: 'actions' }, copy, read),
    status,
  )

  function showCodes(codes: Codes): void {
    const half = Math.ceil(token.digits / 2)
    code.replaceChildren(...grouped(codes.present, [half, half]))
    next.replaceChildren(...grouped(codes.next, [half, half]))
    spoken.textContent = text.codeSpoken(codes.present)
    if (status.textContent) status.textContent = copiedStep === undefined ? '' : text.codeChanged
    copiedStep = undefined
    shown = codes
  }

  return {
    part,
    show(codes, nowMs) {
      if (codes !== shown) showCodes(codes)
      const left = secondsLeft(nowMs, token.periodSeconds)
      if (seconds.textContent !== String(left)) seconds.textContent = String(left)
      part.dataset.soon = String(left <= SOON_SECONDS)
      const exact = token.periodSeconds - ((nowMs / 1000) % token.periodSeconds)
      countdown.show((jumps.matches ? left : exact) / token.periodSeconds)
    },
  }
}

export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
