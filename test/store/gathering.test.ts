import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Gathering, type GatheringSettings } from '../../src/store/gathering.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Runs that answer each item with its double, and note who went together. */
function doubling(settings: Partial<GatheringSettings<number, number>> = {}) {
  const runs: number[][] = []
  let underWay = 0
  let mostUnderWay = 0
  const gathering = new Gathering<number, number>({
    atOnce: 2,
    most: 4,
    async run(items) {
      runs.push([...items])
      underWay += 1
      mostUnderWay = Math.max(mostUnderWay, underWay)
      await pause(2)
      underWay -= 1
      return items.map((item) => item * 2)
    },
    ...settings,
  })
  return { gathering, runs, mostUnderWay: () => mostUnderWay }
}

test('everyone gets the own answer; runs stay within their limits', async () => {
  const { gathering, runs, mostUnderWay } = doubling()
  const items = Array.from({ length: 50 }, (_, place) => place)
  const answers = await Promise.all(items.map((item) => gathering.add(item)))
  expect(answers).toEqual(items.map((item) => item * 2))
  expect(mostUnderWay()).toBeLessThanOrEqual(2)
  expect(Math.max(...runs.map((run) => run.length))).toBe(4)
})

test('a lone item does not wait for company', async () => {
  const { gathering, runs } = doubling()
  expect(await gathering.add(1)).toBe(2)
  expect(await gathering.add(2)).toBe(4)
  expect(runs).toEqual([[1], [2]])
})

test('a run that fails fails its own items only', async () => {
  const gathering = new Gathering<number, number>({
    atOnce: 1,
    most: 1,
    async run([item = 0]) {
      if (item === 2) throw new Error('this one')
      return [item]
    },
  })
  const settled = await Promise.allSettled([1, 2, 3].map((item) => gathering.add(item)))
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('items with a key in common go one after another, in the order they came', async () => {
  const under = new Map<number, number>()
  const order = new Map<number, number[]>()
  const property = fc.asyncProperty(fc.array(fc.nat(30), { maxLength: 40 }), async (items) => {
    order.clear()
    const { gathering } = doubling({
      alone: (item) => [`key ${item % 5}`],
      async run(taken) {
        const keys = taken.map((item) => item % 5)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) {
          expect(under.get(key) ?? 0).toBe(0)
          under.set(key, 1)
        }
        for (const item of taken) order.set(item % 5, [...(order.get(item % 5) ?? []), item])
        await pause(0)
        for (const key of keys) under.set(key, 0)
        return taken.map((item) => item * 2)
      },
    })
    const answers = await Promise.all(items.map((item) => gathering.add(item)))
    expect(answers).toEqual(items.map((item) => item * 2))
    for (const [key, taken] of order) {
      expect(taken).toEqual(items.filter((item) => item % 5 === key))
    }
  })
  await fc.assert(property, { numRuns: 30 })
})
