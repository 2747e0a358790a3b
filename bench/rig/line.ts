/**
 * One keep-alive HTTP connection, one request at a time. The load generator shares the machine with
 * the server it measures, so it does no more than HTTP/1.1 asks of a client (RFC 9112).
 */
import net from 'node:net'

export interface Answer {
  readonly status: number
  /** Status line and fields, as they came. */
  readonly head: string
  readonly body: Buffer
}

export interface Line {
  /** Throws when the connection breaks before the answer is whole. */
  send(request: Buffer): Promise<Answer>
  close(): void
}

/** Opens a connection to the origin. */
export function openLine(origin: string): Promise<Line> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port), noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(lineOn(socket))
    })
  })
}

function lineOn(socket: net.Socket): Line {
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined
  let received: Buffer = Buffer.alloc(0)
  let broken: Error | undefined
  const breakOff = (error: Error) => {
    broken ??= error
    waiting?.reject(broken)
    waiting = undefined
  }
  socket.on('error', breakOff)
  socket.on('close', () => breakOff(new Error('the connection was closed')))
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = wholeAnswer(received)
    if (answer === undefined) return
    received = Buffer.alloc(0)
    const { resolve } = waiting ?? {}
    waiting = undefined
    resolve?.(answer)
  })
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken)
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** The answer, once all of it is there. */
function wholeAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const start = end + 4
  if (status === 204 || status === 304) return { status, head, body: Buffer.alloc(0) }
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length === undefined) {
    const body = unchunk(bytes, start)
    return body && { status, head, body }
  }
  const stop = start + Number(length)
  return bytes.length < stop ? undefined : { status, head, body: bytes.subarray(start, stop) }
}

/** The body in chunks (RFC 9112 §7.1), undefined while the last one is missing. */
function unchunk(bytes: Buffer, start: number): Buffer | undefined {
  const chunks: Buffer[] = []
  for (let at = start; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (size === 0) return bytes.length < end + 4 ? undefined : Buffer.concat(chunks)
    at = end + 2 + size + 2
    if (bytes.length < at) return undefined
    chunks.push(bytes.subarray(end + 2, end + 2 + size))
  }
}
