/**
 * Executable transcripts: a text with commands as an operator types them and what they answer. A
 * line that begins with `$ ichido` is run; the lines below it are what it writes, on either stream,
 * where `…` stands for any text; `exit N` tells an exit code that is not 0.
 */
import { expect, vi } from 'vitest'
import { program } from '../../src/cli/program.ts'
import type { AsCommand } from '../../src/commands/command.ts'
import { operatorActions } from '../../src/commands/operator-actions.ts'
import { readSettings } from '../../src/settings.ts'
import { openKeyRing } from '../../src/store/keys/key-ring.ts'
import { fixedKey } from '../../src/store/keys/wrapping-keys.ts'
import { type TestBank, WRAPPING_KEY } from '../bank/test-bank.ts'

export interface Answer {
  readonly exitCode: number
  /** Standard output and standard error, in the order in which they were written. */
  readonly lines: readonly string[]
}

export type Ichido = (args: readonly string[]) => Promise<Answer>

/**
 * The command line on the bank of a test, with everything real but the process; the settings are
 * environment variables.
 */
export function ichidoOn(
  { ports, pool, clock, connectionString }: TestBank,
  environment: Readonly<Record<string, string>> = {},
): Ichido {
  const read = readSettings(environment)
  if (!read.ok) throw new Error(read.reasons.join())
  const hashing = () => ({ running: 0, waiting: 0 })
  const wrappingKeys = fixedKey(WRAPPING_KEY)
  const keyRing = openKeyRing(pool, wrappingKeys, clock.now)
  const keys = { wrappingKeys, keyRing, installationSecret: WRAPPING_KEY }
  const open = { ports, pool, clock, ...keys, connectionString, hashing, close: async () => {} }
  const asCommand: AsCommand = (work) => work(open, read.settings)
  const never = () => Promise.reject(new Error('not in a transcript'))
  const actions = {
    serve: never,
    ...operatorActions(asCommand, () => read.settings),
    migrate: never,
  }
  return async (args) => {
    let written = ''
    const listen = (stream: NodeJS.WriteStream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        written += chunk
        return true
      })
    const streams = [listen(process.stdout), listen(process.stderr)]
    try {
      const exitCode = await program(actions, args)
      return { exitCode, lines: written.replace(/\n$/, '').split('\n') }
    } finally {
      for (const stream of streams) stream.mockRestore()
    }
  }
}

/** Runs every command of the transcript and holds what it answers against what is written there. */
export async function follow(ichido: Ichido, transcript: string): Promise<void> {
  const steps = transcript
    .split(/^\$ ichido /m)
    .slice(1)
    .map((step) => step.trimEnd().split('\n'))
  for (const [command = '', ...expected] of steps) {
    const { exitCode, lines } = await ichido(wordsOf(command))
    const told = exitCode === 0 ? lines : [...lines, `exit ${exitCode}`]
    const fits =
      told.length === expected.length &&
      told.every((line, place) => isLike(line, expected[place] ?? ''))
    if (!fits)
      expect(`$ ichido ${command}\n${told.join('\n')}`).toBe(
        `$ ichido ${command}\n${expected.join('\n')}`,
      )
  }
  expect(steps.length).toBeGreaterThan(0)
}

/** The words of a command line; quotes hold words with spaces together. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

function isLike(line: string, expected: string): boolean {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(line)
}
