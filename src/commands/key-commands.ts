import fs from 'node:fs'
import path from 'node:path'
import type { Kept, KeyActions, NamedKey } from '../cli/key.ts'
import { openServer } from '../open-ports.ts'
import type { Settings } from '../settings.ts'
import { openPool } from '../store/connection.ts'
import { claimKeyFile, newKey, readKeys, replaceKeys } from '../store/keys/key-file.ts'
import { keyFit } from '../store/keys/key-fit.ts'
import { fingerprintOf } from '../store/keys/wrapping-keys.ts'
import type { AsCommand } from './command.ts'
import { rotateKeys } from './key-rotation.ts'

const err = (line: string) => process.stderr.write(`${line}\n`)

/** The commands that look after keys. `settings` complains by itself when they are wrong. */
export function keyCommands(
  asCommand: AsCommand,
  settings: () => Settings | undefined,
): KeyActions {
  return {
    keys: {
      make: () => named(newKey()),
      nameOf: fingerprintOf,
      read: (file) => readFrom(file, settings),
      write: writeTo,
      fits: (bytes) => fits(bytes, settings),
      rotate: (wish, tell) =>
        asCommand((open, { keyFile }) => rotateKeys(open, keyFile, wish, tell)),
    },
  }
}

const named = (bytes: Uint8Array): NamedKey => ({ bytes, fingerprint: fingerprintOf(bytes) })

function readFrom(
  given: string | undefined,
  settings: () => Settings | undefined,
): Kept<readonly NamedKey[]> {
  const known = given === undefined ? settings() : undefined
  const file = given ?? known?.keyFile
  if (file === undefined) return { ok: false, reason: 'no key file is named' }
  if (!fs.existsSync(file)) return { ok: false, reason: `there is no key file ${file}` }
  try {
    return { ok: true, value: readKeys(file, known?.mode === 'demo').map(named) }
  } catch (error) {
    return { ok: false, reason: (error as Error).message }
  }
}

function writeTo(file: string, bytes: Uint8Array, overwrite: boolean): Kept<undefined> {
  try {
    if (overwrite && fs.existsSync(file)) replaceKeys(file, [bytes])
    else if (!claimKeyFile(file, bytes)) {
      return { ok: false, reason: `${file} exists already, and the key in it would be lost` }
    }
    return { ok: true, value: undefined }
  } catch (error) {
    return { ok: false, reason: (error as Error).message }
  }
}

/** Nothing is made for it: a private server is asked only where its folder exists. */
async function fits(bytes: Uint8Array, settings: () => Settings | undefined) {
  const known = settings()
  if (known === undefined) return 'unreachable'
  const { databaseUrl, dataFolder } = known
  if (databaseUrl === undefined && !fs.existsSync(path.join(dataFolder, 'postgres'))) {
    return 'unreachable'
  }
  const server = await openServer(known, { as: 'command', report: err })
  if (!server.ok) return 'unreachable'
  const pool = openPool({ connectionString: server.connectionString, max: 1 }, () => {})
  try {
    return await keyFit(pool, bytes)
  } catch {
    return 'unreachable'
  } finally {
    await pool.end()
    await server.stop()
  }
}
