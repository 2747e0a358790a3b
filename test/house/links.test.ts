/** Every link of the documents leads to a file that is there. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const pages = ['.', 'docs', 'docs/procedures'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
)

/** Where the page points to within the project, without what follows a `#`. */
const targetsOf = (page: string): string[] =>
  [
    ...fs
      .readFileSync(path.join(root, page), 'utf8')
      .matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g),
  ].map(([, target = '']) => path.join(path.dirname(page), target))

test.each(pages)('%s', (page) => {
  expect(targetsOf(page).filter((target) => !fs.existsSync(path.join(root, target)))).toEqual([])
})

test('they are many', () => {
  expect(pages.flatMap(targetsOf).length).toBeGreaterThan(150)
})
