import type { ReceiptFacts } from '../act.ts'
import type { Request } from '../attempt.ts'
import { fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import type { HeldCustomer } from '../office/held-customer.ts'
import type { Ports, TokenHold, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'
import { type HeldWithUsers, holdWithUsers, tellUsers } from '../token-suspension.ts'

const ACT = 'token-release'

interface Held extends HeldCustomer, Pick<HeldWithUsers, 'users'> {
  readonly holds: readonly TokenHold[]
}

/**
 * 利用停止の解除: the token was found again. It works for all its contracts, once no other bank holds it
 * any more; locks and counters stay as they were.
 *
 * Refusals: `unknown-contract`, `no-token`, `wrong-state` (not suspended, or not by this bank; or
 * the contract has another token by now).
 */
export const tokenRelease = fourEyesAct<Held>({
  act: ACT,
  hold: (_ports, tx, bankCode, prepared) => holdAll(tx, bankCode, prepared),
  guard: async (_ports, _tx, held, { facts }, request) => {
    // 1. There is such a customer, whose token this bank holds suspended.
    const may = mayRelease(held, request.bank.bankCode)
    if (!may.ok) return may
    // 2. It is the one that was meant.
    return facts.serial === may.value.serial ? may : refused('wrong-state')
  },
  execute,
})

/** Whether this bank can let go of the token. One that nobody holds by name is anyone's to free. */
export function mayRelease(
  of: HeldCustomer & { readonly holds: readonly TokenHold[] },
  bankCode: string,
): Outcome<Token> {
  const { contract, token, holds } = of
  if (contract === undefined) return refused('unknown-contract')
  if (token === undefined) return refused('no-token')
  if (token.state !== 'suspended') return refused('wrong-state')
  const isOurs = holds.length === 0 || holds.some((hold) => hold.bankCode === bankCode)
  return isOurs ? done(token) : refused('wrong-state')
}

async function holdAll(tx: Tx, bankCode: string, { subject }: Prepared): Promise<Held> {
  const contract = await tx.contracts.find(bankCode, subject)
  if (contract?.token === undefined) {
    return { contract, token: undefined, users: [], holds: [] }
  }
  const { token, users } = await holdWithUsers(tx, contract.token)
  const isOwn = (user: { bankCode: string; contractId: string }) =>
    user.bankCode === bankCode && user.contractId === subject
  // Read again under its lock: when it has left the token meanwhile, there is nothing to release.
  const own = users.find(isOwn)
  const holds = await tx.tokenHolds.of(contract.token)
  return { contract: own ?? contract, token: own && token, users, holds }
}

async function execute(
  ports: Ports,
  tx: Tx,
  request: Request,
  { contract, token, users, holds }: Held,
): Promise<Outcome<ReceiptFacts>> {
  if (contract === undefined || token === undefined) return refused('no-token')
  const { bankCode, contractId } = contract
  await tx.tokenHolds.release(token, bankCode)
  const heldElsewhere = holds.some((hold) => hold.bankCode !== bankCode)
  if (!heldElsewhere && !(await tx.tokens.move(token, 'active'))) return refused('wrong-state')
  const own = users.filter((user) => user.contractId === contractId && user.bankCode === bankCode)
  const others = users.filter((user) => !own.includes(user))
  const { serial } = token
  const told = {
    procedure: ACT,
    serial,
    notice: {
      act: 'トークンの利用停止の解除',
      lines: [
        ['シリアル番号', serial],
        [
          '状態',
          heldElsewhere ? 'ほかの金融機関のお届けにより停止中です' : '使えるようになりました',
        ],
      ] as const,
    },
    detail: { heldElsewhere },
  }
  // What still does not work anywhere is news to nobody but the customer who asked.
  const [receipt] = await tellUsers(
    ports,
    tx,
    request,
    heldElsewhere ? own : [...own, ...others],
    told,
  )
  return receipt === undefined ? refused('wrong-state') : done(receipt)
}
