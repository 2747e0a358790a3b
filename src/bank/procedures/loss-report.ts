import { drawReceipt, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import { takeBack } from '../money/reservation-cancelling.ts'
import type { NoticeFacts } from '../notice.ts'
import { USUAL_CHECK } from '../office/identity-check.ts'
import type { LossResult, Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'
import { suspendNotice } from '../token-notices.ts'
import { holdWithUsers, SHARED_SUSPENSION, suspend, tellUsers } from '../token-suspension.ts'

const PROCEDURE = 'loss-report'

export const LOSS_SCOPES = ['token', 'service', 'both'] as const
export type LossScope = (typeof LOSS_SCOPES)[number]

export interface LossForm {
  /** Drawn with the page: a second click sends it again. */
  readonly formKey: string
  readonly scope: string
  /** The questions that the caller has answered right. */
  readonly confirmed: readonly string[]
  readonly memo: string
}

const MOST_MEMO_LENGTH = 400

/**
 * 紛失届, while the customer is on the phone: from its commit on the token is dead for every contract
 * that uses it, on every page, by the API, in every process; the service, if that was chosen, does
 * not even let anyone in. One person does it at once; to undo it takes two. Sent again it answers
 * with the first result.
 *
 * Refusals: `unknown-contract`, `invalid-input` (at `confirmed`: too few questions were answered; at
 * `scope`, at `memo`), `no-token`, `token-suspended` and `frozen` (at `scope`: it is so already).
 */
export function reportLoss(
  ports: Ports,
  request: Request,
  contractId: string,
  form: LossForm,
): Promise<Outcome<LossResult>> {
  const { bankCode } = request.bank
  return attempt<Held, LossResult>(
    ports,
    request,
    { procedure: PROCEDURE, contractId },
    (tx) => holdAll(tx, bankCode, contractId),
    async (tx, { contract, token, users }) => {
      // 1. There is such a customer; a second click gets the first click's result.
      if (contract === undefined) return refused('unknown-contract')
      const before = await tx.lossReports.findByForm(bankCode, contractId, form.formKey)
      if (before !== undefined) return done(before.result)
      // 2. The caller has answered as many of the bank's questions as it wants.
      const confirmed = await confirmedOf(tx, bankCode, form.confirmed)
      if (!confirmed.ok) return confirmed
      const memo = form.memo.trim()
      if (memo.length > MOST_MEMO_LENGTH) return refused('invalid-input', 'memo')
      if (!isScope(form.scope)) return refused('invalid-input', 'scope')
      // 3. Token, service or both are stopped, each by one conditional write.
      const stopped = await stop(ports, tx, form.scope, contract, token)
      if (!stopped.ok) return stopped
      // 4. Whoever is signed in, or in the middle of something, is not any more.
      await tx.sessions.endAll(contract)
      await tx.drafts.endAll(contract)
      // 5. What was reserved is not sent; its days' limits are free again.
      const by = { contract, why: PROCEDURE }
      const cancelled: string[] = []
      for (const transfer of await tx.transfers.lockReserved(contract)) {
        const receipt = await takeBack(ports, tx, request, by, transfer)
        if (receipt !== undefined) cancelled.push(transfer.receiptNo)
      }
      // 6. Receipt, event and notice for the customer, and for whoever else uses the token.
      const result = await record(ports, tx, request, {
        contract,
        confirmed: confirmed.value,
        cancelled,
        others: stopped.value.serial === undefined ? [] : others(users, contract),
        ...stopped.value,
      })
      const { formKey } = form
      const reportedBy = request.actor.id
      await tx.lossReports.add({ bankCode, contractId, formKey, reportedBy, memo, result })
      return done(result)
    },
  )
}

interface Held {
  readonly contract: Contract | undefined
  readonly token: Token | undefined
  readonly users: readonly Contract[]
}

/**
 * Locks the contract with all others that use its token, in one order, then the token. If an
 * exchange was faster, the thief's perhaps, the token that the contract has now is held as well.
 */
async function holdAll(tx: Tx, bankCode: string, contractId: string): Promise<Held> {
  const read = await tx.contracts.find(bankCode, contractId)
  const found = read?.token && (await holdWithUsers(tx, read.token))
  const contract = await tx.contracts.lock(bankCode, contractId)
  if (contract?.token === undefined) return { contract, token: undefined, users: [] }
  const isSame = contract.token.serial === read?.token?.serial
  return { contract, ...(isSame && found ? found : await holdWithUsers(tx, contract.token)) }
}

/** The questions of the bank that were ticked. */
async function confirmedOf(
  tx: Tx,
  bankCode: string,
  ticked: readonly string[],
): Promise<Outcome<readonly string[]>> {
  const check = (await tx.identityChecks.of(bankCode)) ?? USUAL_CHECK
  const confirmed = check.questions.filter((question) => ticked.includes(question))
  return confirmed.length < check.least ? refused('invalid-input', 'confirmed') : done(confirmed)
}

const isScope = (text: string): text is LossScope =>
  (LOSS_SCOPES as readonly string[]).includes(text)

interface Stopped {
  /** The token that this report suspends. */
  readonly serial?: string
  readonly serviceStopped: boolean
}

/** At least one of what was chosen changes; what is stopped already stays so. */
async function stop(
  ports: Ports,
  tx: Tx,
  scope: LossScope,
  contract: Contract,
  token: Token | undefined,
): Promise<Outcome<Stopped>> {
  const serviceStopped =
    scope !== 'token' && (await tx.contracts.freeze(contract, 'bank', ports.clock.now()))
  if (scope === 'service') {
    return serviceStopped ? done({ serviceStopped }) : refused('frozen', 'scope')
  }
  const refusal =
    token === undefined ? refused('no-token') : await suspend(ports, tx, contract.bankCode, token)
  if (token !== undefined && refusal === undefined) {
    return done({ serial: token.serial, serviceStopped })
  }
  return serviceStopped
    ? done({ serviceStopped })
    : refused(refusal?.refusal ?? 'no-token', 'scope')
}

const others = (users: readonly Contract[], own: Contract): readonly Contract[] =>
  users.filter((user) => user.bankCode !== own.bankCode || user.contractId !== own.contractId)

async function record(
  ports: Ports,
  tx: Tx,
  request: Request,
  of: Stopped & {
    readonly contract: Contract
    readonly confirmed: readonly string[]
    readonly cancelled: readonly string[]
    readonly others: readonly Contract[]
  },
): Promise<LossResult> {
  const { contract, serial, serviceStopped, cancelled } = of
  const receipt = await drawReceipt(ports, tx)
  await recordAct(ports, tx, request, {
    attempted: {
      procedure: PROCEDURE,
      contractId: contract.contractId,
      ...(serial !== undefined && { serial }),
    },
    contract,
    receipt,
    notice: lossNotice(of),
    detail: {
      tokenStopped: serial !== undefined,
      serviceStopped,
      confirmed: of.confirmed.join('・'),
      cancelled: cancelled.length,
      others: of.others.length,
    },
  })
  if (serial !== undefined) {
    const told = { procedure: SHARED_SUSPENSION, serial, notice: suspendNotice(serial) }
    await tellUsers(ports, tx, request, of.others, told)
  }
  const here = of.others.filter(({ bankCode }) => bankCode === contract.bankCode)
  return {
    ...receipt,
    ...(serial !== undefined && { serial }),
    serviceStopped,
    othersHere: here.map(({ contractId }) => contractId),
    othersElsewhere: of.others.length - here.length,
    cancelled,
  }
}

function lossNotice(of: Stopped & { readonly cancelled: readonly string[] }): NoticeFacts {
  return {
    act: '紛失のお届け',
    lines: [
      ...(of.serial === undefined ? [] : ([['利用を停止したトークン', of.serial]] as const)),
      ...(of.serviceStopped ? ([['インターネットバンキング', '利用を停止しました']] as const) : []),
      ...(of.cancelled.length === 0
        ? []
        : ([['取り消した予約振込', `${of.cancelled.length}件`]] as const)),
      ['ご利用の再開', '下記の窓口へお電話ください'],
    ],
  }
}
