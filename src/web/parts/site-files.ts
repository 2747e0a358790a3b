import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

/** A text of ours as it is, and compressed for who takes that. */
interface FixedText {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly zipped: Uint8Array<ArrayBuffer>
}

function fixedText(file: URL): FixedText {
  const content = fs.readFileSync(file)
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

/** A style sheet, named by its content, so that browsers keep it for ever and never an old one. */
export function servedSheet(name: string, file: URL) {
  const text = fixedText(file)
  const hash = createHash('sha256').update(text.plain).digest('hex').slice(0, 12)
  const answer = (c: Context): Response =>
    send(c, text, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable')
  return { path: `/assets/${name}-${hash}.css`, answer }
}

const sheet = servedSheet('style', new URL('./style.css', import.meta.url))

export const STYLE_PATH = sheet.path
export const styleSheet = sheet.answer

const TOKEN_PICTURES = fixedText(new URL('./token-pictures.svg', import.meta.url))

export const TOKEN_PICTURES_PATH = '/assets/token-pictures.svg'

export const tokenPictures = (c: Context): Response => drawing(c, TOKEN_PICTURES)

const ICON = fixedText(new URL('./icon.svg', import.meta.url))

export const ICON_PATH = '/favicon.svg'

export const icon = (c: Context): Response => drawing(c, ICON)

const drawing = (c: Context, svg: FixedText): Response =>
  send(c, svg, 'image/svg+xml', 'public, max-age=86400')
