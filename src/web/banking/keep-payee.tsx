import type { CustomerVisit } from './visit.tsx'

export interface KeepPayeeProps {
  readonly visit: CustomerVisit
  /** The transfer whose payee is to be kept. */
  readonly receiptNo: string
}

/** The button that keeps the payee of a transfer (振込先登録). */
export function KeepPayee({ visit, receiptNo }: KeepPayeeProps) {
  return (
    <form class="keep-payee" method="post" action={visit.paths.payees}>
      <input type="hidden" name="csrf" value={visit.browser.csrf} />
      <input type="hidden" name="receiptNo" value={receiptNo} />
      <button type="submit" class="button button--quiet">
        {visit.words.transfers.keepPayee}
      </button>
    </form>
  )
}
