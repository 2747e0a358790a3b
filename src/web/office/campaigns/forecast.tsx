import { type Forecast, USE_AGES, USER_STATES } from '../../../bank/office/campaign-tables.ts'
import { Facts } from '../../parts/facts.tsx'
import { Table } from '../../parts/table.tsx'
import { japanese } from '../../words/words.ts'

const words = japanese.office.campaigns

/** Whom a type concerns now, counted in the ways that matter for closing it. */
export function ForecastTables({ forecast }: { forecast: Forecast }) {
  const number = (field: string, label: string, count: number, text: string) => ({
    field,
    label,
    value: text,
    dataValue: String(count),
  })
  const { customers, otpAtLogin, shipped } = forecast
  return (
    <>
      <p>{words.forecastText}</p>
      <Facts
        items={[
          {
            ...number('customers', words.customers, customers, words.people(customers)),
            large: true,
          },
          number('otpAtLogin', words.otpAtLogin, otpAtLogin, words.people(otpAtLogin)),
          ...(shipped > 0
            ? [number('shipped', words.shipped, shipped, words.tokens(shipped))]
            : []),
        ]}
      />
      <div class="side-by-side">
        <CountTable
          caption={words.byState}
          rows={USER_STATES.map((state) => [words.states[state], forecast.byState[state]])}
        />
        <CountTable
          caption={words.byLastUse}
          rows={USE_AGES.map((age) => [words.ages[age], forecast.byLastUse[age]])}
        />
      </div>
    </>
  )
}

function CountTable(props: {
  readonly caption: string
  readonly rows: readonly (readonly [label: string, customers: number])[]
}) {
  return (
    <Table
      caption={props.caption}
      columns={[{ label: props.caption }, { label: words.count, numeric: true }]}
      rows={props.rows.map(([label, customers]) => [label, words.people(customers)])}
    />
  )
}
