import type { BankEvent } from './event.ts'

/** An event as it stands in the log of its bank. */
export interface RecordedEvent extends BankEvent {
  /** Its place among the events of the bank; numbers are skipped, and none is given twice. */
  readonly seq: number
}

/** That a staff member opened the page of a customer: what is told only to those who may know. */
export const VIEWING = 'customer-view'

/** Reads what was recorded. It never writes, and holds nothing. */
export interface EventReading {
  /**
   * The events of a bank in order, after the place where the reader stands: 0 for the beginning. An
   * event is shown only when none that comes before it can still appear, so that a reader who goes
   * on from the last one has seen them all. What a transaction under way may still change is shown
   * later, never skipped. Who of the staff looked at whom is no business of a channel: it is left
   * out.
   */
  after(bankCode: string, seq: number, most: number): Promise<EventPage>
  /**
   * The history of one contract, newest first; `before` goes on from there. Codes that another
   * channel had accepted are not in it, because an index of those would slow every verification;
   * who looked at the customer is in it if that is asked for.
   */
  ofContract(
    bankCode: string,
    contractId: string,
    most: number,
    before?: number,
    withViewings?: boolean,
  ): Promise<readonly RecordedEvent[]>
  /**
   * What was done with a token, newest first, whichever contract it serves: acts, and attempts at
   * them. Verifications are found by contract.
   */
  bySerial(
    bankCode: string,
    serial: string,
    most: number,
    before?: number,
  ): Promise<readonly RecordedEvent[]>
  /**
   * The codes of one contract that other channels had accepted, newest first. It looks through so
   * many events of the bank, from `before` back, and says how far it came.
   */
  acceptedByChannels(
    bankCode: string,
    contractId: string,
    lookThrough: number,
    before?: number,
  ): Promise<{
    readonly events: readonly RecordedEvent[]
    /** From where to look further; undefined when the beginning is reached. */
    readonly lookedBackTo: number | undefined
  }>
  /** The events of one 受付番号; none when the bank has not given it. */
  byReceipt(bankCode: string, receiptNo: string): Promise<readonly RecordedEvent[]>
}

export interface EventPage {
  readonly events: readonly RecordedEvent[]
  /** Whether there are more to be had at once. */
  readonly more: boolean
}
