/**
 * `npm run storm [-- --rounds N] [--guesses N] [--pages N] [--kills N]`: races and kills against the real
 * server. Prints what it did and found; exit 1 on any violation.
 */
import { parseArgs } from 'node:util'
import { stormClock } from './clock.ts'
import { checkEvidence } from './evidence.ts'
import { Findings } from './findings.ts'
import { stormGuesses } from './guesses.ts'
import { stormDatabaseKills, stormServerKills } from './kills.ts'
import { stormOneCode } from './one-code.ts'
import { stormPageGuesses } from './page-guesses.ts'
import { startTwoProcesses } from './two-processes.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    guesses: { type: 'string', default: '20' },
    pages: { type: 'string', default: '2' },
    kills: { type: 'string', default: '50' },
  },
})

const findings = new Findings()
const two = await startTwoProcesses()
await stormOneCode(two, findings, Number(options.rounds))
const restarted = await stormGuesses(two, findings, Number(options.guesses))
await stormPageGuesses(restarted, findings, Number(options.pages))
await stormClock(restarted, findings)
const { backdoor, folder } = restarted
const leaves = await checkEvidence(backdoor, folder, findings, 'moved')
findings.note(`the log of both processes was examined: ${leaves} events`)
await restarted.stop()
await stormServerKills(findings, Number(options.kills))
await stormDatabaseKills(findings, Number(options.kills))
const { violations } = findings
findings.note(violations === 0 ? 'no violation' : `${violations} violations`)
process.exitCode = violations === 0 ? 0 : 1
