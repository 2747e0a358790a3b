/** The only place that wires the rooms together, and the doors of the command line. */

import { program } from './cli/program.ts'
import { welcome } from './cli/welcome.ts'
import type { AsCommand } from './commands/command.ts'
import { operatorActions } from './commands/operator-actions.ts'
import { openPorts } from './open-ports.ts'
import { type Serving, startServing } from './serve.ts'
import { readSettings, type Settings } from './settings.ts'

const err = (line: string) => process.stderr.write(`${line}\n`)
const out = (line: string) => process.stdout.write(`${line}\n`)

/** Runs a command. Returns the exit code: 0 done, 1 refused, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await program({ serve, ...operatorActions(asCommand, settingsOrComplain) }, args)
  } catch (error) {
    // What went wrong outside: an operator reads the sentence, whoever wants the stack sets DEBUG.
    err(error instanceof Error ? error.message : String(error))
    if (process.env.DEBUG && error instanceof Error) err(String(error.stack))
    return 1
  }
}

function settingsOrComplain(): Settings | undefined {
  const read = readSettings(process.env)
  if (read.ok) return read.settings
  for (const reason of read.reasons) err(reason)
  return undefined
}

async function serve(): Promise<number> {
  const settings = settingsOrComplain()
  if (settings === undefined) return 2
  const outcome = await startServing(settings, err)
  if (!outcome.ok) {
    err(outcome.reason)
    return 1
  }
  const { serving } = outcome
  const ended = untilTold(serving)
  for (const line of welcome(serving.origins, serving.demo, serving.addresses)) out(line)
  return ended
}

/** Serves until the process is told to end, then lets everything go in order. */
function untilTold(serving: Serving): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = false
    const end = () => {
      if (told) process.exit(1)
      told = true
      serving.stop().then(() => resolve(0), reject)
    }
    process.on('SIGINT', end)
    process.on('SIGTERM', end)
  })
}

/** Settings or database that cannot be had are told here, once for all commands. */
const asCommand: AsCommand = async (work) => {
  const settings = settingsOrComplain()
  if (settings === undefined) return 2
  const opening = await openPorts(settings, { as: 'command', report: err })
  if (!opening.ok) {
    err(opening.reason)
    return 1
  }
  try {
    return await work(opening.open, settings)
  } finally {
    await opening.open.close()
  }
}
