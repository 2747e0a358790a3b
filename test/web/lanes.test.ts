import { expect, test } from 'vitest'
import { lanes } from '../../src/web/lanes.ts'

/** Work that ends when it is told to. */
function work() {
  let end: (value: string) => void = () => {}
  let begun = false
  const ended = new Promise<string>((resolve) => {
    end = resolve
  })
  const run = () => {
    begun = true
    return ended
  }
  return { run, end: (value: string) => end(value), hasBegun: () => begun }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('so many run abreast, the others wait in line, and too many are turned away', async () => {
  const pass = lanes({ abreast: 2, waiting: 1 })
  const [first, second, third, fourth] = [work(), work(), work(), work()]
  const answers = [first, second, third].map(({ run }) => pass('one', run))
  expect(await pass('one', fourth.run)).toBe('full')
  expect([first, second, third, fourth].map(({ hasBegun }) => hasBegun())).toEqual([
    true,
    true,
    false,
    false,
  ])
  first.end('first')
  expect(await answers[0]).toBe('first')
  await settle()
  expect(third.hasBegun()).toBe(true)
  second.end('second')
  third.end('third')
  expect(await Promise.all(answers)).toEqual(['first', 'second', 'third'])
})

test('one key never waits for another', async () => {
  const pass = lanes({ abreast: 1, waiting: 0 })
  const [one, other] = [work(), work()]
  const waiting = pass('one', one.run)
  const passing = pass('other', other.run)
  other.end('other')
  expect(await passing).toBe('other')
  one.end('one')
  expect(await waiting).toBe('one')
})

test('work that fails leaves its place', async () => {
  const pass = lanes({ abreast: 1, waiting: 5 })
  const failing = pass('one', () => Promise.reject(new Error('it failed')))
  const next = pass('one', async () => 'next')
  await expect(failing).rejects.toThrow('it failed')
  expect(await next).toBe('next')
})
