/**
 * A process that owns or joins a private server, for tests that kill it. Prints one line of JSON
 * with the outcome, stops on SIGTERM, and with `exit` ends itself without stopping the server.
 */
import { joinPrivateServer, startPrivateServer } from '../../src/store/private-server.ts'

const [folder = '', manner = 'start', mask] = process.argv.slice(2)
if (mask !== undefined) process.umask(Number.parseInt(mask, 8))
const begunMs = performance.now()
const outcome = await (manner === 'join' ? joinPrivateServer(folder) : startPrivateServer(folder))
const tookMs = Math.round(performance.now() - begunMs)
const { reason, url } = outcome.ok
  ? { reason: undefined, url: outcome.server.connectionString }
  : { reason: outcome.reason, url: undefined }
console.log(JSON.stringify({ ok: outcome.ok, reason, url, tookMs }))
if (outcome.ok) {
  if (manner === 'exit') process.exit(0)
  const stop = async () => {
    await outcome.server.stop()
    process.exit()
  }
  process.once('SIGTERM', stop)
  // The test process itself was killed: nobody else would end us.
  process.stdin.once('end', stop).resume()
}
