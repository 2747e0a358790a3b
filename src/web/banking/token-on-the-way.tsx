import { dayOf } from '../../bank/calendar.ts'
import type { ListedApplication } from '../../bank/hardware/hardware.ts'
import { writtenParcelNumber } from '../../bank/hardware/parcel-number.ts'
import { Notice } from '../parts/messages.tsx'
import type { CustomerVisit } from './visit.tsx'

/** Where the hardware token is that the customer has applied for, until it is in use. */
export async function tokenOnTheWay(visit: CustomerVisit) {
  const { bankCode, contractId } = visit.contract
  const { applications } = visit.site.ports.store.tables.hardware
  const all = await applications.ofContract(bankCode, contractId)
  const application = all.find(isUnderWay)
  return application && <OnTheWay visit={visit} application={application} />
}

const isUnderWay = ({ state, tokenState }: ListedApplication) =>
  state === 'shipped' ? tokenState === 'shipped' : state !== 'withdrawn'

function OnTheWay(props: {
  readonly visit: CustomerVisit
  readonly application: ListedApplication
}) {
  const { visit, application } = props
  const { onTheWay } = visit.words.banking.home
  const { appliedOn, parcelNo, shippedAtMs, state } = application
  const isShipped = state === 'shipped' && parcelNo !== undefined && shippedAtMs !== undefined
  return (
    <Notice kind="info" heading={onTheWay.heading}>
      <p data-field="hardwareToken" data-value={isShipped ? 'shipped' : 'received'}>
        {isShipped
          ? onTheWay.shipped(dayOf(shippedAtMs), writtenParcelNumber(parcelNo))
          : onTheWay.received(appliedOn)}
      </p>
      {isShipped && (
        <p>{visit.contract.token === undefined ? onTheWay.toStart : onTheWay.toExchange}</p>
      )}
    </Notice>
  )
}
