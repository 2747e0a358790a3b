/** The memory of the server under lasting load: codes of 32 clients, logins and pages between. */
import { actsPerSecond } from './load.ts'
import { HOLDERS_PASSWORD } from './rig/accounts.ts'
import { Browser } from './rig/browser.ts'
import type { ServerProcess } from './rig/server-process.ts'
import type { HeldToken } from './rig/tokens.ts'
import { type Bench, verifyForAWhile } from './verifications.ts'

const CLIENTS = 32
const BURST_SECONDS = 20

/** Resident bytes at the end of each minute. The holders have accounts and a password by now. */
export async function soak(
  server: ServerProcess,
  bench: Bench,
  holders: readonly HeldToken[],
  minutes: number,
): Promise<number[]> {
  const bytes: number[] = []
  const startedMs = performance.now()
  for (let minute = 1; minute <= minutes; minute += 1) {
    while (performance.now() < startedMs + minute * 60_000) {
      await verifyForAWhile(bench, CLIENTS, BURST_SECONDS)
      await logIn(server.ready.banking, holders)
    }
    const resident = server.residentBytes()
    if (resident !== undefined) bytes.push(resident)
  }
  return bytes
}

/** Four customers at a time log in and look at their home page. */
async function logIn(banking: string, holders: readonly HeldToken[]): Promise<void> {
  const waiting = [...holders]
  const client = async () => {
    const holder = waiting.pop()
    if (holder === undefined) return false
    const browser = new Browser(banking)
    const next = await browser.login(holder.contractId, HOLDERS_PASSWORD)
    if (next !== '/home') throw new Error(`a login led to ${next}`)
    await browser.get(next)
    browser.close()
    return true
  }
  await actsPerSecond([client, client, client, client], BURST_SECONDS)
}
