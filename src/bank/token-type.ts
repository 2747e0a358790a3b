import { dayOf } from './calendar.ts'
import type { OtpAlgorithm, OtpKind } from './token.ts'

/** The types of software token that the centre makes. */
export const SOFTWARE_TYPES = ['GM', 'PC'] as const
export type SoftwareType = (typeof SOFTWARE_TYPES)[number]

/** A kind of token that a bank knows, with the days on which it may be newly registered. */
export interface TokenType {
  /** The serial's prefix, and the type's name in code: `GM`, `SY`, `PC`, `HW`. */
  readonly type: string
  readonly name: string
  readonly medium: 'phone' | 'desktop' | 'hardware'
  readonly kind: OtpKind
  readonly algorithm: OtpAlgorithm
  readonly digits: number
  readonly periodSeconds: number
  /** First day (JST, `YYYY-MM-DD`) on which a start or an exchange to this type is taken. */
  readonly openFrom?: string
  /** The day from which no start and no exchange to this type is taken any more. */
  readonly closedFrom?: string
}

/** Whether a start with, or an exchange to, this type is taken at that moment (Japanese days). */
export function isOpen(type: TokenType, nowMs: number): boolean {
  const day = dayOf(nowMs)
  if (type.openFrom !== undefined && day < type.openFrom) return false
  return type.closedFrom === undefined || day < type.closedFrom
}
