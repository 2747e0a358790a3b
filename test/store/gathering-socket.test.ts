/** What is written in one turn of the event loop leaves in one piece, and nothing is held back. */
import net from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatheringSocket } from '../../src/store/gathering-socket.ts'

let server: net.Server
let port: number
const received: string[] = []
beforeAll(async () => {
  server = net.createServer((peer) => {
    peer.on('data', (chunk) => received.push(chunk.toString()))
    peer.on('end', () => peer.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as net.AddressInfo).port
})
afterAll(() => server.close())

/** A connected socket, and how many pieces it has handed to the operating system. */
async function connected() {
  const socket = gatheringSocket()
  let pieces = 0
  const count =
    <T extends unknown[]>(send: (...sent: T) => void) =>
    (...sent: T) => {
      pieces += 1
      send.apply(socket, sent)
    }
  socket._write = count(socket._write)
  socket._writev = count(socket._writev ?? (() => {}))
  await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve))
  return { socket, pieces: () => pieces }
}

test('statements of one turn are one piece, with those that promises add', async () => {
  const { socket, pieces } = await connected()
  received.length = 0
  socket.write('begin;')
  socket.write('lock;')
  await Promise.resolve()
  await Promise.resolve()
  socket.write('savepoint;')
  await nextTurn()
  expect(pieces()).toBe(1)
  socket.write('commit;')
  await nextTurn()
  expect(pieces()).toBe(2)
  socket.destroy()
})

test('what was written before the end arrives whole and in order', async () => {
  const { socket } = await connected()
  received.length = 0
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (let part = 0; part < 100; part += 1) socket.write(`${part},`)
  socket.end('end')
  await closed
  const numbers = Array.from({ length: 100 }, (_, part) => `${part},`).join('')
  expect(received.join('')).toBe(`${numbers}end`)
})
