import { z } from 'zod'
import { PURPOSES } from '../../bank/procedures/verification.ts'
import { REFUSALS } from '../../bank/refusal.ts'
import { TOKEN_STATES } from '../../bank/token.ts'

/** The bodies of the API, each once: they parse requests and they make the OpenAPI description. */

function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text)
}

const contractId = z
  .string()
  .regex(/^[0-9A-Za-z]{6,12}$/)
  .describe('契約者ID: 6 to 12 letters or digits')

export const verificationRequest = z.strictObject({
  contractId,
  otp: z.string().max(64).describe('The code as the customer typed it; full width is forgiven'),
  purpose: z.enum(PURPOSES),
  reference: z
    .string()
    .max(100)
    .refine(isPlainText, 'No control characters and no lone surrogates')
    .optional()
    .describe("The channel's own reference, for the event"),
})

export const verificationAnswer = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('accepted'),
    verificationId: z.string(),
    serial: z.string(),
    at: z.iso.datetime(),
  }),
  z.object({ result: z.literal('refused'), code: z.enum(REFUSALS) }),
])

const otp = z.string().max(64).describe('A code as the customer typed it')
const serial = z.string().max(64).describe('シリアル番号')

export const startRequest = z.strictObject({ serial, otp })
export const exchangeRequest = z.strictObject({ currentOtp: otp, serial, otp })
export const stopRequest = z.strictObject({ otp })

export const actAnswer = z.object({
  receiptNo: z.string().describe('受付番号'),
  receivedAt: z.iso.datetime(),
  serial: z.string(),
  oldSerial: z.string().optional(),
})

export const contractAnswer = z.object({
  contractId,
  method: z.enum(['confirmation-password', 'customer-card', 'image-card']),
  frozen: z.boolean(),
  otpAtLogin: z.enum(['required', 'not-required']),
  token: z.object({ serial: z.string() }).optional(),
})

export const tokenAnswer = z.object({
  serial: z.string(),
  type: z.string(),
  state: z.enum(TOKEN_STATES),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']),
  digits: z.int(),
  period: z.int().describe('Seconds'),
  locked: z.boolean().describe('Too many consecutive wrong codes, or too many over its life'),
})

export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string().describe('A refusal code, `unauthorised`, `not-found` or `internal-error`'),
  field: z.string().optional(),
})
