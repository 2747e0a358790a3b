/** What to do with the code, what to do in trouble, and whom to call. */
import { words } from '../words/words.ts'
import { element, fold, list } from './element.ts'

export function guide(): HTMLElement {
  const { guide } = words
  return fold(
    'guide',
    guide.title,
    element('h3', {}, guide.firstHeading),
    list('ol', guide.first),
    element('h3', {}, guide.everyHeading),
    element('p', {}, guide.every),
    element('p', {}, guide.once),
  )
}

export function help(): HTMLElement {
  const answers = words.help.answers.flatMap(([trouble = '', answer = '']) => [
    element('dt', {}, trouble),
    element('dd', {}, answer),
  ])
  return fold(
    'help',
    words.help.title,
    element('dl', { class: 'facts' }, ...answers),
    element('h3', {}, words.help.contactHeading),
    ...contact(),
  )
}

/** The bank's name, department and hours, and a button that dials. */
export function contact(): HTMLElement[] {
  const { name, department, telephone, hours } = words.bank
  const call = { class: 'button button-quiet', href: `tel:${telephone}` }
  return [
    element('p', {}, name, element('br'), department, element('br'), hours),
    element('a', call, words.help.call(telephone)),
  ]
}
