import { customerAct } from '../customer-act.ts'
import { done, refused } from '../refusal.ts'

/** So far back in the events of a token the last suspension is looked for. */
const LOOKED_THROUGH = 200

/** What suspends a token, by the kind of its event. */
const SUSPENDING: readonly string[] = ['token-suspend', 'loss-report']

const RELEASING = 'token-release'

/**
 * 利用停止の解除, when a token was found again: its codes count from this commit on. A phone that serves
 * customers of several banks is released only by the bank that suspended it.
 *
 * Refusals: `unknown-contract`, `no-token`, `wrong-state` (not suspended), `not-permitted`
 * (suspended by another bank).
 */
export const tokenRelease = customerAct({
  act: RELEASING,
  async possible({ token }, request, ports) {
    // 1. The token is suspended.
    if (token === undefined) return refused('no-token')
    if (token.state !== 'suspended') return refused('wrong-state')
    // 2. By this bank: its last event about it is a suspension.
    const { bankCode } = request.bank
    const events = await ports.store.events.bySerial(bankCode, token.serial, LOOKED_THROUGH)
    const last = events.find(
      ({ kind, outcome }) =>
        outcome === 'done' && (SUSPENDING.includes(kind) || kind === RELEASING),
    )
    const isOurs = last !== undefined && SUSPENDING.includes(last.kind)
    return isOurs ? done(undefined) : refused('not-permitted')
  },
  // 3. It is in use again, with the counters that it had.
  change: async (_ports, tx, { token }) =>
    token !== undefined && (await tx.tokens.move(token, 'active')),
  notice: ({ token }) => ({
    act: 'トークンの利用停止の解除',
    lines: [['シリアル番号', token?.serial ?? '']],
  }),
})
