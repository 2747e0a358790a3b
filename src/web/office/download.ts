import { BYTE_ORDER_MARK } from '../csv.ts'
import type { OfficeVisit } from './visit.tsx'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const

/**
 * Answers with a file that is made while it is sent: the next piece when the last one has gone, so
 * that a file of any size takes the memory of one piece. A piece that cannot be made breaks the
 * answer off, and the browser tells that the file is not whole.
 */
export function download(
  visit: OfficeVisit,
  fileName: string,
  pieces: AsyncGenerator<string>,
  type: keyof typeof TYPES = 'csv',
): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // Without it Japanese Excel takes the file for Shift_JIS.
      if (type === 'csv') controller.enqueue(encoder.encode(BYTE_ORDER_MARK))
    },
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  return visit.c.body(body, 200, {
    'Content-Type': TYPES[type],
    'Content-Disposition': `attachment; filename="${fileName}"`,
  })
}
