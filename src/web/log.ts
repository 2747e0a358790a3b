import { type Logger, pino } from 'pino'

/**
 * The log: one JSON object per line. Errors are reduced to type, code, message and stack, because
 * the further properties of a database error quote the values of the failing row.
 */
export function openLog(level: string): Logger {
  return pino({
    level,
    base: null,
    serializers: { err: describe },
    redact: ['*.otp', '*.loginPassword', '*.cookie', '*.authorization'],
  })
}

function describe(error: Error & { code?: unknown }): object {
  const { name, message, code, stack, cause } = error
  return {
    type: name,
    message,
    code,
    stack,
    ...(cause instanceof Error && { cause: describe(cause) }),
  }
}
