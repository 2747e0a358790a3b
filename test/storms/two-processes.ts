/** Two server processes on one database, as a bank runs them side by side. */
import path from 'node:path'
import { type Backdoor, makeDataFolder, openBackdoor } from '../../bench/rig/installation.ts'
import { type ServerProcess, startServer } from '../../bench/rig/server-process.ts'
import { startPrivateServer } from '../../src/store/private-server.ts'
import { type MovableClock, makeClock } from './movable-clock.ts'

export interface TwoProcesses {
  readonly servers: readonly [ServerProcess, ServerProcess]
  readonly backdoor: Backdoor
  readonly clock: MovableClock
  readonly folder: string
  /** Ends both servers and starts two new ones on the same database. */
  restart(): Promise<TwoProcesses>
  stop(): Promise<void>
}

export async function startTwoProcesses(): Promise<TwoProcesses> {
  const data = makeDataFolder('storm')
  const started = await startPrivateServer(data.folder)
  if (!started.ok) throw new Error(started.reason)
  const { connectionString, stop: stopDatabase } = started.server
  const keyFile = path.join(data.folder, 'key')
  const backdoor = openBackdoor(connectionString, keyFile)
  const clock = makeClock(path.join(data.folder, 'clock'))
  const environment = {
    ICHIDO_DATA: data.folder,
    ICHIDO_KEY_FILE: keyFile,
    ICHIDO_CLOCK: clock.file,
    DATABASE_URL: connectionString,
  }
  const run = async (): Promise<TwoProcesses> => {
    const servers = await Promise.all([startServer(environment), startServer(environment)])
    const stopServers = () => Promise.all(servers.map((server) => server.stop()))
    const restart = async () => {
      await stopServers()
      return run()
    }
    const stop = async () => {
      await stopServers()
      await backdoor.close()
      await stopDatabase()
      data.remove()
    }
    return { servers, backdoor, clock, folder: data.folder, restart, stop }
  }
  return run()
}
