/** The texts of both languages: the same shape, none empty, and no Japanese left in English. */
import { describe, expect, test } from 'vitest'
import { en as tokenEnglish } from '../../src/token-app/words/en.ts'
import { ja as tokenJapanese } from '../../src/token-app/words/ja.ts'
import { english } from '../../src/web/words/english.ts'
import { japanese } from '../../src/web/words/words.ts'

const { office: _, ...customers } = japanese
const LANGUAGES = [
  { site: 'the bank site', ja: customers, en: english },
  { site: 'the token app', ja: tokenJapanese, en: tokenEnglish },
]

/** Texts by their path; a text with blanks is filled in with whatever it takes. */
function textsOf(words: unknown, path = ''): [path: string, text: string][] {
  if (typeof words === 'string') return [[path, words]]
  if (typeof words === 'function') return textsOf(filledIn(words as Sentence), path)
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([name, part]) => textsOf(part, `${path}/${name}`))
}

type Sentence = (...blanks: unknown[]) => unknown

function filledIn(sentence: Sentence): unknown {
  const blanks = ['2026-11-23', new Date(0), 120, ['1']]
  for (const blank of blanks) {
    try {
      return sentence(blank, blank, blank)
    } catch {
      // It takes another kind of blank.
    }
  }
  return sentence([['1']])
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}「」。、]/u
const BRACKETED = /\([^()]*\)/g
/** The way back is written in the language to which it leads. */
const OTHER_LANGUAGE = /otherLanguage$/

describe.each(LANGUAGES)('$site', ({ ja, en }) => {
  test('has the same texts in both languages', () => {
    const paths = (words: unknown) =>
      textsOf(words)
        .map(([path]) => path)
        // A list may be longer in one language, but not empty.
        .map((path) => path.replace(/\/\d+(?=\/|$)/g, '/*'))
    expect(new Set(paths(en))).toEqual(new Set(paths(ja)))
  })

  test.each([
    ['Japanese', ja],
    ['English', en],
  ])('has no empty text in %s', (_, words) => {
    const empty = textsOf(words).filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
    expect(textsOf(words).length).toBeGreaterThan(50)
  })

  test('has no Japanese left in English but names in brackets', () => {
    const left = textsOf(en).filter(
      ([path, text]) => JAPANESE.test(text.replace(BRACKETED, '')) && !OTHER_LANGUAGE.test(path),
    )
    expect(left).toEqual([])
  })
})

test('the language is named as HTML names it', () => {
  expect([japanese.lang, english.lang]).toEqual(['ja', 'en'])
  expect([tokenJapanese.language, tokenEnglish.language]).toEqual(['ja', 'en'])
})
