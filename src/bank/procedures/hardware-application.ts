import { drawReceipt, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { addDays, dayOf, isDay } from '../calendar.ts'
import type { Contract } from '../contract.ts'
import type { Application, NewApplication } from '../hardware/hardware.ts'
import { applicationNotice, withdrawalNotice } from '../hardware/hardware-notices.ts'
import { type HeldApplication, holdApplication } from '../hardware/held-application.ts'
import { TOKEN_SHAPES, type TokenShape } from '../hardware/stock.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'hardware-application'
const WITHDRAWAL = 'hardware-application-withdrawn'

/** A paper that is older was left lying: the customer signs a new one. */
const OLDEST_PAPER_DAYS = 180
const MOST_WAIVER_LENGTH = 200

/** What the clerk reads from the paper. */
export interface PaperForm {
  readonly contractId: string
  /** The date on the paper, `YYYY-MM-DD`. */
  readonly appliedOn: string
  /** `1` to `3`, or `any`. */
  readonly shape: string
  /** `taken` or `waived`. */
  readonly fee: string
  readonly waiver: string
  /** `yes` when the seal was compared with the one that the bank keeps. */
  readonly sealChecked: string
}

/**
 * 申込の記録: a customer has applied for a hardware token on paper.
 *
 * Refusals: `invalid-input`, `unknown-contract`, `already-applied` (an application is open, or a
 * token is on its way).
 */
export async function recordApplication(
  ports: Ports,
  request: Request,
  form: PaperForm,
): Promise<Outcome<NewApplication>> {
  const { bankCode } = request.bank
  const paper = readPaper(form, dayOf(ports.clock.now()))
  if (!paper.ok) return paper
  const contractId = form.contractId.trim()
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<Contract | undefined, NewApplication>(
    ports,
    request,
    attempted,
    (tx) => tx.contracts.lock(bankCode, contractId),
    async (tx, contract) => {
      // 1. There is such a customer, to whom no token is on its way already.
      if (contract === undefined) return refused('unknown-contract', 'contractId')
      if ((await tx.hardware.stock.onTheWayTo(bankCode, contractId)) !== undefined) {
        return refused('already-applied', 'contractId')
      }
      // 2. The fee is the one of today.
      const terms = await tx.hardware.terms.find(bankCode)
      const { isWaived, waiver, ...fromPaper } = paper.value
      const receipt = await drawReceipt(ports, tx)
      const application: NewApplication = {
        bankCode,
        contractId,
        applicationNo: receipt.receiptNo,
        purpose: 'paper',
        ...fromPaper,
        feeYen: isWaived ? 0 : terms.feeYen,
        ...(isWaived && { waiver }),
        recordedBy: request.actor.id,
        recordedAtMs: receipt.receivedAtMs,
      }
      // 3. It is open once for each customer.
      if (!(await tx.hardware.applications.insert(application))) {
        return refused('already-applied', 'contractId')
      }
      const { feeYen } = application
      await recordAct(ports, tx, request, {
        attempted,
        contract,
        receipt,
        notice: applicationNotice(feeYen),
        detail: { feeYen },
      })
      return done(application)
    },
  )
}

/**
 * 申込の取下げ, as long as no token is assigned. A fee that was taken is paid back at the counter.
 *
 * Refusals: `unknown-application`, `wrong-state`.
 */
export async function withdrawApplication(
  ports: Ports,
  request: Request,
  applicationNo: string,
): Promise<Outcome<Application>> {
  const { bankCode } = request.bank
  const found = await ports.store.tables.hardware.applications.find(bankCode, applicationNo)
  if (found === undefined) return refused('unknown-application')
  const attempted = { procedure: WITHDRAWAL, contractId: found.contractId }
  return attempt<HeldApplication, Application>(
    ports,
    request,
    attempted,
    (tx) => holdApplication(tx, found, undefined),
    async (tx, { contract, application }) => {
      // 1. It still waits for a token.
      if (contract === undefined || application === undefined) return refused('unknown-application')
      if (application.state !== 'received') return refused('wrong-state')
      // 2. Withdrawn, once.
      const nowMs = ports.clock.now()
      const move = { to: 'withdrawn' } as const
      if (!(await tx.hardware.applications.move(application, move, nowMs))) {
        return refused('wrong-state')
      }
      const receipt = await drawReceipt(ports, tx)
      const detail = { applicationNo }
      const notice = withdrawalNotice()
      await recordAct(ports, tx, request, { attempted, contract, receipt, notice, detail })
      return done({ ...application, state: 'withdrawn' })
    },
  )
}

interface Paper extends Pick<NewApplication, 'appliedOn'> {
  readonly shape?: TokenShape
  readonly isWaived: boolean
  readonly waiver: string
}

function readPaper(form: PaperForm, today: string): Outcome<Paper> {
  const { appliedOn, fee } = form
  const waiver = form.waiver.trim()
  const shape = TOKEN_SHAPES.find((known) => String(known) === form.shape)
  if (!isDay(appliedOn) || appliedOn > today || appliedOn < addDays(today, -OLDEST_PAPER_DAYS)) {
    return refused('invalid-input', 'appliedOn')
  }
  if (shape === undefined && form.shape !== 'any') return refused('invalid-input', 'shape')
  if (fee !== 'taken' && fee !== 'waived') return refused('invalid-input', 'fee')
  const isWaived = fee === 'waived'
  if (waiver.length > MOST_WAIVER_LENGTH || (isWaived && waiver === '')) {
    return refused('invalid-input', 'waiver')
  }
  if (form.sealChecked !== 'yes') return refused('invalid-input', 'sealChecked')
  return done({ appliedOn, isWaived, waiver, ...(shape !== undefined && { shape }) })
}
