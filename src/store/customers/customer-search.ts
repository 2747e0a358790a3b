import type { Customers, FoundBy, FoundCustomer, Session } from '../../bank/ports.ts'
import { CENTRE, type TokenState } from '../../bank/token.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface FoundRow {
  contract_id: string
  name: string
  phone: string | null
  frozen: boolean
  token_serial: string | null
  token_state: TokenState | null
  found_by: FoundBy
}

/** Above every letter: the end of the range of what begins with a text. */
const LAST_LETTER = '\u{10ffff}'

/** So many of the newest events of a token are asked whose it was. */
const EVENTS_OF_A_SERIAL = 200

/** Each sort of search by its own index; whoever fits several ways is told by the surest. */
const SEARCH = `
  with fitting as (
    select contract_id, 1 as rank, 'contractId' as found_by from contract
     where bank_code = $1 and contract_id = $2
    union all
    select contract_id, 2, 'receiptNo' from receipt where bank_code = $1 and receipt_no = $3
    union all
    (select contract_id, 3, 'phone' from contract
      where bank_code = $1 and replace(phone, '-', '') = $4 limit $8)
    union all
    select contract_id, 4, 'serial' from contract
     where bank_code = $1 and token_issuer in ('${CENTRE}', $1) and token_serial = $5
    union all
    select shipped_to, 5, 'serial' from token
     where issuer = $1 and serial = $5 and shipped_to is not null
    union all
    (select distinct contract_id, 6, 'serial' from (
       select contract_id from event
        where bank_code = $1 and serial = $5 and serial is not null and kind <> 'verification'
        order by seq desc limit ${EVENTS_OF_A_SERIAL}) known
      where contract_id is not null)
    union all
    (select contract_id, 7, 'nameKey' from contract
      where bank_code = $1 and name_key >= $6 and name_key < $7 order by name_key limit $8)
  ), surest as (
    select distinct on (contract_id) contract_id, rank, found_by from fitting
     order by contract_id, rank
  )
  select c.contract_id, c.name, c.phone, c.frozen, c.token_serial, t.state as token_state,
         s.found_by
    from surest s
    join contract c on c.bank_code = $1 and c.contract_id = s.contract_id
    left join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
   order by s.rank, c.name_key, c.contract_id limit $8`

const foundOf = (found: FoundRow): FoundCustomer => ({
  contractId: found.contract_id,
  name: found.name,
  foundBy: found.found_by,
  frozen: found.frozen,
  ...(found.phone !== null && { phone: found.phone }),
  ...(found.token_serial !== null && { serial: found.token_serial }),
  ...(found.token_state !== null && { tokenState: found.token_state }),
})

export function customersOn(on: Runner): Customers {
  return {
    async search(bankCode, search, most) {
      if (Object.keys(search).length === 0) return []
      const { nameKey } = search
      const found = await rows<FoundRow>(on, SEARCH, [
        bankCode,
        search.contractId ?? null,
        search.receiptNo ?? null,
        search.phone ?? null,
        search.serial ?? null,
        nameKey ?? null,
        nameKey === undefined ? null : `${nameKey}${LAST_LETTER}`,
        most,
      ])
      return found.map(foundOf)
    },

    async session({ bankCode, contractId }) {
      const text = `select started_at, last_seen_at from session
                     where bank_code = $1 and contract_id = $2`
      const found = await row<{ started_at: Date; last_seen_at: Date }>(on, text, [
        bankCode,
        contractId,
      ])
      if (found === undefined) return undefined
      const session: Session = {
        bankCode,
        contractId,
        startedAtMs: found.started_at.getTime(),
        lastSeenAtMs: found.last_seen_at.getTime(),
      }
      return session
    },

    async usersOf(bankCode, { issuer, serial }) {
      const text = `select bank_code, contract_id from contract
                     where token_issuer = $1 and token_serial = $2 order by contract_id`
      const users = await rows<{ bank_code: string; contract_id: string }>(on, text, [
        issuer,
        serial,
      ])
      const here = users.filter((user) => user.bank_code === bankCode)
      return {
        here: here.map((user) => user.contract_id),
        elsewhere: users.length - here.length,
      }
    },

    async noteViewing({ bankCode, contractId, staffId }, nowMs, sinceMs) {
      const text = `insert into customer_viewing as known
                           (bank_code, staff_id, contract_id, noted_at)
                    select bank_code, $3, contract_id, $4 from contract
                     where bank_code = $1 and contract_id = $2
                    on conflict (bank_code, staff_id, contract_id) do update
                       set noted_at = excluded.noted_at where known.noted_at <= $5`
      const values = [bankCode, contractId, staffId, new Date(nowMs), new Date(sinceMs)]
      return (await changes(on, text, values)) === 1
    },
  }
}
