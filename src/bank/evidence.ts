/** What the bank can show of its evidence: to itself, to an auditor, to whoever holds a receipt. */
export interface Evidence {
  /** The newest signed head of the bank's log. Undefined while nothing is sealed. */
  newestHead(bankCode: string): Promise<SignedHead | undefined>
  /** The last head that was published. Undefined while none was. */
  publishedHead(bankCode: string): Promise<SignedHead | undefined>
  /** The proof that the events of the receipt stand in the bank's log. */
  proofOfReceipt(bankCode: string, receiptNo: string): Promise<ReceiptAnswer>
}

/**
 * `unsealed` for a second or so after the act; undefined when the bank has no such receipt. Of a
 * receipt whose events retention has removed, the name of the export that proves it.
 */
export type ReceiptAnswer = ReceiptProof | 'unsealed' | { readonly retainedIn: string } | undefined

export interface SignedHead {
  readonly bankCode: string
  /** How many events the log has. */
  readonly size: number
  /** The Merkle root over them (RFC 6962), 32 bytes in base64. */
  readonly root: string
  readonly atMs: number
  /** The head as it is signed and published (C2SP tlog-checkpoint). */
  readonly note: string
  /** The public key that signed it, as verifiers keep it (C2SP signed-note). */
  readonly verifierKey: string
}

/** A receipt's proof as it is handed out: `tools/verify-receipt.mjs` reads it. */
export interface ReceiptProof {
  readonly format: 'ichido-receipt-proof-1'
  readonly bankCode: string
  readonly receiptNo: string
  readonly verifierKey: string
  /** The note of a signed head that covers all the events: a published one, if one does. */
  readonly head: string
  readonly events: readonly ProvenEvent[]
}

export interface ProvenEvent {
  readonly leaf: number
  /** The event's byte form, of which the leaf is the hash. */
  readonly event: string
  /** The hashes from the leaf up to the root, in base64 (RFC 6962 §2.1.1). */
  readonly path: readonly string[]
}
