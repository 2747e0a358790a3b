import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}

interface StaticFile {
  readonly bytes: Buffer
  readonly zipped: Buffer | undefined
  readonly type: string
  readonly caching: string
}

/**
 * Serves a folder of built files from memory: its names are known at the start, so no path of a
 * request ever reaches the file system. What Vite names by content never changes; the rest is asked
 * for anew.
 */
export function staticFiles(folder: URL): (c: Context) => Response | Promise<Response> {
  const files = readFolder(fileURLToPath(folder))
  return (c) => {
    const file = files.get(c.req.path === '/' ? '/index.html' : c.req.path)
    if (file === undefined) return c.notFound()
    const zipped = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '') ? file.zipped : undefined
    return c.body(new Uint8Array(zipped ?? file.bytes), 200, {
      'Content-Type': file.type,
      'Cache-Control': file.caching,
      Vary: 'Accept-Encoding',
      ...(zipped && { 'Content-Encoding': 'gzip' }),
    })
  }
}

function readFolder(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  if (!fs.existsSync(folder)) return files
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const name = `/${path.relative(folder, file).split(path.sep).join('/')}`
    files.set(name, read(file, name))
  }
  return files
}

function read(file: string, name: string): StaticFile {
  const bytes = fs.readFileSync(file)
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream'
  const zipped = type.startsWith('image/png') ? undefined : gzipSync(bytes)
  const forever = name.startsWith('/assets/')
  const caching = forever ? 'public, max-age=31536000, immutable' : 'no-cache'
  return { bytes, zipped, type, caching }
}
