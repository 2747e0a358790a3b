/** The bank of the tests with a key file, which its processes follow, and codes that never stop. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { acceptCode } from '../../../src/bank/one-time-password.ts'
import { openPool } from '../../../src/store/connection.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import type { RotationParts } from '../../../src/store/keys/data-key-rotation.ts'
import { institutionOn } from '../../../src/store/keys/institution.ts'
import { followKeyFile } from '../../../src/store/keys/key-file.ts'
import { openKeyRing } from '../../../src/store/keys/key-ring.ts'
import { startKeyWatch } from '../../../src/store/keys/key-watch.ts'
import { vaultOn } from '../../../src/store/keys/vault.ts'
import type { WrappingRotationParts } from '../../../src/store/keys/wrapping-key-rotation.ts'
import { storeOn } from '../../../src/store/store.ts'
import { codeOfFactor, type HeldToken } from '../../bank/held-token.ts'
import { ask, told } from '../../bank/procedures/verification-steps.ts'
import {
  type Customer,
  openTestBank,
  type Process,
  type TestBank,
  WRAPPING_KEY,
} from '../../bank/test-bank.ts'

/** A process as `open-ports.ts` makes it, and the parts with which it rotates keys. */
export interface KeyedProcess extends Process {
  readonly parts: WrappingRotationParts
}

export interface KeyedBank {
  readonly bank: TestBank
  readonly keyFile: string
  /** One more process that follows the key file, or another one. */
  process(keyFile?: string): KeyedProcess
  /** The same, which also watches its keys as a server does, until the bank is closed. */
  server(keyFile?: string): KeyedProcess
  close(): Promise<void>
}

export async function openKeyedBank(): Promise<KeyedBank> {
  const bank = await openTestBank()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-keys-'))
  const ofBank = path.join(folder, 'key')
  fs.writeFileSync(ofBank, `${WRAPPING_KEY.toString('hex')}\n`, { mode: 0o600 })
  const closing: (() => Promise<void>)[] = []

  const process = (keyFile = ofBank): KeyedProcess => {
    const pool = openPool({ connectionString: bank.connectionString, max: 12 }, () => {})
    closing.push(() => pool.end())
    const { clock, random } = bank.ports
    const wrappingKeys = followKeyFile(keyFile, false)
    const keyRing = openKeyRing(pool, wrappingKeys, clock.now)
    const vault = vaultOn(keyRing)
    const institution = institutionOn(pool, vault)
    const parts: RotationParts = {
      ...{ pool, clock, random, keyRing, wrappingKeys },
      by: 'test',
      runId: random.id(),
    }
    return {
      pool,
      ports: { ...bank.ports, store: storeOn(pool), vault, institution },
      parts: { ...parts, keyFile, patienceMs: 20_000, onWaiting: () => {} },
    }
  }
  const server = (keyFile?: string): KeyedProcess => {
    const made = process(keyFile)
    const watch = startKeyWatch(made.parts, pino({ level: 'silent' }))
    closing.push(() => watch.stop())
    return made
  }
  const close = async () => {
    for (const end of closing.reverse()) await end()
    await bank.close()
    fs.rmSync(folder, { recursive: true })
  }
  return { bank, keyFile: ofBank, process, server, close }
}

export interface Load {
  /** Waits until so many more codes were accepted. */
  goOn(codes: number): Promise<void>
  /** Everything that was not accepted: refusals and errors. */
  stop(): Promise<readonly string[]>
}

/**
 * Customers with an event-based token each, who send one fresh code after the other, by turns to
 * the API and to a page, and by turns to each process.
 */
export async function startLoad(
  { bank }: KeyedBank,
  processes: readonly Process[],
  customers = 4,
): Promise<Load> {
  let accepted = 0
  let stopped = false
  const troubles: string[] = []
  const goOn = async (codes: number) => {
    const wanted = accepted + codes
    while (accepted < wanted && troubles.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const send = async (customer: Customer, token: HeldToken) => {
    for (let counter = 0; !stopped && troubles.length === 0; counter += 1) {
      const process = processes[counter % processes.length]
      if (process === undefined) throw new Error('no process')
      const otp = codeOfFactor(token, counter)
      try {
        const answer =
          counter % 4 < 2 ? await byApi(process, customer, otp) : await byPage(process, token, otp)
        if (answer === 'accepted') accepted += 1
        else troubles.push(answer)
      } catch (error) {
        troubles.push(String(error))
      }
    }
  }
  const running = await Promise.all(
    Array.from({ length: customers }, async () => {
      const token = await bank.makeToken({ kind: 'hotp' })
      const customer = await bank.open({ token })
      return () => send(customer, token)
    }),
  )
  const ended = Promise.all(running.map((begin) => begin()))
  const stop = async () => {
    stopped = true
    await ended
    return troubles
  }
  return { goOn, stop }
}

const byApi = async (process: Process, customer: Customer, otp: string): Promise<string> =>
  told(await ask(process, customer, { otp }))

async function byPage({ ports }: Process, held: HeldToken, otp: string): Promise<string> {
  const outcome = await ports.store.transaction(async (tx) => {
    const token = await tx.tokens.lock(held)
    if (token === undefined) throw new Error('the token of the test has vanished')
    return acceptCode(ports, tx, token, otp, DEMO_BANK.thresholds)
  })
  return outcome.ok ? 'accepted' : outcome.refusal
}
