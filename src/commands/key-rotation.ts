import { setTimeout as sleep } from 'node:timers/promises'
import type { RotationWish } from '../cli/key.ts'
import type { RotationStep } from '../cli/rotation-words.ts'
import type { OpenPorts } from '../open-ports.ts'
import {
  continueRotation,
  type RotationParts,
  rotateDataKeys,
} from '../store/keys/data-key-rotation.ts'
import { boxesLeft, supersededKeys } from '../store/keys/resealing.ts'
import {
  rotateWrappingKey,
  type WrappingRotationParts,
} from '../store/keys/wrapping-key-rotation.ts'

const err = (line: string) => process.stderr.write(`${line}\n`)

type Tell = (step: RotationStep) => void

/** `ichido key rotate`: the wrapping key at once, then the data keys. Returns the exit code. */
export async function rotateKeys(
  open: OpenPorts,
  keyFile: string,
  wish: RotationWish,
  tell: Tell,
): Promise<number> {
  const { random } = open.ports
  const parts: RotationParts = { ...open, random, by: 'key rotate', runId: random.id() }
  if (wish.wrapping && !(await rotateWrapping(parts, keyFile, wish, tell))) return 1
  if (wish.data && !(await rotateData(parts, wish, tell))) return 1
  tell({ step: 'finished' })
  return 0
}

async function rotateWrapping(
  parts: RotationParts,
  keyFile: string,
  wish: RotationWish,
  tell: Tell,
): Promise<boolean> {
  const onWaiting: WrappingRotationParts['onWaiting'] = (servers) =>
    tell({ step: 'waiting-for-servers', servers })
  const patienceMs = wish.waitSeconds * 1000
  const rotated = await rotateWrappingKey({ ...parts, keyFile, patienceMs, onWaiting })
  if (!rotated.ok) {
    err(rotated.reason)
    return false
  }
  const { ok: _, ...told } = rotated
  tell({ step: 'wrapping-key', ...told })
  return true
}

async function rotateData(parts: RotationParts, wish: RotationWish, tell: Tell): Promise<boolean> {
  const rotations = await rotateDataKeys(parts, wish.bankCode)
  if (rotations === undefined) {
    err(`bank ${wish.bankCode} has no data key`)
    return false
  }
  for (const one of rotations) {
    if (one.outcome === 'under-way') tell({ step: 'under-way', bank: one.bankCode })
    else tell({ step: 'data-key', bank: one.bankCode, version: one.version })
  }
  if (wish.background) tell({ step: 'left-to-servers' })
  return wish.background || finish(parts, tell)
}

const ROUND_MS = 300
const TELL_EVERY_MS = 1_000

/** Goes on until no old data key is left. False when there are rows that do not open. */
async function finish(parts: RotationParts, tell: Tell): Promise<boolean> {
  const superseded = await supersededKeys(parts.pool)
  const counts = await Promise.all(superseded.map((of) => boxesLeft(parts.pool, of)))
  // Servers do their part of it, too: then less is done here than there was to do.
  const all = counts.reduce((sum, count) => sum + count, 0)
  let done = 0
  let nextTellMs = 0
  const onBatch = async (resealed: number) => {
    done += resealed
    if (resealed > 0 && performance.now() >= nextTellMs) {
      tell({ step: 'sealing', done, of: all })
      nextTellMs = performance.now() + TELL_EVERY_MS
    }
    return 'go on' as const
  }
  let paused = false
  for (;;) {
    const progress = await continueRotation(parts, { onBatch })
    if (progress.length === 0) return true
    const spoilt = progress.filter(({ unopenable }) => unopenable.count > 0)
    for (const { bankCode, unopenable } of spoilt) {
      const { count, named } = unopenable
      err(
        `bank ${bankCode}: ${count} rows do not open, and keep their old key: ${named.join(', ')}`,
      )
    }
    if (spoilt.length > 0) return false
    for (const { state, bankCode } of progress) {
      if (state === 'destroyed') tell({ step: 'destroyed', bank: bankCode })
    }
    if (!paused && progress.every(({ state }) => state === 'waiting')) {
      tell({ step: 'sealing', done: all, of: all })
      tell({ step: 'waiting-for-readers' })
      paused = true
    }
    await sleep(ROUND_MS)
  }
}
