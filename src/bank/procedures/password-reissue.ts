import { customerAct, signOutEverywhere } from '../customer-act.ts'
import { drawEnrolmentPassword, ENROLMENT_LIFE_MS } from '../first-secrets.ts'
import { keepLetter } from '../letter.ts'
import { done } from '../refusal.ts'

/**
 * ログインパスワードの再発行: the login password ends, and the customer enrols anew with a password that
 * comes by letter.
 *
 * Refusals: `unknown-contract`.
 */
export const passwordReissue = customerAct({
  act: 'password-reissue',
  possible: () => done(undefined),
  async change(ports, tx, { contract }, request, proposalId) {
    // 1. The enrolment password takes the login password's place; its counter begins anew.
    const { bankCode, contractId } = contract
    const enrolmentPassword = drawEnrolmentPassword(ports.random)
    const expiresAtMs = ports.clock.now() + ENROLMENT_LIFE_MS
    const hash = await ports.passwords.hash(enrolmentPassword)
    if (!(await tx.contracts.reopenEnrolment(contract, { hash, expiresAtMs }))) return false
    await tx.logins.reset(bankCode, contractId)
    // 2. Nobody is signed in with the old one.
    await signOutEverywhere(tx, contract)
    // 3. The letter waits to be printed, once, by somebody else than who approves.
    const paper = { kind: 'enrolment', enrolmentPassword, expiresAtMs } as const
    await keepLetter(ports, tx, { contract, paper, approvedBy: request.actor.id, proposalId })
    return true
  },
  notice: () => ({
    act: 'ログインパスワードの再発行',
    lines: [
      ['今までのパスワード', '使えなくなりました'],
      ['次のお手続き', '郵送するお知らせをご覧のうえ、利用登録を行ってください'],
    ],
  }),
})
