import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

const sheet = servedSheet('style', new URL('./style.css', import.meta.url))

export const STYLE_PATH = sheet.path
export const styleSheet = sheet.answer

/** Named by its content, so that browsers keep it for ever and never an old one. */
export function servedSheet(name: string, file: URL) {
  const content = fs.readFileSync(file)
  const zipped = new Uint8Array(gzipSync(content, { level: 9 }))
  const plain = new Uint8Array(content)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const answer = (c: Context): Response => {
    const zips = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
    return c.body(zips ? zipped : plain, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(zips && { 'Content-Encoding': 'gzip' }),
    })
  }
  return { path: `/assets/${name}-${hash}.css`, answer }
}

const TOKEN_PICTURES = fs.readFileSync(new URL('./token-pictures.svg', import.meta.url), 'utf8')

export const TOKEN_PICTURES_PATH = '/assets/token-pictures.svg'

export const tokenPictures = (c: Context): Response => drawing(c, TOKEN_PICTURES)

const ICON = fs.readFileSync(new URL('./icon.svg', import.meta.url), 'utf8')

export const ICON_PATH = '/favicon.svg'

export const icon = (c: Context): Response => drawing(c, ICON)

const drawing = (c: Context, svg: string): Response =>
  c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' })
