/** The page around the screens in the chosen language, and the way to the other one. */
import { changeLanguage, words } from '../words/words.ts'
import { element } from './element.ts'

export function speakChosenLanguage(): void {
  const { language, otherLanguage, bank, app } = words
  document.documentElement.lang = language
  document.title = `${app.name} | ${bank.name}`
  const other = language === 'ja' ? 'en' : 'ja'
  const attributes = { class: 'language', id: 'language', href: '/', lang: other, hreflang: other }
  const link = element('a', attributes, otherLanguage)
  link.addEventListener('click', (event) => {
    event.preventDefault()
    changeLanguage()
  })
  document.querySelector('.masthead')?.replaceChildren(element('p', {}, bank.name), link)
}
