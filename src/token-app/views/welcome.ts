/** The first start: what a token is, and one button that makes it. */
import { isInstalled, isIos } from '../device.ts'
import { words } from '../words/words.ts'
import { button, element, list } from './element.ts'
import { contact } from './help.ts'

export function welcomeView(onMake: () => void): HTMLElement[] {
  const { welcome } = words
  // In Safari the home screen has a storage of its own: a token made in the tab cannot follow.
  const isTabOfIos = isIos() && !isInstalled()
  const make = button({
    id: 'make-token',
    label: isTabOfIos ? welcome.makeAnyway : welcome.make,
    ...(isTabOfIos && { kind: 'quiet' }),
    onPress: onMake,
  })
  const card = element(
    'section',
    { class: 'card' },
    element('h1', { tabindex: '-1' }, welcome.title),
    element('p', { class: 'lead' }, welcome.lead),
    make,
    list('ul', welcome.facts),
  )
  const before = element(
    'section',
    { class: 'card' },
    element('h2', {}, welcome.beforeHeading),
    element('p', {}, welcome.before),
    ...contact(),
  )
  return isTabOfIos ? [homeScreenFirst(), card, before] : [card, before]
}

/** While the bank answers, which takes a moment: nothing to press twice. */
export function makingView(): HTMLElement[] {
  const heading = element('h1', { tabindex: '-1' }, words.welcome.making)
  return [element('section', { class: 'card', 'aria-busy': 'true' }, heading)]
}

function homeScreenFirst(): HTMLElement {
  return element(
    'section',
    { class: 'notice notice-info', id: 'home-screen-first' },
    element('h2', {}, words.welcome.iosHeading),
    list('ol', words.welcome.ios),
    element('p', {}, words.welcome.iosWhy),
  )
}
