import fs from 'node:fs/promises'
import path from 'node:path'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Head } from '../../evidence/head.ts'
import { provesConsistency } from '../../evidence/proofs.ts'
import { type Repeated, repeat } from '../repeat.ts'
import { keepPublished, newestHeads, type StoredHead } from './heads.ts'
import type { LogKeys } from './log-keys.ts'
import { headLine, lastHeads } from './published-heads.ts'
import { LogNotWhole, treeOf } from './tree-reading.ts'

const EVERY_MS = 60_000
/** After a failure the heads are offered again soon. */
const AGAIN_MS = 5_000
const POST_PATIENCE_MS = 5_000

/** Where signed heads go, out of the reach of whoever changes the database. */
export type HeadsTarget = { readonly file: string } | { readonly url: string }

export interface PublisherParts {
  readonly pool: Pool
  readonly keys: LogKeys
  readonly logger: Logger
  readonly target: HeadsTarget
}

export interface HeadPublisher {
  /** Publishes the newest head of each log that has grown. */
  round(): Promise<void>
}

/**
 * Publishes heads, each as a line. Every process publishes by itself: a head that is there twice
 * says no less, and none is missing because another process has died. Before a head goes out it is
 * looked at whether the log still begins with the one that went out before.
 */
export function headPublisher({ pool, keys, logger, target }: PublisherParts): HeadPublisher {
  let known: Map<string, Head> | undefined
  return {
    async round() {
      known ??= await lastPublished(target, keys)
      for (const head of await newestHeads(pool, keys, null)) {
        const before = known.get(head.bankCode)
        if (before?.size === head.size && before.root.equals(head.root)) continue
        if (before !== undefined && !(await continues(pool, before, head))) {
          const { bankCode, size } = head
          logger.error(
            { bankCode, published: before.size, size },
            'the log does not continue the head that was published before: run audit verify',
          )
        }
        await publish(target, headLine(head))
        await keepPublished(pool, head)
        known.set(head.bankCode, head)
      }
    },
  }
}

/** A file says what has gone out before this process began; a host is told everything anew. */
async function lastPublished(target: HeadsTarget, keys: LogKeys): Promise<Map<string, Head>> {
  if (!('file' in target)) return new Map()
  return lastHeads(target.file, [...(await keys.published()).values()])
}

async function continues(pool: Pool, before: Head, head: StoredHead): Promise<boolean> {
  if (before.size > head.size) return false
  try {
    const proof = await treeOf(pool, head.bankCode).consistency(before.size, head.size)
    return provesConsistency(before, head, proof)
  } catch (error) {
    if (error instanceof LogNotWhole) return false
    throw error
  }
}

async function publish(target: HeadsTarget, line: string): Promise<void> {
  if ('file' in target) return append(target.file, line)
  const answer = await fetch(target.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: line,
    redirect: 'error',
    signal: AbortSignal.timeout(POST_PATIENCE_MS),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the host of the heads answered with ${answer.status}`)
}

/** On the disk before it counts as published. A line that a crash has torn is ended first. */
async function append(file: string, line: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true })
  const handle = await fs.open(file, 'a+')
  try {
    const { size } = await handle.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await handle.read(last, 0, 1, size - 1)
    const torn = size > 0 && last.toString() !== '\n'
    await handle.appendFile(`${torn ? '\n' : ''}${line}\n`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** Publishes every minute until it is stopped, and then once more. */
export function startHeadPublisher(parts: PublisherParts): Repeated {
  const publisher = headPublisher(parts)
  const failed = (error: unknown) =>
    parts.logger.warn({ err: error }, 'heads could not be published and are offered again')
  const publishing = repeat({
    everyMs: EVERY_MS,
    afterFailureMs: AGAIN_MS,
    step: publisher.round,
    failed,
  })
  return {
    async stop() {
      await publishing.stop()
      await publisher.round().catch(failed)
    },
  }
}
