/**
 * Start, exchange and stop through another channel of the bank, which has proven the customer by
 * its own means: codes prove the tokens here, and the bank's channel answers for the rest.
 */
import { normaliseSerial } from '../../oath/serial.ts'
import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { mayAct } from '../credentials.ts'
import { type HeldTokens, holdTokens } from '../hold.ts'
import { acceptCode, acceptFirstCode } from '../one-time-password.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { mayUseSerial, recordedSerial } from '../serials.ts'
import { bind, release, swap } from '../token-binding.ts'
import { exchangeNotice, startNotice, stopNotice } from '../token-notices.ts'

export interface ChannelResult extends ReceiptFacts {
  readonly serial: string
  readonly oldSerial?: string
}

/**
 * 利用開始 through a channel; login asks for no code until the customer wishes it.
 *
 * Refusals: `no-token` (no such contract), `frozen`, `has-token`, `invalid-input`, those of
 * `mayUseSerial` and of `acceptFirstCode`.
 */
export async function startByChannel(
  ports: Ports,
  request: Request,
  contractId: string,
  form: { readonly serial: string; readonly otp: string },
): Promise<Outcome<ChannelResult>> {
  const { bankCode } = request.bank
  const serial = normaliseSerial(form.serial)
  const record = await recordedSerial(ports, bankCode, serial)
  const attempted = { procedure: 'otp-start', contractId, ...record }
  return attempt<HeldTokens, ChannelResult>(
    ports,
    request,
    attempted,
    (tx) => holdTokens(tx, { bankCode, contractId }, serial),
    async (tx, { contract, successor }) => {
      // 1. The contract may act and has no token.
      const may = contract ? mayAct(contract) : refused('no-token', 'contractId')
      if (!may.ok) return may
      if (may.value.token !== undefined) return refused('has-token')
      // 2. The serial is one that this customer may start.
      if (serial === undefined) return refused('invalid-input', 'serial')
      const usable = await mayUseSerial(ports, tx, may.value, successor)
      if (!usable.ok) return usable
      // 3. The code proves that the token is at hand.
      const { thresholds } = request.bank
      const first = { contract: may.value, token: usable.value }
      const accepted = await acceptFirstCode(ports, tx, first, form.otp, thresholds)
      if (!accepted.ok) return accepted
      // 4. The token is the contract's.
      if (!(await bind(ports, tx, may.value, usable.value, false))) return refused('has-token')
      const receipt = await drawReceipt(ports, tx)
      const notice = startNotice(serial, false)
      await recordAct(ports, tx, request, { attempted, contract: may.value, receipt, notice })
      return done({ ...receipt, serial })
    },
  )
}

/**
 * 交換 through a channel: the code of the old token and of the new one in one call.
 *
 * Refusals: `no-token`, `frozen`, `token-suspended`, `invalid-input`, `same-serial`, those of
 * `mayUseSerial` of `acceptCode` (at `currentOtp`) and of `acceptFirstCode`.
 */
export async function exchangeByChannel(
  ports: Ports,
  request: Request,
  contractId: string,
  form: { readonly currentOtp: string; readonly serial: string; readonly otp: string },
): Promise<Outcome<ChannelResult>> {
  const { bankCode } = request.bank
  const serial = normaliseSerial(form.serial)
  const record = await recordedSerial(ports, bankCode, serial)
  const attempted = { procedure: 'otp-exchange', contractId, ...record }
  return attempt<HeldTokens, ChannelResult>(
    ports,
    request,
    attempted,
    (tx) => holdTokens(tx, { bankCode, contractId }, serial),
    async (tx, { contract, token, successor }) => {
      // 1. The contract may act and has a token.
      const may = contract ? mayAct(contract) : refused('no-token', 'contractId')
      if (!may.ok) return may
      if (token === undefined) return refused('no-token')
      // 2. The new serial is another one, and one that this customer may use.
      if (serial === undefined) return refused('invalid-input', 'serial')
      if (serial === token.serial) return refused('same-serial', 'serial')
      const usable = await mayUseSerial(ports, tx, may.value, successor)
      if (!usable.ok) return usable
      // 3. Both codes are right and fresh.
      const { thresholds } = request.bank
      const current = await acceptCode(ports, tx, token, form.currentOtp, thresholds, 'currentOtp')
      if (!current.ok) return current
      const first = { contract: may.value, token: usable.value }
      const accepted = await acceptFirstCode(ports, tx, first, form.otp, thresholds)
      if (!accepted.ok) return accepted
      // 4. One commit: the new token in, the old one out.
      if (!(await swap(ports, tx, may.value, token, usable.value))) return refused('no-token')
      const receipt = await drawReceipt(ports, tx)
      const notice = exchangeNotice(serial, token.serial)
      await recordAct(ports, tx, request, { attempted, contract: may.value, receipt, notice })
      return done({ ...receipt, serial, oldSerial: token.serial })
    },
  )
}

/**
 * 利用中止 through a channel.
 *
 * Refusals: `no-token`, `frozen`, those of `acceptCode`.
 */
export function stopByChannel(
  ports: Ports,
  request: Request,
  contractId: string,
  form: { readonly otp: string },
): Promise<Outcome<ChannelResult>> {
  const { bankCode } = request.bank
  const attempted = { procedure: 'otp-stop', contractId }
  return attempt<HeldTokens, ChannelResult>(
    ports,
    request,
    attempted,
    (tx) => holdTokens(tx, { bankCode, contractId }, undefined),
    async (tx, { contract, token }) => {
      // 1. The contract may act and has a token.
      const may = contract ? mayAct(contract) : refused('no-token', 'contractId')
      if (!may.ok) return may
      if (token === undefined) return refused('no-token')
      // 2. The code is right and fresh: it is the token's last.
      const accepted = await acceptCode(ports, tx, token, form.otp, request.bank.thresholds)
      if (!accepted.ok) return accepted
      // 3. The contract has no token any more.
      if (!(await release(tx, may.value, token))) return refused('no-token')
      const { serial } = token
      const receipt = await drawReceipt(ports, tx)
      const act = { attempted: { ...attempted, serial }, contract: may.value, receipt }
      await recordAct(ports, tx, request, { ...act, notice: stopNotice(serial) })
      return done({ ...receipt, serial })
    },
  )
}
