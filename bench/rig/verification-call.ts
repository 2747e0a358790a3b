import type { Verification } from '../../src/bank/procedures/verification.ts'
import type { Answer } from './line.ts'

export interface Submission {
  readonly contractId: string
  readonly otp: string
  readonly reference?: string
}

/** `POST /v1/verifications` as bytes, made before the clock runs. */
export function verificationCall(apiKey: string, submission: Submission): Buffer {
  const body = JSON.stringify({ ...submission, purpose: 'other' })
  return Buffer.from(
    'POST /v1/verifications HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n' +
      `Authorization: Bearer ${apiKey}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** The verdict of the server; undefined when it gave none (503, 500). */
export function verdictOf({ status, body }: Answer): Verification | undefined {
  return status === 200 ? (JSON.parse(body.toString()) as Verification) : undefined
}
