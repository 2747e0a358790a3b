import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import { fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import { type HeldCustomer, holdCustomer } from '../office/held-customer.ts'
import type { Ports, Proposal, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'password-reissue'

/**
 * ログインパスワードの再発行: from the approval on no password is good, sessions end, and the lock of the old
 * one is open. A letter brings an enrolment password, with which the customer enrols again
 * (利用登録). It is drawn when the letter is printed (`letter-print.ts`).
 *
 * Refusals: `unknown-contract`.
 */
export const passwordReissue = fourEyesAct<HeldCustomer>({
  act: ACT,
  hold: holdWithCounter,
  guard: async (_ports, _tx, { contract }) =>
    contract === undefined ? refused('unknown-contract') : done(contract),
  execute,
})

/** The counter first, as the login does. */
async function holdWithCounter(ports: Ports, tx: Tx, bankCode: string, { subject }: Prepared) {
  await tx.logins.lock(bankCode, subject, ports.clock.now())
  return holdCustomer(tx, bankCode, subject)
}

async function execute(
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract }: HeldCustomer,
  proposal: Proposal,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined) return refused('unknown-contract')
  const { bankCode, contractId } = contract
  // 1. Nobody gets in with what was known until now, and nobody is in.
  await tx.contracts.clearPasswords(contract)
  await tx.logins.reset(bankCode, contractId)
  await tx.sessions.endAll(contract)
  await tx.drafts.endAll(contract)
  // 2. The letter waits to be printed, once.
  await tx.letters.add({
    bankCode,
    id: ports.random.id(),
    contractId,
    kind: 'enrolment',
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
      act: 'ログインパスワードの再発行',
      lines: [
        ['これまでのパスワード', '使えなくなりました'],
        ['今後のお手続き', '郵送する利用登録用パスワードで、あらためて利用登録をしてください'],
      ],
    },
  })
  return done(receipt)
}
