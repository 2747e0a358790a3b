/**
 * Whether a page is accessible by axe's rules of WCAG 2.2 AA. axe takes its time: what was judged
 * once in a run of the tests, by whichever file, is not judged again. Pages are known by their
 * structure, colours by the elements that show them.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { Screen } from './screens.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const COLOURS = 'color-contrast'
const SOURCE = fs.readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** What of an element axe's rules look at, beside its place. */
const TOLD = `const told = ({ tagName, className, ariaInvalid, ariaCurrent, type, role }) =>
  [tagName, className.baseVal ?? className, ariaInvalid, ariaCurrent, type, role].join()
const { lang, dataset } = document.documentElement`

/** Of what is alike side by side two count: a longer list makes no other page. */
const structureWith = (more: string) => `(() => {
  ${TOLD}
  const structureOf = (element) => {
    const within = [...element.children].map(structureOf)
    const kept = within.filter((one, at) => within.slice(0, at).filter((o) => o === one).length < 2)
    return '<' + told(element) + ${more} + '>' + kept.join('') + '/'
  }
  return [lang + dataset.size + structureOf(document.body)]
})()`
const STRUCTURE = structureWith("''")

/** What decides how much room a page needs: its structure, and how long each text is. */
const LENGTHS = structureWith(
  "[element.value ?? '', ...element.childNodes].map((it) => (it.data ?? it).length ?? 0).join()",
)

/** Every element that is shown, within those around it, whose colours it may have. */
const ELEMENTS = `(() => {
  ${TOLD}
  const shown = new Map()
  const follow = (element, way) => {
    if (!element.checkVisibility()) return
    const here = way + '>' + told(element)
    if (!shown.has(here)) shown.set(here, element)
    for (const child of element.children) follow(child, here)
  }
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  follow(document.body, [lang, isDark, ...Object.values(dataset)].join())
  window.shownElements = [...shown.values()]
  return [...shown.keys()]
})()`

/** Names, roles, order, languages: everything but the colours. */
export const expectAccessible = (page: Page, { name }: Screen): Promise<void> =>
  once(page, name, STRUCTURE, () =>
    expectNoViolation(page, 'document', {
      runOnly: TAGS,
      rules: { [COLOURS]: { enabled: false } },
    }),
  )

/** The contrast of the colours in which the page is shown now: of the elements not judged before. */
export const expectLegible = (page: Page, { name }: Screen, theme: string): Promise<void> =>
  once(page, `${name} ${theme}`, ELEMENTS, (places) => {
    const elements = `{ include: ${JSON.stringify(places)}.map((at) => window.shownElements[at]) }`
    return expectNoViolation(page, elements, { runOnly: { type: 'rule', values: [COLOURS] } })
  })

/** Judges the first page of each structure with texts of these lengths in a run. */
export const onceForEachLength = (
  page: Page,
  where: string,
  judge: () => Promise<void>,
): Promise<void> => once(page, where, LENGTHS, judge)

/**
 * Judges what the script finds on the page, unless all of it was judged before: `judge` gets the
 * places of the rest among what was found.
 */
async function once(
  page: Page,
  where: string,
  script: string,
  judge: (places: readonly number[]) => Promise<void>,
) {
  const found = (await page.evaluate<string[]>(script)).map((one) => keyOf(`${where} ${one}`))
  const known = judged()
  const places = [...found.keys()].filter((at) => !known.has(found[at] ?? ''))
  if (places.length === 0) return
  await judge(places)
  fs.appendFileSync(inject('judgedFile'), places.map((at) => `${found[at]}\n`).join(''))
}

/** By axe's rules, within a part of the page: an expression for what axe calls a context. */
async function expectNoViolation(page: Page, within: string, rules: RunOptions): Promise<void> {
  // axe stays in the page, for its other colours.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(SOURCE)
  expect(await violationsOf(page, within, rules), `accessibility of ${page.url()}`).toEqual([])
}

const violationsOf = (page: Page, within: string, rules: RunOptions) =>
  page.evaluate<unknown>(`axe
    .run(${within}, ${JSON.stringify({ ...rules, resultTypes: ['violations'] })})
    .then(({ violations }) => violations.map(({ id, help, nodes }) =>
      ({ id, help, nodes: nodes.map(({ target }) => target.join(' ')) })))`)

const keyOf = (text: string) => createHash('sha256').update(text).digest('base64url')

const judged = () => new Set(fs.readFileSync(inject('judgedFile'), 'utf8').split('\n'))
