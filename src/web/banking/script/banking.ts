/**
 * The bank site's one script: a keyboard on the screen for passwords, and a warning before the
 * session ends. Every page works without it.
 */
import { offerKeyboard } from './keyboard.ts'
import { watchTimeout } from './timeout.ts'

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-keyboard]')) {
  offerKeyboard(input)
}
const dialog = document.querySelector<HTMLDialogElement>('dialog.timeout')
if (dialog) watchTimeout(dialog)
