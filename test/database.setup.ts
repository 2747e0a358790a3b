/**
 * One PostgreSQL for a whole test run: the one named by DATABASE_URL, else a private server in a
 * temporary folder. Test files make databases of their own on it (`database.ts`).
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startPrivateServer } from '../src/store/private-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    /** Part of the name of every database that this run makes. */
    databaseRun: string
    /** Where the journeys note which pages were judged (`journeys/accessible.ts`). */
    judgedFile: string
  }
}

const FOLDER_PREFIX = `ichido-test-${process.getuid?.() ?? 'user'}-`
/** A folder this young may belong to a run that is just about to lock it. */
const YOUNG_MS = 20_000

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = randomBytes(4).toString('hex')
  project.provide('databaseRun', run)
  const judgedFile = path.join(os.tmpdir(), `ichido-judged-${run}`)
  fs.writeFileSync(judgedFile, '')
  project.provide('judgedFile', judgedFile)
  const forget = () => fs.rmSync(judgedFile)
  const given = process.env.DATABASE_URL
  if (given) {
    project.provide('databaseUrl', given)
    return async () => {
      forget()
      await dropDatabasesOf(run, given)
    }
  }
  await removeAbandoned()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), FOLDER_PREFIX))
  const outcome = await startPrivateServer(folder, { report: console.error })
  if (!outcome.ok) throw new Error(outcome.reason)
  project.provide('databaseUrl', outcome.server.connectionString)
  return async () => {
    forget()
    await outcome.server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

const ageMs = (folder: string) => Date.now() - fs.statSync(folder).mtimeMs

/** Servers and folders of runs that were killed. A run that goes on refuses a second start. */
async function removeAbandoned(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name)
    if (!name.startsWith(FOLDER_PREFIX) || ageMs(folder) < YOUNG_MS) continue
    const outcome = await startPrivateServer(folder)
    if (!outcome.ok) continue
    await outcome.server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function dropDatabasesOf(run: string, url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const named = 'SELECT datname FROM pg_database WHERE datname LIKE $1'
    const { rows } = await client.query<{ datname: string }>(named, [`ichido_test_${run}_%`])
    for (const { datname } of rows) await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`)
  } finally {
    await client.end()
  }
}
