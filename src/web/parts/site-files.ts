import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

/** A text of ours as it is, and compressed for who takes that. */
interface FixedText {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly zipped: Uint8Array<ArrayBuffer>
}

function fixedText(name: string): FixedText {
  const content = fs.readFileSync(new URL(name, import.meta.url))
  return {
    plain: new Uint8Array(content),
    zipped: new Uint8Array(gzipSync(content, { level: 9 })),
  }
}

function send(c: Context, { plain, zipped }: FixedText, type: string, caching: string): Response {
  const zips = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
  return c.body(zips ? zipped : plain, 200, {
    'Content-Type': type,
    'Cache-Control': caching,
    Vary: 'Accept-Encoding',
    ...(zips && { 'Content-Encoding': 'gzip' }),
  })
}

const STYLE = fixedText('./style.css')

/**
 * The style sheet is named by its content, so that browsers keep it for ever and never an old one.
 */
export const STYLE_PATH = `/assets/style-${createHash('sha256')
  .update(STYLE.plain)
  .digest('hex')
  .slice(0, 12)}.css`

export const styleSheet = (c: Context): Response =>
  send(c, STYLE, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable')

const TOKEN_PICTURES = fixedText('./token-pictures.svg')

export const TOKEN_PICTURES_PATH = '/assets/token-pictures.svg'

export const tokenPictures = (c: Context): Response => drawing(c, TOKEN_PICTURES)

const ICON = fixedText('./icon.svg')

export const ICON_PATH = '/favicon.svg'

export const icon = (c: Context): Response => drawing(c, ICON)

const drawing = (c: Context, svg: FixedText): Response =>
  send(c, svg, 'image/svg+xml', 'public, max-age=86400')
