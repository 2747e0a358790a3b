/** The import of an encrypted PSKC file beside a running server: how fast, and in how much memory. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { makeDataFolder } from './rig/installation.ts'
import { type Lock, PSKC_FOOT, pskcHead, pskcPackage } from './rig/pskc-writer.ts'
import { startServer } from './rig/server-process.ts'

const RUN = fileURLToPath(new URL('./seed-import-run.js', import.meta.url))

export interface SeedImport {
  readonly tokensPerSecond: number
  /** Most of the importing process's memory, above what it held before the first byte. */
  readonly overStartBytes: number
}

export async function measureSeedImport(tokens: number): Promise<SeedImport> {
  const data = makeDataFolder('bench-seeds')
  const server = await startServer({ ICHIDO_DATA: data.folder })
  try {
    const file = path.join(data.folder, 'seeds.xml')
    const lock: Lock = { cipher: 'aes128-cbc', key: randomBytes(16), macKey: randomBytes(20) }
    await pipeline(seedFile(tokens, lock), fs.createWriteStream(file))
    const key = Buffer.from(lock.key).toString('hex')
    const env = { ...process.env, ICHIDO_DATA: data.folder }
    const { stdout } = await promisify(execFile)(process.execPath, [RUN, file, key], { env })
    const { imported, seconds, overStartBytes } = JSON.parse(stdout)
    if (imported !== tokens) throw new Error(`${imported} of ${tokens} tokens were imported`)
    return { tokensPerSecond: tokens / seconds, overStartBytes }
  } finally {
    await server.stop()
    data.remove()
  }
}

/** The file in pieces of a thousand tokens. */
function* seedFile(tokens: number, lock: Lock): Generator<string> {
  yield pskcHead(lock)
  for (let first = 0; first < tokens; first += 1_000) {
    const keys = Array.from({ length: Math.min(1_000, tokens - first) }, (_, place) => ({
      serial: `ACM${String(first + place).padStart(9, '0')}`,
      seed: randomBytes(20),
    }))
    yield keys.map((key) => pskcPackage(key, lock)).join('')
  }
  yield PSKC_FOOT
}
