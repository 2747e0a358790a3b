/** Bodies as they come over HTTP: whole, too large, broken off. */
import net from 'node:net'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { readText } from '../../src/web/body-text.ts'
import { type Listening, listen } from '../../src/web/listen.ts'

const MOST = 64 * 1024
const THROWN_AWAY = 1024

let site: Listening
const read: unknown[] = []
beforeAll(async () => {
  const app = new Hono()
  app.post('/', async (c) => {
    read.push(await readText(c.req.raw, THROWN_AWAY))
    return c.text('read')
  })
  site = await listen(app, '127.0.0.1', 0)
})
beforeEach(() => {
  read.length = 0
})
afterAll(() => site.close())

const post = (...more: string[]) => `POST / HTTP/1.1\r\nHost: x\r\n${more.join('\r\n')}\r\n\r\n`
const declared = (bytes: number) => post(`Content-Length: ${bytes}`)
const CHUNKED = post('Transfer-Encoding: chunked')
const chunkOf = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n`
const END = chunkOf('')

/** What was read of what is sent, by a sender who then goes away. */
async function readOf(...sent: string[]): Promise<unknown> {
  const socket = net.connect(site.port, '127.0.0.1')
  socket.write(sent.join(''))
  await Promise.race([
    new Promise((resolve) => socket.once('data', resolve)),
    new Promise((resolve) => setTimeout(resolve, 200)),
  ])
  socket.destroy()
  return vi.waitFor(() => {
    expect(read).toHaveLength(1)
    return read[0]
  })
}

test('a whole body is its text, whether its length is told or not', async () => {
  expect(await readOf(declared(6), '振込')).toBe('振込')
  read.length = 0
  expect(await readOf(CHUNKED, chunkOf('a=1'), chunkOf('&b=2'), END)).toBe('a=1&b=2')
  read.length = 0
  expect(await readOf(declared(0))).toBe('')
})

test('64 KiB are read, one byte more is not', async () => {
  expect(await readOf(declared(MOST), 'x'.repeat(MOST))).toHaveLength(MOST)
  read.length = 0
  expect(await readOf(declared(MOST + 1), 'x'.repeat(MOST + 1))).toBe(413)
  read.length = 0
  expect(await readOf(CHUNKED, chunkOf('x'.repeat(MOST)), chunkOf('x'), END)).toBe(413)
})

test('a body that would be far too large is not waited for', async () => {
  expect(await readOf(declared(MOST + THROWN_AWAY + 1))).toBe(413)
  read.length = 0
  expect(await readOf(CHUNKED, chunkOf('x'.repeat(MOST + THROWN_AWAY + 1)))).toBe(413)
})

test('one that breaks off is no mistake of ours', async () => {
  expect(await readOf(declared(100), 'a=1')).toBe(400)
  read.length = 0
  expect(await readOf(declared(MOST + 1), 'a=1')).toBe(400)
  read.length = 0
  expect(await readOf(CHUNKED, chunkOf('a=1'))).toBe(400)
})
