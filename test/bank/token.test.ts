/** The table of states and moves, exhaustively, and that the store keeps to it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeStanding } from '../../src/bank/one-time-password.ts'
import {
  mayMove,
  STARTABLE,
  TOKEN_MOVES,
  TOKEN_STATES,
  type TokenState,
} from '../../src/bank/token.ts'
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import { atOnce, openTestBank, refusalOf, type TestBank, tokenOf } from './test-bank.ts'

/** What the guide's procedures need, written down a second time. */
const ALLOWED = `
  stocked assigned, stocked expired, stocked destroyed,
  assigned shipped, assigned stocked, assigned expired,
  shipped active, shipped suspended, shipped reissued, shipped expired,
  shipped stocked, shipped returned,
  agreed provisioned, agreed expired,
  provisioned active, provisioned expired,
  active exchanged, active stopped, active suspended, active reissued, active expired,
  suspended active, suspended reissued, suspended expired, suspended returned,
  exchanged returned, stopped returned, reissued returned, expired returned,
  returned destroyed`
  .split(',')
  .map((move) => move.trim())

const everyPair = TOKEN_STATES.flatMap((from) =>
  TOKEN_STATES.map((to): [TokenState, TokenState] => [from, to]),
)

test('exactly the allowed moves are allowed', () => {
  const moves = everyPair.filter(([from, to]) => mayMove(from, to)).map((pair) => pair.join(' '))
  expect(moves.sort()).toEqual([...ALLOWED].sort())
})

/** All states that can follow, over whatever way, and the state itself. */
function reach(state: TokenState, seen = new Set<TokenState>()): Set<TokenState> {
  if (!seen.has(state)) {
    seen.add(state)
    for (const to of TOKEN_MOVES[state]) reach(to, seen)
  }
  return seen
}

test('what has ended never begins again, and no move leads to itself', () => {
  for (const ended of ['exchanged', 'stopped', 'reissued', 'expired'] as const) {
    expect([...reach(ended)]).toEqual([ended, 'returned', 'destroyed'])
  }
  for (const state of TOKEN_STATES) expect(mayMove(state, state)).toBe(false)
})

test('what a customer had in use never goes back to stock', () => {
  for (const used of ['active', 'suspended', 'exchanged', 'stopped', 'returned'] as const) {
    expect(reach(used)).not.toContain('stocked')
  }
})

test('every state can be reached, and every token can end', () => {
  expect(new Set([...reach('stocked'), ...reach('agreed')])).toEqual(new Set(TOKEN_STATES))
  for (const state of TOKEN_STATES) expect(reach(state)).toContain('destroyed')
})

describe('in the store', () => {
  let bank: TestBank
  beforeAll(async () => {
    bank = await openTestBank()
  })
  afterAll(() => bank.close())

  test('an allowed move is made once, however many try; any other one is a bug', async () => {
    const { tokens } = bank.ports.store.tables
    for (const [from, to] of everyPair) {
      const token = await tokenOf(bank, await bank.makeToken({ state: from }))
      if (mayMove(from, to)) {
        const moved = await atOnce(4, () => tokens.move(token, to))
        expect(moved.filter((done) => done)).toHaveLength(1)
        expect((await tokens.get(token))?.state).toBe(to)
      } else {
        await expect(tokens.move(token, to)).rejects.toThrow(`no token moves from ${from} to ${to}`)
        expect((await tokens.get(token))?.state).toBe(from)
      }
    }
  })

  test('a code counts and is accepted only in a state in which it is judged', async () => {
    const { tokens } = bank.ports.store.tables
    const { thresholds } = DEMO_BANK
    for (const state of TOKEN_STATES) {
      const token = await tokenOf(bank, await bank.makeToken({ state }))
      const judged = refusalOf(codeStanding(token, thresholds)) === undefined
      expect([state, judged]).toEqual([state, STARTABLE.includes(state)])
      expect(await tokens.accept(token, 5, 0, thresholds)).toBe(judged)
      expect(await tokens.countFailure(token, thresholds)).toBe(judged)
    }
  })

  test('one step is accepted once, whoever asks; an earlier one never', async () => {
    const { tokens } = bank.ports.store.tables
    const token = await tokenOf(bank, await bank.makeToken())
    const other = bank.another().ports.store.tables.tokens
    const accepted = await atOnce(24, (place) =>
      (place % 2 ? tokens : other).accept(token, 1000, 0, DEMO_BANK.thresholds),
    )
    expect(accepted.filter((done) => done)).toHaveLength(1)
    expect(await tokens.accept(token, 999, 0, DEMO_BANK.thresholds)).toBe(false)
    expect(await tokens.accept(token, 1001, 1, DEMO_BANK.thresholds)).toBe(true)
    expect(await tokens.get(token)).toMatchObject({ lastAccepted: 1001, driftSteps: 1 })
  })
})
