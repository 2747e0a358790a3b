import type { Proposal, ProposalState, Proposals } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface ProposalRow {
  bank_code: string
  id: string
  act: string
  subject: string
  contract_id: string | null
  facts: Proposal['facts']
  reason: string
  prepared_by: string
  prepared_at: Date
  expires_at: Date
  state: ProposalState
  decided_by: string | null
  decided_at: Date | null
  note: string | null
  receipt_no: number | null
}

const COLUMNS = `p.bank_code, p.id, p.act, p.subject, p.contract_id, p.facts, p.reason,
  p.prepared_by, p.prepared_at, p.expires_at, p.state, p.decided_by, p.decided_at, p.note,
  p.receipt_no`

function proposalOf(found: ProposalRow): Proposal {
  return {
    id: found.id,
    bankCode: found.bank_code,
    act: found.act,
    subject: found.subject,
    facts: found.facts,
    reason: found.reason,
    preparedBy: found.prepared_by,
    preparedAtMs: found.prepared_at.getTime(),
    expiresAtMs: found.expires_at.getTime(),
    state: found.state,
    ...(found.contract_id !== null && { contractId: found.contract_id }),
    ...(found.decided_by !== null && { decidedBy: found.decided_by }),
    ...(found.decided_at !== null && { decidedAtMs: found.decided_at.getTime() }),
    ...(found.note !== null && { note: found.note }),
    ...(found.receipt_no !== null && { receiptNo: String(found.receipt_no) }),
  }
}

const THIS = 'bank_code = $1 and id = $2'

export function proposalsOn(on: Runner): Proposals {
  const read = async (bankCode: string, id: string, lock: string) => {
    const text = `select ${COLUMNS} from proposal p where ${THIS} ${lock}`
    const found = await row<ProposalRow>(on, text, [bankCode, id])
    return found && proposalOf(found)
  }
  const list = async (where: string, values: unknown[]) =>
    (await rows<ProposalRow>(on, `select ${COLUMNS} from proposal p ${where}`, values)).map(
      proposalOf,
    )
  return {
    async insert(proposal) {
      const inserted = await changes(
        on,
        `insert into proposal (bank_code, id, act, subject, contract_id, facts, reason,
                               prepared_by, prepared_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (bank_code, act, subject) where state = 'waiting' do nothing`,
        [
          proposal.bankCode,
          proposal.id,
          proposal.act,
          proposal.subject,
          proposal.contractId ?? null,
          JSON.stringify(proposal.facts),
          proposal.reason,
          proposal.preparedBy,
          new Date(proposal.preparedAtMs),
          new Date(proposal.expiresAtMs),
        ],
      )
      return inserted === 1
    },

    find: (bankCode, id) => read(bankCode, id, ''),
    lock: (bankCode, id) => read(bankCode, id, 'for update'),

    async decide(proposal, decision) {
      const decided = await changes(
        on,
        `update proposal
            set state = $3, decided_by = $4, decided_at = $5, note = $6, receipt_no = $7
          where ${THIS} and state = 'waiting'`,
        [
          proposal.bankCode,
          proposal.id,
          decision.state,
          decision.by,
          new Date(decision.atMs),
          decision.note ?? null,
          decision.receiptNo ?? null,
        ],
      )
      return decided === 1
    },

    waiting: (bankCode, nowMs) =>
      list(
        `where bank_code = $1 and state = 'waiting' and expires_at > $2
         order by prepared_at, id limit 200`,
        [bankCode, new Date(nowMs)],
      ),

    settled: (bankCode, nowMs, most) =>
      list(
        `where bank_code = $1 and (state <> 'waiting' or expires_at <= $2)
         order by coalesce(decided_at, expires_at) desc, id limit $3`,
        [bankCode, new Date(nowMs), most],
      ),

    ofContract: (bankCode, contractId, most) =>
      list(`where bank_code = $1 and contract_id = $2 order by prepared_at desc, id limit $3`, [
        bankCode,
        contractId,
        most,
      ]),

    async expire(nowMs, most) {
      const ended = await rows<ProposalRow>(
        on,
        `update proposal p set state = 'expired', decided_at = $1
           from (select bank_code, id from proposal
                  where state = 'waiting' and expires_at <= $1
                  order by expires_at limit $2 for update skip locked) due
          where p.bank_code = due.bank_code and p.id = due.id
          returning ${COLUMNS}`,
        [new Date(nowMs), most],
      )
      return ended.map(proposalOf)
    },
  }
}
