import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import type { Lang } from '../parts/look.ts'
import type { GuidePictureName } from '../words/ja/guide.ts'

/** Named by their content, so that browsers keep them for ever and never an old one. */
const hashOf = (content: Uint8Array) =>
  createHash('sha256').update(content).digest('hex').slice(0, 12)
const FOR_EVER = 'public, max-age=31536000, immutable'

// The build bundles it from `script/`.
const SCRIPT = fs.readFileSync(new URL('../../../banking-script/banking.js', import.meta.url))
const zippedScript = new Uint8Array(gzipSync(SCRIPT, { level: 9 }))
const plainScript = new Uint8Array(SCRIPT)

export const SCRIPT_PATH = `/assets/banking-${hashOf(SCRIPT)}.js`

export function script(c: Context): Response {
  const zips = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
  return c.body(zips ? zippedScript : plainScript, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': FOR_EVER,
    Vary: 'Accept-Encoding',
    ...(zips && { 'Content-Encoding': 'gzip' }),
  })
}

/** A picture of one of our own pages, taken by `npm run guide-pictures`. */
export interface GuidePicture {
  readonly path: string
  readonly width: number
  readonly height: number
}

interface PictureFile extends GuidePicture {
  readonly content: Uint8Array<ArrayBuffer>
}

/** Width and height by language and name, as the tool wrote them. */
type Sizes = Readonly<Record<Lang, Readonly<Record<GuidePictureName, readonly [number, number]>>>>
const SIZES: Sizes = JSON.parse(
  fs.readFileSync(new URL('./pictures/sizes.json', import.meta.url), 'utf8'),
)

const PICTURES = { ja: readPictures('ja'), en: readPictures('en') }

export const guidePicture = (lang: Lang, name: GuidePictureName): GuidePicture =>
  PICTURES[lang][name]

const BY_PATH = new Map(
  Object.values(PICTURES).flatMap((named) =>
    Object.values(named).map((file) => [file.path, file.content] as const),
  ),
)

export const PICTURE_PATHS: readonly string[] = [...BY_PATH.keys()]

export function picture(c: Context): Response | Promise<Response> {
  const content = BY_PATH.get(c.req.path)
  if (content === undefined) return c.notFound()
  return c.body(content, 200, { 'Content-Type': 'image/webp', 'Cache-Control': FOR_EVER })
}

function readPictures(lang: Lang): Record<GuidePictureName, PictureFile> {
  const read = Object.entries(SIZES[lang]).map(([name, [width, height]]) => {
    const content = fs.readFileSync(new URL(`./pictures/${lang}/${name}.webp`, import.meta.url))
    const path = `/assets/${name}-${hashOf(content)}.webp`
    return [name, { path, width, height, content: new Uint8Array(content) }] as const
  })
  return Object.fromEntries(read) as Record<GuidePictureName, PictureFile>
}
