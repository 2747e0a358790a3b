import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import { drawCells, textOfCells } from '../office/first-secrets.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import { type HeldCustomer, holdCustomer } from '../office/held-customer.ts'
import type { Ports, Proposal, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'card-reissue'

/**
 * 確認方法の再発行: a new confirmation password or card of the customer's own kind. From the approval on
 * the old one is no good; its counter and its challenge end with it. Neither who prepares nor who
 * approves sees the new one: it waits for the letter (`letter-print.ts`).
 *
 * Refusals: `unknown-contract`.
 */
export const cardReissue = fourEyesAct<HeldCustomer>({
  act: ACT,
  hold: (_ports, tx, bankCode, { subject }) => holdCustomer(tx, bankCode, subject),
  guard: async (_ports, _tx, { contract }) =>
    contract === undefined ? refused('unknown-contract') : done(contract),
  execute,
})

async function execute(
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract }: HeldCustomer,
  proposal: Proposal,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined) return refused('unknown-contract')
  const { bankCode, contractId, method } = contract
  // 1. The new secret takes the old one's place.
  const text = textOfCells(method, drawCells(ports.random, method))
  await tx.contracts.setSecret(contract, await ports.vault.sealSecret(contract, text))
  // 2. Its letter waits to be printed, once.
  await tx.letters.add({
    bankCode,
    id: ports.random.id(),
    contractId,
    kind: 'confirmation',
    preparedBy: proposal.preparedBy,
    approvedBy: request.actor.id,
    madeAtMs: ports.clock.now(),
  })
  // 3. Receipt, event and notice.
  const receipt = await drawReceipt(ports, tx)
  await recordAct(ports, tx, request, {
    attempted: { procedure: ACT, contractId },
    contract,
    receipt,
    notice: {
      act: '確認用パスワード・カードの再発行',
      lines: [
        ['これまでのもの', '使えなくなりました'],
        ['新しいもの', '郵送いたします'],
      ],
    },
    detail: { method },
  })
  return done(receipt)
}
