/**
 * The question before a working token is given up: what breaks, a mark to set, and the safe way
 * first.
 */
import { words } from '../words/words.ts'
import { button, element, list } from './element.ts'

export function askRemake(serial: string, onAgreed: () => void): void {
  const { remake } = words
  const agreement = element('input', { type: 'checkbox', id: 'remake-agree' })
  const error = element('p', { class: 'error', role: 'alert' })
  const dialog = element(
    'dialog',
    { class: 'dialog', id: 'remake-dialog', 'aria-labelledby': 'remake-question' },
    element(
      'div',
      { class: 'dialog-content' },
      element('h2', { id: 'remake-question' }, remake.question),
      list('ul', remake.consequences(serial)),
      element('label', { class: 'agree' }, agreement, remake.agree),
      error,
      button({ id: 'remake-cancel', label: remake.cancel, onPress: () => dialog.close() }),
      button({
        id: 'remake-confirm',
        label: remake.confirm,
        kind: 'danger',
        onPress() {
          if (!agreement.checked) {
            error.textContent = remake.agreeFirst
            agreement.focus()
            return
          }
          dialog.close()
          onAgreed()
        },
      }),
    ),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
