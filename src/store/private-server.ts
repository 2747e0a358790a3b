/**
 * The private PostgreSQL of a data folder: a trial runs on the same engine as production, without
 * anything to install. One process owns the folder and keeps the server up; commands beside it
 * join.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { chooseAccount } from './private-server/account.ts'
import { type Address, chooseAddress, removeAlias } from './private-server/address.ts'
import { findBinaries } from './private-server/binaries.ts'
import { PROGRAM, prepareCluster } from './private-server/cluster.ts'
import { type DataFolder, openDataFolder, readPasswords } from './private-server/folder.ts'
import { type Ownership, type Role, readOwner, takeOwnership } from './private-server/ownership.ts'
import { keepPostmaster } from './private-server/postmaster.ts'
import { explain } from './private-server/trouble.ts'

const COMMAND_PATIENCE_MS = 15_000
const JOIN_PATIENCE_MS = 30_000
const GUEST_PATIENCE_MS = 60_000
const POLL_MS = 50
/** The name under which a joined command holds the server up. */
const GUEST = 'ichido-beside'

/** Fits `new pg.Pool(…)` and `new pg.Client(…)`. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface PrivateServer {
  readonly connection: Connection
  /** The same as a URL, for DATABASE_URL of another process of this user. Holds the password. */
  readonly connectionString: string
  /** Lets the server go; it ends when it was started here, and no process is left of it. */
  stop(): Promise<void>
}

export type PrivateServerOutcome =
  | { readonly ok: true; readonly server: PrivateServer }
  | { readonly ok: false; readonly reason: string }

export interface PrivateServerOptions {
  /** Hears, in a line each, when PostgreSQL died and is up again. */
  readonly report?: (line: string) => void
}

/** Starts the private server of a data folder, or refuses while another process serves it. */
export function startPrivateServer(
  dataFolder: string,
  options: PrivateServerOptions = {},
): Promise<PrivateServerOutcome> {
  return answer(dataFolder, async (folder) => {
    // A command that holds the folder is soon done; a serving process is not.
    const deadline = Date.now() + COMMAND_PATIENCE_MS
    for (;;) {
      const ownership = takeOwnership(folder, 'serve')
      if (ownership) return serve(folder, ownership, 'serve', options)
      if (readOwner(folder)?.role === 'serve' || Date.now() > deadline) return inUse(folder)
      await sleep(POLL_MS)
    }
  })
}

/** For commands: uses the server of the process that serves, or starts one for the duration. */
export function joinPrivateServer(
  dataFolder: string,
  options: PrivateServerOptions = {},
): Promise<PrivateServerOutcome> {
  return answer(dataFolder, async (folder) => {
    const deadline = Date.now() + JOIN_PATIENCE_MS
    while (Date.now() < deadline) {
      const ownership = takeOwnership(folder, 'command')
      if (ownership) return serve(folder, ownership, 'command', options)
      const server = await visit(folder)
      if (server) return { ok: true, server }
      await sleep(POLL_MS)
    }
    return inUse(folder)
  })
}

/** Runs the start, and puts what the system refuses into words. */
async function answer(
  dataFolder: string,
  start: (folder: DataFolder) => Promise<PrivateServerOutcome>,
): Promise<PrivateServerOutcome> {
  try {
    return await start(openDataFolder(dataFolder))
  } catch (error) {
    const reason = explain(error, dataFolder)
    if (reason === undefined) throw error
    return { ok: false, reason }
  }
}

async function serve(
  folder: DataFolder,
  ownership: Ownership,
  role: Role,
  { report = () => {} }: PrivateServerOptions,
): Promise<PrivateServerOutcome> {
  let address: Address | undefined
  const release = () => {
    if (address) removeAlias(address)
    ownership.release()
  }
  try {
    const account = chooseAccount(folder.cluster)
    const binaries = await findBinaries(account)
    await prepareCluster(folder, binaries, account)
    const contact = await chooseAddress(folder.cluster)
    address = contact
    const access = accessTo(folder, contact)
    const postmaster = await keepPostmaster({ folder, address, account, binaries, report })
    const stop = async () => {
      ownership.withdraw()
      if (role === 'command') await guestsLeft(access.connection)
      await postmaster.stop()
      release()
    }
    try {
      ownership.announce(contact)
    } catch (error) {
      await postmaster.stop()
      throw error
    }
    let stopped: Promise<void> | undefined
    const stopOnce = () => {
      stopped ??= stop()
      return stopped
    }
    return { ok: true, server: { ...access, stop: stopOnce } }
  } catch (error) {
    release()
    throw error
  }
}

function accessTo(folder: DataFolder, { host, port }: Address) {
  const { program: password } = readPasswords(folder)
  const connection = { host, port, user: PROGRAM, password, database: PROGRAM }
  const query = `host=${encodeURIComponent(host)}&port=${port}`
  return {
    connection,
    // The password is base64url: nothing in it to encode.
    connectionString: `postgresql://${PROGRAM}:${password}@/${PROGRAM}?${query}`,
  }
}

/** Connects to the owner's server and holds it up, or returns undefined while there is none. */
async function visit(folder: DataFolder): Promise<PrivateServer | undefined> {
  const address = readOwner(folder)?.address
  if (address === undefined) return undefined
  const access = accessTo(folder, address)
  const presence = new pg.Client({ ...access.connection, application_name: GUEST })
  presence.on('error', () => {}) // The owner's to notice and mend.
  const stop = () => presence.end()
  try {
    await presence.connect()
  } catch {
    return undefined
  }
  // A stopping owner takes its address back before it looks for guests. Still seen now that we are
  // connected, it means that the owner will see us.
  if (readOwner(folder)?.address) return { ...access, stop }
  await stop()
  return undefined
}

/** Waits until no command uses the server that this command started. */
async function guestsLeft(connection: Connection): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  const deadline = Date.now() + GUEST_PATIENCE_MS
  try {
    await client.connect()
    const query = 'SELECT 1 FROM pg_stat_activity WHERE application_name = $1 LIMIT 1'
    while (Date.now() < deadline) {
      if ((await client.query(query, [GUEST])).rowCount === 0) return
      await sleep(POLL_MS)
    }
  } catch {
    // The server is down: nobody is left who uses it.
  } finally {
    await client.end().catch(() => {})
  }
}

function inUse(folder: DataFolder): PrivateServerOutcome {
  const pid = readOwner(folder)?.pid
  const holder = pid === undefined ? 'another process' : `another ichido (process ${pid})`
  return {
    ok: false,
    reason:
      `The data folder ${folder.root} is in use by ${holder}. Stop that one first, or ` +
      'name another folder with ICHIDO_DATA.',
  }
}
