/**
 * What went wrong in plain words, and the way out: never a cause that only an engineer could read.
 */
import type { Failure } from '../provisioning.ts'
import { words } from '../words/words.ts'
import { button, element } from './element.ts'
import { contact } from './help.ts'

export interface FailureView {
  readonly failure: Failure
  readonly onRetry: () => void
  /** Set when there is a working token to go back to. */
  readonly onBack?: () => void
}

export function failureView({ failure, onRetry, onBack }: FailureView): HTMLElement[] {
  const { title, reasons, retry, kept, back } = words.failure
  const notice = { class: 'notice notice-danger', role: 'alert', 'data-failure': failure }
  return [
    element(
      'section',
      { class: 'card' },
      element('h1', { tabindex: '-1' }, title),
      element('p', notice, reasons[failure]),
      onBack ? element('p', {}, kept) : null,
      button({ id: 'retry', label: retry, onPress: onRetry }),
      onBack ? button({ id: 'back', label: back, kind: 'quiet', onPress: onBack }) : null,
    ),
    element(
      'section',
      { class: 'card' },
      element('h2', {}, words.help.contactHeading),
      ...contact(),
    ),
  ]
}
