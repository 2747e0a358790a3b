/** The language of the app: Japanese, unless this device was told otherwise. */
import { en } from './en.ts'
import { ja, type Words } from './ja.ts'

const KEPT_AS = 'ichido-language'

/** Storage may be shut to us (private windows): then the app speaks Japanese. */
function chosen(): string | null {
  try {
    return localStorage.getItem(KEPT_AS)
  } catch {
    return null
  }
}

export const words: Words = chosen() === en.language ? en : ja

/** Keeps the other language and starts anew in it: nothing that is shown lives outside the vault. */
export function changeLanguage(): void {
  try {
    localStorage.setItem(KEPT_AS, words === ja ? en.language : ja.language)
    location.reload()
  } catch {
    // Without storage there is no token either, and the screen says so.
  }
}
