import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import type { Context } from 'hono'
import { formOf, type SubmittedForm } from './form.ts'
import { LONGEST_REQUEST_MS, mayPause } from './slow-requests.ts'

/** A form with a file, of which the bytes are read only as they are asked for. */
export interface Upload {
  /** The fields that stand before the file. */
  readonly form: SubmittedForm
  readonly fileName: string
  /** Ends with an error when the upload breaks off. */
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The upload broke off, came too slowly, or was none. Nothing of it may stay. */
export class UploadBroken extends Error {}

/** Fields are short; what is long is the file. */
const LIMITS = {
  fieldNameSize: 100,
  fieldSize: 4 * 1024,
  fields: 20,
  files: 1,
  parts: 21,
  headerPairs: 20,
  headerSize: 8 * 1024,
}

const PAUSE_MS = 20_000

export interface Receiving<T> {
  /** Asked of the first field, before anything else is read: whether the form is one of ours. */
  readonly isOwn: (csrf: string) => boolean
  readonly work: (upload: Upload) => Promise<T>
  /** So much of what the work did not want is read to its end, so that the browser gets the answer. */
  readonly mostLeftBytes: number
}

export const isMultipart = (c: Context): boolean =>
  /^multipart\/form-data\s*;/i.test(c.req.header('Content-Type') ?? '')

/**
 * Receives a form with a file as a stream: the field `csrf` comes first and is looked at before
 * more is read; the fields stand before the file. What came is not kept. `foreign`: the form is not
 * ours, or no form with a file. Throws what the work throws.
 */
export async function receiveUpload<T>(
  c: Context,
  receiving: Receiving<T>,
): Promise<T | 'foreign'> {
  const reader = readerOf(c)
  const parsing = parse(c, receiving.isOwn)
  if (reader === undefined || parsing === undefined) return 'foreign'
  const feeding = feed(c, reader, parsing)
  const upload = await parsing.upload
  if (upload === undefined) {
    parsing.stop()
    await feeding
    return 'foreign'
  }
  try {
    return await receiving.work(upload)
  } finally {
    parsing.stop()
    await feeding
    await drain(c, reader, receiving.mostLeftBytes)
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

const readerOf = (c: Context): Reader | undefined => c.req.raw.body?.getReader()

interface Parsing {
  readonly parser: InstanceType<typeof Busboy>
  /** The fields and the file, once it begins; undefined when the form is not ours. */
  readonly upload: Promise<Upload | undefined>
  readonly stopped: AbortSignal
  stop(): void
}

/** Undefined when the content type has no boundary. */
function parse(c: Context, isOwn: (csrf: string) => boolean): Parsing | undefined {
  const parser = parserOf(c)
  if (parser === undefined) return undefined
  const stopping = new AbortController()
  const { promise, resolve } = Promise.withResolvers<Upload | undefined>()
  const fields = new URLSearchParams()
  let file: Readable | undefined
  const stop = () => {
    stopping.abort()
    resolve(undefined)
    // Unread, or read to its end: in both cases nobody hears of it any more.
    file?.on('error', () => {}).destroy()
  }
  parser.on('field', (name, value) => {
    const isFirst = fields.size === 0
    if (isFirst && (name !== 'csrf' || !isOwn(value))) stop()
    if (!fields.has(name)) fields.append(name, value)
  })
  parser.on('file', (_name, stream, fileName) => {
    file = stream
    if (fields.size === 0) return stop()
    resolve({ form: formOf(fields), fileName: fileName ?? '', bytes: bytesOf(stream) })
  })
  parser.on('finish', () => resolve(undefined))
  parser.on('error', (error) => {
    file?.destroy(new UploadBroken('the upload is malformed', { cause: error }))
    stop()
  })
  return { parser, upload: promise, stopped: stopping.signal, stop }
}

function parserOf(c: Context): InstanceType<typeof Busboy> | undefined {
  try {
    return new Busboy({
      headers: { 'content-type': c.req.header('Content-Type') ?? '' },
      limits: LIMITS,
    })
  } catch {
    return undefined
  }
}

/** Hands the body to the parser, no faster than the file is read. */
async function feed(c: Context, reader: Reader, { parser, stopped, stop }: Parsing): Promise<void> {
  const broken = (cause: unknown) => {
    parser.emit('error', new UploadBroken('the upload broke off', { cause }))
    stop()
  }
  try {
    while (!stopped.aborted) {
      const piece = await nextOf(c, reader)
      if (piece === undefined) {
        parser.end()
        return
      }
      if (!parser.write(piece)) await once(parser, 'drain', { signal: stopped })
    }
  } catch (error) {
    if (!stopped.aborted) broken(error)
  }
}

/** While we wait for the client its patience is measured, not while it waits for us. */
async function nextOf(c: Context, reader: Reader): Promise<Uint8Array | undefined> {
  mayPause(c, PAUSE_MS)
  const { done, value } = await reader.read()
  mayPause(c, LONGEST_REQUEST_MS)
  return done ? undefined : value
}

async function* bytesOf(stream: Readable): AsyncIterable<Uint8Array> {
  for await (const piece of stream) yield piece as Uint8Array
}

/** A browser that is still sending does not look for the answer. */
async function drain(c: Context, reader: Reader, mostBytes: number): Promise<void> {
  let left = mostBytes
  try {
    for (;;) {
      const piece = await nextOf(c, reader)
      if (piece === undefined) return
      left -= piece.length
      if (left < 0) break
    }
    await reader.cancel()
  } catch {
    // The client has gone: then there is nobody to answer.
  }
}
