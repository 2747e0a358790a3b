/** The steps of 利用開始 as a customer takes them. */
import type { Answers } from '../../../src/bank/confirmation.ts'
import {
  beginOtpStart,
  completeOtpStart,
  type OtpStartForm,
} from '../../../src/bank/procedures/otp-start.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import {
  type Customer,
  newBrowser,
  type Process,
  request,
  rightAnswers,
  type TestBank,
} from '../test-bank.ts'

export interface Begun {
  readonly customer: Customer
  readonly browser: Uint8Array
  readonly answers: Answers
  /** Sends the form, right in everything that the test does not change. */
  send(change?: Partial<OtpStartForm>, process?: Process): ReturnType<typeof completeOtpStart>
}

/** Takes a customer to the second step, with this token at hand. */
export async function begun(bank: TestBank, customer: Customer, token: HeldToken): Promise<Begun> {
  const browser = newBrowser()
  const outcome = await beginOtpStart(bank.ports, request, browser, customer)
  if (!outcome.ok) throw new Error(`the start was refused: ${outcome.refusal}`)
  const { draftId } = outcome.value
  const answers = await rightAnswers(bank, customer)
  const send: Begun['send'] = (change = {}, process = bank) =>
    completeOtpStart(process.ports, request, browser, {
      draftId,
      serial: token.serial,
      otp: codeAt(token, bank.clock.now()),
      otpAtLogin: 'not-required',
      answers,
      ...change,
    })
  return { customer, browser, answers, send }
}
