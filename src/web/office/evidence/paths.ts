/** The addresses of the evidence. */
export function evidencePathsOf(at: (path: string) => string) {
  return {
    evidence: at('/evidence'),
    evidenceReceipt: at('/evidence/receipt'),
    evidenceBundle: at('/evidence/receipt/bundle'),
  }
}
