import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Repeated, repeat } from '../repeat.ts'
import { continueRotation, type RotationParts } from './data-key-rotation.ts'
import { announceHolder, withdrawHolder } from './key-holders.ts'
import type { Onward } from './resealing.ts'

const EVERY_MS = 2_000
/** After each batch of a rotation the server's own work comes first. */
const BREATH_MS = 10
/** Rows that do not open will not do so in two seconds either: an operator has to look. */
const AFTER_TROUBLE_MS = 10 * 60 * 1000

/**
 * What a serving process does about keys until it is stopped: it reads a changed key file, says
 * which keys it holds, forgets destroyed ones, and goes on with a rotation of data keys that is not
 * finished.
 */
export function startKeyWatch(parts: RotationParts, logger: Logger): Repeated {
  const { pool, keyRing, wrappingKeys } = parts
  const id = parts.random.id()
  const announcing = lookAfter(logger, async () => {
    try {
      wrappingKeys.refresh()
    } finally {
      // With a key file that cannot be read it serves all the same, and has to be waited for.
      await announceHolder(pool, id, wrappingKeys)
    }
  })

  let quietUntilMs = 0
  const resealing = lookAfter(logger, async (isStopped) => {
    if (performance.now() < quietUntilMs) return
    const onBatch = async (): Promise<Onward> => {
      await sleep(BREATH_MS)
      return isStopped() ? 'stop' : 'go on'
    }
    for (const { bankCode, state, unopenable } of await continueRotation(parts, { onBatch })) {
      if (state === 'destroyed') logger.info({ bankCode }, 'an old data key was destroyed')
      if (unopenable.count === 0) continue
      quietUntilMs = performance.now() + AFTER_TROUBLE_MS
      logger.error({ bankCode, ...unopenable }, 'sealed rows do not open')
    }
    await keyRing.forgetDestroyed()
  })

  return {
    async stop() {
      await Promise.all([announcing.stop(), resealing.stop()])
      await withdrawHolder(pool, id).catch(() => {})
    },
  }
}

/** Each time two seconds after the end of the last. */
const lookAfter = (logger: Logger, step: (isStopped: () => boolean) => Promise<void>): Repeated =>
  repeat({
    everyMs: EVERY_MS,
    step,
    failed: (error) =>
      logger.warn({ err: error }, 'the keys could not be looked after and are tried again'),
  })
