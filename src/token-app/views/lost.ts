/** There was a token here and its key is gone: what to do comes before the offer of a new one. */
import { words } from '../words/words.ts'
import { button, element } from './element.ts'
import { contact } from './help.ts'
import { serialGroups } from './serial.ts'

export function lostView(serial: string, onMake: () => void): HTMLElement[] {
  const { lost } = words
  const make = button({ id: 'make-token', label: lost.make, kind: 'quiet', onPress: onMake })
  return [
    element(
      'section',
      { class: 'card', id: 'lost' },
      element('h1', { tabindex: '-1' }, lost.title),
      element('p', {}, lost.lead),
      element('h2', { class: 'serial-heading' }, lost.serial),
      element('p', { class: 'serial', 'data-field': 'lost-serial' }, ...serialGroups(serial)),
      element('h2', {}, lost.todoHeading),
      element('p', { class: 'notice' }, lost.registered),
      ...contact(),
      element('p', {}, lost.otherDevice),
    ),
    element('section', { class: 'card' }, element('h2', {}, lost.makeHeading), make),
  ]
}
