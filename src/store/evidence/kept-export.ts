import fs from 'node:fs'
import { createInterface } from 'node:readline'
import { readEventText } from '../../evidence/event-text.ts'

/** An event as it was sealed, with the place of its leaf. */
export interface SealedEvent {
  readonly leaf: number
  readonly text: string
}

/**
 * The events of a receipt in an export that retention has left, read line by line: it may be larger
 * than the memory. What the file says is believed by nobody: the proof leads it to a signed head,
 * or does not. Throws when the file cannot be read.
 */
export async function eventsInExport(
  file: string,
  bankCode: string,
  receiptNo: string,
): Promise<SealedEvent[]> {
  const found: SealedEvent[] = []
  const input = createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity })
  for await (const line of input) {
    const exported = readLine(line)
    // Most lines are of other receipts: what does not even name the number is not taken apart.
    if (exported === undefined || !exported.text.includes(`"${receiptNo}"`)) continue
    const event = readEventText(exported.text)
    if (event?.bankCode === bankCode && event.receiptNo === receiptNo) found.push(exported)
  }
  return found
}

/** Undefined for the first line, for one of a removed row, and for what is no line of an export. */
function readLine(line: string): SealedEvent | undefined {
  try {
    const { leaf, event } = JSON.parse(line) as Record<string, unknown>
    const isLine = typeof event === 'string' && Number.isSafeInteger(leaf) && Number(leaf) >= 0
    return isLine ? { leaf: leaf as number, text: event } : undefined
  } catch {
    return undefined
  }
}
