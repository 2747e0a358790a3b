import type { CustomerView } from '../../../bank/office/customer-view.ts'
import { LOSS_SCOPES, type LossScope } from '../../../bank/procedures/loss-report.ts'

/** What there is to stop: what this bank has stopped already is not offered. */
export function lossScopesOf(
  { contract, token, holds }: CustomerView,
  bankCode: string,
): readonly LossScope[] {
  const isHeld = token?.state === 'suspended' && holds.some((hold) => hold.bankCode === bankCode)
  const mayToken = token !== undefined && !isHeld
  const mayService = contract.frozenBy !== 'bank'
  return LOSS_SCOPES.filter(
    (scope) => (scope === 'service' || mayToken) && (scope === 'token' || mayService),
  )
}
