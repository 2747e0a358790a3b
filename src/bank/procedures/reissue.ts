import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import { type HeldCustomer, holdCustomer } from '../office/held-customer.ts'
import type { Ports, Proposal, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'
import { release } from '../token-binding.ts'

const ACT = 'reissue'

/** Why the token is no use any more. Restored from a backup counts as uninstalled. */
export const REISSUE_CAUSES = ['lost', 'uninstalled', 'broken', 'other'] as const
export type ReissueCause = (typeof REISSUE_CAUSES)[number]

/**
 * 再発行: the lost, uninstalled or broken token is retired. The customer falls back to the
 * confirmation method, and can start another one (利用開始) under the low limit of that day.
 *
 * Refusals: `unknown-contract`, `no-token`, `invalid-input` (at `cause`), `wrong-state` (it has
 * another token by now).
 */
export const reissue = fourEyesAct<HeldCustomer>({
  act: ACT,
  hold: (_ports, tx, bankCode, { subject }) => holdCustomer(tx, bankCode, subject),
  guard: async (_ports, _tx, held, { facts }) => {
    // 1. There is such a customer, with a token.
    const may = mayReissue(held)
    if (!may.ok) return may
    // 2. It is the one that was meant, and there is a cause.
    if (!isCause(facts.cause)) return refused('invalid-input', 'cause')
    return facts.serial === may.value.serial ? may : refused('wrong-state')
  },
  execute,
})

/** Whether there is a token to retire: in use, or held after a loss. */
export function mayReissue({ contract, token }: HeldCustomer): Outcome<Token> {
  if (contract === undefined) return refused('unknown-contract')
  if (token === undefined) return refused('no-token')
  return ['active', 'suspended'].includes(token.state) ? done(token) : refused('wrong-state')
}

const isCause = (text: unknown): text is ReissueCause =>
  (REISSUE_CAUSES as readonly unknown[]).includes(text)

async function execute(
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract, token }: HeldCustomer,
  proposal: Proposal,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined || token === undefined) return refused('no-token')
  const { contractId } = contract
  const { serial } = token
  if (!(await release(tx, contract, token, 'reissued'))) return refused('wrong-state')
  const receipt = await drawReceipt(ports, tx)
  await recordAct(ports, tx, request, {
    attempted: { procedure: ACT, contractId, serial },
    contract,
    receipt,
    notice: {
      act: 'トークンの再発行',
      lines: [
        ['使えなくなったトークン', serial],
        ['今後のお取引', '確認用パスワードまたはカードによる認証となります'],
        ['新しいトークン', 'ログイン画面の「利用開始」から登録してください'],
      ],
    },
    detail: { cause: String(proposal.facts.cause) },
  })
  return done(receipt)
}
