/**
 * The challenge: drawn at random, kept until it is answered right, and nothing beyond it is asked.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CARD_IMAGES } from '../../src/bank/card-images.ts'
import { challengeFor, confirm, FIELD_PREFIX, imageChoices } from '../../src/bank/confirmation.ts'
import type { Contract } from '../../src/bank/contract.ts'
import type { Tx } from '../../src/bank/ports.ts'
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import { type Customer, openTestBank, refusalOf, rightAnswers, type TestBank } from './test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const locked = <T>(customer: Customer, work: (tx: Tx, contract: Contract) => Promise<T>) =>
  bank.ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.lock(DEMO_BANK.bankCode, customer.contractId)
    if (contract === undefined) throw new Error('no contract')
    return work(tx, contract)
  })
const challenge = (customer: Customer) =>
  locked(customer, (tx, contract) => challengeFor(bank.ports, tx, contract))
const answer = (customer: Customer, answers: Record<string, string | undefined>) =>
  locked(customer, (tx, contract) => confirm(bank.ports, tx, DEMO_BANK, contract, answers))

const METHODS = [
  ['confirmation-password', 3, 6],
  ['customer-card', 4, 20],
  ['image-card', 2, 9],
] as const

test.each(METHODS)('%s: %i distinct positions of %i, ascending', async (method, asked, of) => {
  const seen = new Set<number>()
  for (let round = 0; round < 30; round += 1) {
    const customer = await bank.open({ method })
    const { kind, positions } = await challenge(customer)
    expect(kind).toBe(method)
    expect(positions).toHaveLength(asked)
    expect([...new Set(positions)].sort((one, other) => one - other)).toEqual(positions)
    for (const position of positions) {
      expect(position >= 1 && position <= of).toBe(true)
      seen.add(position)
    }
  }
  expect(seen.size).toBeGreaterThan(of / 2)
})

test.each(METHODS)(
  '%s: kept through wrong answers, drawn anew after the right one',
  async (method) => {
    const customer = await bank.open({ method })
    const first = await challenge(customer)
    const right = await rightAnswers(bank, customer)
    const [field] = Object.keys(right)
    expect(field).toBe(`${FIELD_PREFIX[method]}1`)
    for (let wrong = 0; wrong < 3; wrong += 1) {
      const told = await answer(customer, { ...right, [field ?? '']: 'x' })
      expect(told).toMatchObject({ refusal: 'wrong-confirmation', field })
      expect(await challenge(customer)).toEqual(first)
    }
    expect(refusalOf(await answer(customer, right))).toBeUndefined()
    expect(refusalOf(await answer(customer, right))).toBe('out-of-order')
  },
)

test('every answer counts: each single wrong one is wrong', async () => {
  const customer = await bank.open({ method: 'customer-card' })
  const right = await rightAnswers(bank, customer)
  for (const field of Object.keys(right)) {
    const told = await answer(customer, { ...right, [field]: '00' })
    expect(told).toMatchObject({ refusal: 'wrong-confirmation', field: 'card1' })
  }
})

test('digits from a Japanese keyboard are forgiven; cells cannot be shifted into one another', async () => {
  const customer = await bank.open({ method: 'customer-card' })
  const right = await rightAnswers(bank, customer)
  const [one, two] = [right.card1 ?? '', right.card2 ?? '']
  const shifted = { ...right, card1: `${one}${two.slice(0, 1)}`, card2: two.slice(1) }
  expect(refusalOf(await answer(customer, shifted))).toBe('wrong-confirmation')
  const quoted = { ...right, card1: `${one}","${two}` }
  expect(refusalOf(await answer(customer, quoted))).toBe('wrong-confirmation')
  const wide = one.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? '')
  expect(refusalOf(await answer(customer, { ...right, card1: `${wide}　` }))).toBeUndefined()
})

test('all images are offered, so the choice itself tells nothing', () => {
  expect(imageChoices()).toEqual(CARD_IMAGES)
  expect(new Set(CARD_IMAGES).size).toBe(CARD_IMAGES.length)
})
