import type { Pool } from 'pg'
import type { Clock, PasswordHasher, Ports, Vault } from './bank/ports.ts'
import type { Settings } from './settings.ts'
import { movableClock, systemClock } from './store/clock.ts'
import { openPool } from './store/connection.ts'
import { holdsDemo, seedDemo } from './store/demo/seed-demo.ts'
import { seedDemoEnrolment } from './store/demo/seed-demo-enrolment.ts'
import { seedDemoHardware } from './store/demo/seed-demo-hardware.ts'
import { seedDemoStaff } from './store/demo/seed-demo-staff.ts'
import { zenginDirectory } from './store/directory.ts'
import { logKeysOn } from './store/evidence/log-keys.ts'
import { evidenceOn } from './store/evidence/receipt-proof.ts'
import { publicHolidays } from './store/holidays.ts'
import { installationSecret } from './store/keys/installation-secret.ts'
import { institutionOn } from './store/keys/institution.ts'
import { followKeyFile } from './store/keys/key-file.ts'
import { type KeyRing, openKeyRing } from './store/keys/key-ring.ts'
import { vaultOn } from './store/keys/vault.ts'
import type { WrappingKeys } from './store/keys/wrapping-keys.ts'
import { migrate } from './store/migrate.ts'
import { passwordHasher, type QueuedHasher } from './store/passwords.ts'
import { joinPrivateServer, startPrivateServer } from './store/private-server.ts'
import { randomness } from './store/randomness.ts'
import { storeOn } from './store/store.ts'

/** The real parts behind the ports, and what has to be let go at the end. */
export interface OpenPorts {
  readonly ports: Ports
  readonly pool: Pool
  readonly clock: Clock
  /**
   * The same in all processes, and through every rotation of keys: see `installation-secret.ts`.
   */
  readonly installationSecret: Buffer
  readonly wrappingKeys: WrappingKeys
  readonly keyRing: KeyRing
  readonly connectionString: string
  /** The queue of passwords that are to be hashed. */
  readonly hashing: QueuedHasher['standing']
  close(): Promise<void>
}

export type Opening =
  | { readonly ok: true; readonly open: OpenPorts }
  | { readonly ok: false; readonly reason: string }

export interface OpenOptions {
  /**
   * `serve` owns the private server; a command joins the one that runs or starts it for a while.
   */
  readonly as: 'serve' | 'command'
  readonly report: (line: string) => void
}

const POOL_SIZE = 20
const HASHING = { running: 2, waiting: 200 }

/**
 * Opens database, key file and everything on them; in demo mode the demonstration bank is there
 * after it.
 */
export async function openPorts(settings: Settings, options: OpenOptions): Promise<Opening> {
  const wrappingKeys = followKeyFile(settings.keyFile, settings.mode === 'demo')
  const server = await openServer(settings, options)
  if (!server.ok) return server
  const clock = clockOf(settings)
  const { connectionString } = server
  const pool = openPool({ connectionString, max: POOL_SIZE }, (error) =>
    options.report(`a database connection was lost: ${error.message}`),
  )
  const close = async () => {
    await pool.end()
    await server.stop()
  }
  try {
    await migrate(pool)
    const keyRing = openKeyRing(pool, wrappingKeys, () => clock.now())
    const vault = vaultOn(keyRing)
    const passwords = passwordHasher(HASHING)
    if (settings.mode === 'production' && (await holdsDemo(pool))) {
      const reason = 'this database holds the demonstration bank, whose passwords are public'
      await close()
      return { ok: false, reason: `${reason}: production mode needs another one` }
    }
    if (settings.mode === 'demo') {
      const parts = { pool, vault, passwords, nowMs: clock.now() }
      await seedDemo(parts)
      await seedDemoEnrolment(parts)
      await seedDemoStaff(parts)
      await seedDemoHardware(parts)
    }
    await vault.check()
    const ports = portsOn(pool, clock, vault, passwords)
    const secret = await installationSecret(pool, vault)
    const keys = { wrappingKeys, keyRing, installationSecret: secret }
    const hashing = passwords.standing
    return { ok: true, open: { ports, pool, clock, ...keys, hashing, connectionString, close } }
  } catch (error) {
    await close()
    throw error
  }
}

/** The clock that the settings name: the machine's, in demo mode moved where that is wished for. */
export const clockOf = ({ clockFile }: Settings): Clock =>
  clockFile === undefined ? systemClock : movableClock(clockFile)

function portsOn(pool: Pool, clock: Clock, vault: Vault, passwords: PasswordHasher): Ports {
  return {
    clock,
    random: randomness,
    store: storeOn(pool),
    passwords,
    vault,
    directory: zenginDirectory(),
    holidays: publicHolidays,
    institution: institutionOn(pool, vault),
    evidence: evidenceOn(pool, logKeysOn(pool, vault, clock)),
  }
}

type Server =
  | { readonly ok: true; readonly connectionString: string; stop(): Promise<void> }
  | { readonly ok: false; readonly reason: string }

/** The database of the settings as it stands: nothing is migrated or written. */
export async function openServer(settings: Settings, { as, report }: OpenOptions): Promise<Server> {
  if (settings.databaseUrl !== undefined) {
    return { ok: true, connectionString: settings.databaseUrl, stop: async () => {} }
  }
  const started =
    as === 'serve'
      ? await startPrivateServer(settings.dataFolder, { report })
      : await joinPrivateServer(settings.dataFolder, { report })
  if (!started.ok) return started
  const { connectionString, stop } = started.server
  return { ok: true, connectionString, stop }
}
