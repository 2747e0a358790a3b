import { expect, test } from 'vitest'
import { passwordHasher } from '../../src/store/passwords.ts'
import { atOnce } from '../bank/test-bank.ts'

test('argon2id with 19 MiB, two passes, one lane; the password itself and nothing near it', async () => {
  const hasher = passwordHasher({ running: 2, waiting: 20 })
  const hash = await hasher.hash('Ichido01')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await hasher.hash('Ichido01')).not.toBe(hash)
  expect(await hasher.verify(hash, 'Ichido01')).toBe(true)
  for (const wrong of ['ichido01', 'Ichido01 ', 'Ｉｃｈｉｄｏ０１', 'Ichido0', '']) {
    expect(await hasher.verify(hash, wrong)).toBe(false)
  }
})

test('without a hash the answer is no, after the same work', async () => {
  const hasher = passwordHasher({ running: 1, waiting: 0 })
  const hash = await hasher.hash('the password of no one')
  expect(await hasher.verify(undefined, 'the password of no one')).toBe(false)
  const workOf = async (known: string | undefined) => {
    const before = process.cpuUsage()
    for (let round = 0; round < 9; round += 1) await hasher.verify(known, 'Wrong0000')
    return process.cpuUsage(before).user
  }
  const ratio = (await workOf(undefined)) / (await workOf(hash))
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('the queue is bounded; who does not fit is told at once, and later there is room again', async () => {
  const hasher = passwordHasher({ running: 1, waiting: 3 })
  const hash = await hasher.hash('Ichido01')
  const answers = await atOnce(10, () => hasher.verify(hash, 'Ichido01'))
  expect(answers.filter((answer) => answer === true)).toHaveLength(4)
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(6)
  expect(await hasher.verify(hash, 'Ichido01')).toBe(true)
})
