import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

const content = fs.readFileSync(new URL('./style.css', import.meta.url))
const zipped = new Uint8Array(gzipSync(content, { level: 9 }))
const plain = new Uint8Array(content)

/**
 * The style sheet is named by its content, so that browsers keep it for ever and never an old one.
 */
export const STYLE_PATH = `/assets/style-${createHash('sha256')
  .update(content)
  .digest('hex')
  .slice(0, 12)}.css`

export function styleSheet(c: Context): Response {
  const zips = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
  return c.body(zips ? zipped : plain, 200, {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    ...(zips && { 'Content-Encoding': 'gzip' }),
  })
}

const TOKEN_PICTURES = fs.readFileSync(new URL('./token-pictures.svg', import.meta.url), 'utf8')

export const TOKEN_PICTURES_PATH = '/assets/token-pictures.svg'

export const tokenPictures = (c: Context): Response => drawing(c, TOKEN_PICTURES)

const ICON = fs.readFileSync(new URL('./icon.svg', import.meta.url), 'utf8')

export const ICON_PATH = '/favicon.svg'

export const icon = (c: Context): Response => drawing(c, ICON)

const drawing = (c: Context, svg: string): Response =>
  c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' })
