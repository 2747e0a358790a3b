/**
 * Renders the PNG icons of the token app out of its one SVG: `node build/tools/token-icons.js`. The
 * results are committed, since they change once in years and need a browser.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { startChromium } from '../test/journeys/chromium.ts'

const FOLDER = new URL('../../src/token-app/public/', import.meta.url)

/**
 * Platforms cut masks out of maskable icons (safe zone: the middle 80 %) and round Apple's
 * themselves.
 */
const ICONS = [
  { name: 'icon-192.png', size: 192, isSquare: false },
  { name: 'icon-512.png', size: 512, isSquare: false },
  { name: 'maskable-192.png', size: 192, isSquare: true },
  { name: 'maskable-512.png', size: 512, isSquare: true },
  { name: 'apple-touch-icon.png', size: 180, isSquare: true },
]

const svg = await readFile(new URL('icon.svg', FOLDER), 'utf8')
const browser = await startChromium()
const page = await browser.newPage()
for (const { name, size, isSquare } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  const drawn = isSquare ? svg.replace(' rx="112"', '') : svg
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${drawn}`)
  const png = await page.screenshot({ omitBackground: true })
  await writeFile(new URL(name, FOLDER), png)
}
await browser.close()
