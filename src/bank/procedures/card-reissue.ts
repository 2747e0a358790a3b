import { customerAct, signOutEverywhere } from '../customer-act.ts'
import { drawCells, textOfCells } from '../first-secrets.ts'
import { keepLetter } from '../letter.ts'
import { done } from '../refusal.ts'

/**
 * 確認用パスワード・カードの再発行: another secret of the same kind, drawn when it is approved and told to
 * nobody but the letter. The old one is worth nothing from this commit on.
 *
 * Refusals: `unknown-contract`.
 */
export const cardReissue = customerAct({
  act: 'card-reissue',
  possible: () => done(undefined),
  async change(ports, tx, { contract }, request, proposalId) {
    // 1. The new secret takes the old one's place; its counter and the challenge begin anew.
    const { bankCode, contractId, method } = contract
    const cells = drawCells(ports.random, method)
    const text = textOfCells(method, cells)
    const secret = await ports.vault.sealSecret({ bankCode, contractId }, text)
    if (!(await tx.contracts.setSecret(contract, secret))) return false
    // 2. Nobody goes on with what the old one has begun.
    await signOutEverywhere(tx, contract)
    // 3. The letter waits to be printed, once, by somebody else than who approves.
    const paper = { kind: 'confirmation', method, cells } as const
    await keepLetter(ports, tx, { contract, paper, approvedBy: request.actor.id, proposalId })
    return true
  },
  notice: () => ({
    act: '確認用パスワード・カードの再発行',
    lines: [
      ['今までのもの', '使えなくなりました'],
      ['新しいもの', '郵送します'],
    ],
  }),
})
