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

const line = (most: number) =>
  z.string().max(most).refine(isPlainText, 'No control characters and no lone surrogates')

const method = z.enum(['confirmation-password', 'customer-card', 'image-card'])

export const verificationRequest = z.strictObject({
  contractId,
  otp: z.string().max(64).describe('The code as the customer typed it; full width is forgiven'),
  purpose: z.enum(PURPOSES),
  reference: line(100).optional().describe("The channel's own reference, for the event"),
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

export const contractOpeningRequest = z.strictObject({
  contractId,
  name: line(100).describe('The holder in kana; half width and hiragana are forgiven'),
  mail: line(254),
  phone: line(30).optional().describe('A Japanese number, at will with hyphens'),
  method,
  accounts: z
    .array(
      z.strictObject({
        branchCode: z.string().regex(/^\d{3}$/),
        accountNumber: z.string().regex(/^\d{7}$/),
      }),
    )
    .max(20)
    .optional()
    .describe('Ordinary accounts of this bank that are opened with it, empty'),
})

export const contractOpeningAnswer = z.object({
  contractId,
  receiptNo: z.string().describe('受付番号'),
  receivedAt: z.iso.datetime(),
  enrolmentPassword: z.string().describe('Goes to the customer on paper; told this once'),
  enrolmentExpiresAt: z.iso.datetime(),
  confirmation: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('confirmation-password'), password: z.string() }),
      z.object({
        kind: z.enum(['customer-card', 'image-card']),
        cells: z.array(z.string()).describe('What is printed on the card, position 1 first'),
      }),
    ])
    .describe('Goes to the customer on paper; told this once'),
})

export const eventsAnswer = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      actor: z.object({ kind: z.enum(['customer', 'api', 'staff', 'system']), id: z.string() }),
      kind: z.string().describe('The procedure: `login`, `otp-start`, `transfer`, …'),
      outcome: z.string().describe('`done` or a refusal code'),
      requestId: z.string(),
      contractId: z.string().optional(),
      serial: z.string().optional(),
      receiptNo: z.string().optional(),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    }),
  ),
  next: z.string().describe('The cursor to go on with, also when there was no event'),
  more: z.boolean().describe('Whether there are more to be had at once'),
})

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
  method,
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
