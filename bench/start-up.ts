/** From the start of the process to the `ready` line, as an operator waits for it. */
import { makeDataFolder } from './rig/installation.ts'
import { startServer } from './rig/server-process.ts'
import { median } from './rig/statistics.ts'

const STARTS = 3

export interface StartUp {
  readonly firstEverMs: number
  readonly dataPresentMs: number
}

/** The first start of an installation, and the median of later ones. */
export async function measureStartUp(): Promise<StartUp> {
  const data = makeDataFolder('bench-start')
  const start = async () => {
    const server = await startServer({ ICHIDO_DATA: data.folder })
    await server.stop()
    return server.readyMs
  }
  try {
    const firstEverMs = await start()
    const laterMs: number[] = []
    for (let round = 0; round < STARTS; round += 1) laterMs.push(await start())
    return { firstEverMs, dataPresentMs: median(laterMs) }
  } finally {
    data.remove()
  }
}
