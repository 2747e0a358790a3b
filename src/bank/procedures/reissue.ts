import { type Customer, customerAct, signOutEverywhere } from '../customer-act.ts'
import type { Tx } from '../ports.ts'
import { done, refused } from '../refusal.ts'

/**
 * 再発行, for a phone that was lost, changed without 交換 or restored from a backup, or an app that was
 * deleted: the token is retired, the customer falls back to the confirmation method and can start
 * another one.
 *
 * Refusals: `unknown-contract`, `no-token`.
 */
export const reissue = customerAct({
  act: 'reissue',
  // 1. The customer has a token, suspended or not.
  possible: ({ contract }) =>
    contract.token === undefined ? refused('no-token') : done(undefined),
  async change(_ports, tx, { contract, token }) {
    // 2. The contract has no token any more, and nobody goes on with what the old one has begun.
    if (token === undefined) return false
    if (!(await tx.contracts.replaceToken(contract, token, undefined))) return false
    await signOutEverywhere(tx, contract)
    // 3. The token is retired for good, unless the same phone still serves another contract.
    await retire(tx, token)
    return true
  },
  // 4. Receipt, event and notice.
  notice: ({ token }) => ({
    act: 'ワンタイムパスワードの再発行手続き',
    lines: [
      ['使えなくなったシリアル番号', token?.serial ?? ''],
      ['今後のお取引', '確認用パスワードまたはカードによる認証となります'],
      ['次のお手続き', '新しいトークンをご用意のうえ、利用開始をお願いします'],
    ],
  }),
})

async function retire(tx: Tx, token: NonNullable<Customer['token']>): Promise<void> {
  if ((await tx.tokens.contractsUsing(token)) > 0) return
  await tx.tokens.move(token, 'reissued')
}
