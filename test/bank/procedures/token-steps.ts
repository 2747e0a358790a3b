/** The steps of 交換 and 利用中止 as a customer takes them. */
import {
  beginOtpExchange,
  completeOtpExchange,
  proveCurrentToken,
} from '../../../src/bank/procedures/otp-exchange.ts'
import {
  beginOtpStop,
  completeOtpStop,
  type OtpStopForm,
} from '../../../src/bank/procedures/otp-stop.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import {
  type Customer,
  newBrowser,
  type Process,
  request,
  rightAnswers,
  type TestBank,
} from '../test-bank.ts'

function wanted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`)
  return outcome.value
}

/** At step 2 of the exchange: `prove` sends the code of the token in use, `send` the new one. */
export async function exchanging(
  bank: TestBank,
  customer: Customer,
  old: HeldToken,
  to: HeldToken,
) {
  const browser = newBrowser()
  const begun = await beginOtpExchange(bank.ports, request, browser, customer)
  const { draftId } = wanted(begun)
  const now = () => bank.clock.now()
  const prove = (otp = codeAt(old, now()), process: Process = bank) =>
    proveCurrentToken(process.ports, request, browser, { draftId, otp })
  const send = (change: { serial?: string; otp?: string } = {}, process: Process = bank) =>
    completeOtpExchange(process.ports, request, browser, {
      draftId,
      serial: to.serial,
      otp: codeAt(to, now()),
      ...change,
    })
  return { prove, send }
}

/** At step 2 of the stop; `send` sends what is right but for the change. */
export async function stopping(bank: TestBank, customer: Customer, token: HeldToken) {
  const browser = newBrowser()
  const { draftId } = wanted(await beginOtpStop(bank.ports, request, browser, customer))
  const answers = await rightAnswers(bank, customer)
  const send = (change: Partial<OtpStopForm> = {}, process: Process = bank) =>
    completeOtpStop(process.ports, request, browser, {
      draftId,
      otp: codeAt(token, bank.clock.now()),
      answers,
      ...change,
    })
  return { answers, send }
}
