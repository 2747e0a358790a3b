import {
  APPLICATION_MOVES,
  type Application,
  type ApplicationMove,
  type ApplicationState,
  type Applications,
  type HardwareTermsTable,
  type ListedApplication,
  USUAL_HARDWARE_TERMS,
} from '../../bank/hardware/hardware.ts'
import type { TokenShape } from '../../bank/hardware/stock.ts'
import type { TokenState } from '../../bank/token.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface ApplicationRow {
  bank_code: string
  application_no: number
  contract_id: string
  purpose: Application['purpose']
  applied_on: string
  shape: TokenShape | null
  fee_yen: number
  waiver: string | null
  replaces: string | null
  state: ApplicationState
  serial: string | null
  parcel_no: string | null
  recorded_by: string
  recorded_at: Date
  shipped_at: Date | null
}

type ListedRow = ApplicationRow & { customer_name: string; token_state: TokenState | null }

const COLUMNS = `a.bank_code, a.application_no, a.contract_id, a.purpose, a.applied_on, a.shape,
  a.fee_yen, a.waiver, a.replaces, a.state, a.serial, a.parcel_no, a.recorded_by, a.recorded_at,
  a.shipped_at`

function applicationOf(found: ApplicationRow): Application {
  return {
    bankCode: found.bank_code,
    applicationNo: String(found.application_no),
    contractId: found.contract_id,
    purpose: found.purpose,
    appliedOn: found.applied_on,
    feeYen: found.fee_yen,
    recordedBy: found.recorded_by,
    recordedAtMs: found.recorded_at.getTime(),
    state: found.state,
    ...(found.shape !== null && { shape: found.shape }),
    ...(found.waiver !== null && { waiver: found.waiver }),
    ...(found.replaces !== null && { replaces: found.replaces }),
    ...(found.serial !== null && { serial: found.serial }),
    ...(found.parcel_no !== null && { parcelNo: found.parcel_no }),
    ...(found.shipped_at !== null && { shippedAtMs: found.shipped_at.getTime() }),
  }
}

const listedOf = (found: ListedRow): ListedApplication => ({
  ...applicationOf(found),
  customerName: found.customer_name,
  ...(found.token_state !== null && { tokenState: found.token_state }),
})

const THIS = 'bank_code = $1 and application_no = $2'

/** A receipt number of an address or a form; what is none finds nothing. */
const isNumber = (applicationNo: string) => /^\d{1,15}$/.test(applicationNo)

function partsOf(move: ApplicationMove, nowMs: number) {
  if (move.to === 'assigned') return [move.serial, null, null]
  // `shipped` keeps its serial, `missing` all that belongs to the parcel.
  return move.to === 'shipped' ? [null, move.parcelNo, new Date(nowMs)] : [null, null, null]
}

/** Which of serial, parcel and time of dispatch a move leaves as they are. */
const KEPT = { received: false, withdrawn: false, assigned: false, shipped: true, missing: true }

export function applicationsOn(on: Runner): Applications {
  const read = async (where: string, values: unknown[]) => {
    const text = `select ${COLUMNS} from hardware_application a where ${where}`
    const found = await row<ApplicationRow>(on, text, values)
    return found && applicationOf(found)
  }
  const list = async (where: string, values: unknown[]) => {
    const text = `select ${COLUMNS}, c.name as customer_name, t.state as token_state
        from hardware_application a
        join contract c on c.bank_code = a.bank_code and c.contract_id = a.contract_id
        left join token t on t.issuer = a.bank_code and t.serial = a.serial
       where ${where}`
    return (await rows<ListedRow>(on, text, values)).map(listedOf)
  }
  return {
    async insert(application) {
      const inserted = await changes(
        on,
        `insert into hardware_application
           (bank_code, application_no, contract_id, purpose, applied_on, shape, fee_yen, waiver,
            replaces, state, recorded_by, recorded_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10, $11, $11)
         on conflict (bank_code, contract_id) where state in ('received', 'assigned', 'missing')
         do nothing`,
        [
          application.bankCode,
          application.applicationNo,
          application.contractId,
          application.purpose,
          application.appliedOn,
          application.shape ?? null,
          application.feeYen,
          application.waiver ?? null,
          application.replaces ?? null,
          application.recordedBy,
          new Date(application.recordedAtMs),
        ],
      )
      return inserted === 1
    },

    async find(bankCode, applicationNo) {
      return isNumber(applicationNo) ? read(THIS, [bankCode, applicationNo]) : undefined
    },
    async lock(bankCode, applicationNo) {
      if (!isNumber(applicationNo)) return undefined
      return read(`${THIS} for update`, [bankCode, applicationNo])
    },
    ofSerial: (bankCode, serial) => read('bank_code = $1 and serial = $2', [bankCode, serial]),

    async move(application, move, nowMs) {
      const { state: from } = application
      if (!(APPLICATION_MOVES[from] as readonly ApplicationState[]).includes(move.to)) {
        throw new Error(`no application moves from ${from} to ${move.to}`)
      }
      const moved = await changes(
        on,
        `update hardware_application
            set state = $4, changed_at = $9,
                serial = coalesce($5, case when $8 then serial end),
                parcel_no = coalesce($6, case when $8 then parcel_no end),
                shipped_at = coalesce($7, case when $8 then shipped_at end)
          where ${THIS} and state = $3`,
        [
          application.bankCode,
          application.applicationNo,
          from,
          move.to,
          ...partsOf(move, nowMs),
          KEPT[move.to],
          new Date(nowMs),
        ],
      )
      return moved === 1
    },

    async hasParcel(bankCode, parcelNo, sinceMs) {
      const text = `select 1 from hardware_application
                     where bank_code = $1 and parcel_no = $2 and shipped_at > $3 limit 1`
      return (await row(on, text, [bankCode, parcelNo, new Date(sinceMs)])) !== undefined
    },

    inState: (bankCode, state, most) =>
      list('a.bank_code = $1 and a.state = $2 order by a.application_no limit $3', [
        bankCode,
        state,
        most,
      ]),

    shippedBetween: (bankCode, fromMs, untilMs) =>
      list(
        `a.bank_code = $1 and a.shipped_at >= $2 and a.shipped_at < $3
         order by a.parcel_no limit 1000`,
        [bankCode, new Date(fromMs), new Date(untilMs)],
      ),

    ofContract: (bankCode, contractId) =>
      list('a.bank_code = $1 and a.contract_id = $2 order by a.application_no desc limit 50', [
        bankCode,
        contractId,
      ]),
  }
}

export function hardwareTermsOn(on: Runner): HardwareTermsTable {
  return {
    async find(bankCode) {
      const text = 'select fee_yen, battery_months from hardware_terms where bank_code = $1'
      const found = await row<{ fee_yen: number; battery_months: number }>(on, text, [bankCode])
      if (found === undefined) return USUAL_HARDWARE_TERMS
      return { feeYen: found.fee_yen, batteryMonths: found.battery_months }
    },

    async set(bankCode, terms) {
      await changes(
        on,
        `insert into hardware_terms (bank_code, fee_yen, battery_months) values ($1, $2, $3)
         on conflict (bank_code) do update
            set fee_yen = excluded.fee_yen, battery_months = excluded.battery_months`,
        [bankCode, terms.feeYen, terms.batteryMonths],
      )
    },
  }
}
