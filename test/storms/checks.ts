/** What must be true of the database and of the server after any kill. */
import type { Pool } from 'pg'
import { locationOf, refusalOf } from '../../bench/rig/browser.ts'
import { openLine } from '../../bench/rig/line.ts'
import type { ServerProcess } from '../../bench/rig/server-process.ts'
import { verdictOf, verificationCall } from '../../bench/rig/verification-call.ts'
import type { LoadRecord, Submission, TransferTry } from './crowd.ts'
import type { Findings } from './findings.ts'

const LINES = 8

/** Everything that one load left behind. */
export async function checkAfterKill(
  pool: Pool,
  server: ServerProcess,
  { submissions, transfers }: LoadRecord,
  findings: Findings,
): Promise<void> {
  await checkAcceptances(pool, submissions, findings)
  await checkTransfers(pool, transfers, findings)
  await checkLedger(pool, findings)
  await submitAgain(server, submissions, findings)
  await transferAgain(pool, server, transfers, findings)
  await checkAcceptances(pool, submissions, findings)
  await checkTransfers(pool, transfers, findings)
  await checkLedger(pool, findings)
}

/** Acceptance and event are one: an acknowledged code has both, any other has both or neither. */
async function checkAcceptances(
  pool: Pool,
  submissions: readonly Submission[],
  findings: Findings,
): Promise<void> {
  const { rows } = await pool.query<{ reference: string; ids: string[]; last_accepted: number }>(
    `select s.reference, t.last_accepted,
            coalesce(array_agg(e.id) filter (where e.id is not null), '{}') as ids
       from unnest($1::text[], $2::text[]) as s (reference, serial)
       join token t on t.issuer = '0000' and t.serial = s.serial
       left join event e on e.kind = 'verification' and e.outcome = 'done'
                        and e.detail ->> 'reference' = s.reference
      group by s.reference, t.last_accepted`,
    [submissions.map(({ reference }) => reference), submissions.map(({ token }) => token.serial)],
  )
  const stored = new Map(rows.map((row) => [row.reference, row]))
  for (const { reference, token, step, verdict } of submissions) {
    const { ids, last_accepted } = stored.get(reference) ?? { ids: [], last_accepted: -1 }
    const told = `${reference} (${token.serial}, step ${step})`
    findings.expect(ids.length <= 1, `${told} has ${ids.length} acceptances`)
    const raised = last_accepted >= step
    if (ids.length === 1) findings.expect(raised, `${told}: event without acceptance`)
    if (verdict?.result === 'accepted') {
      findings.expect(ids[0] === verdict.verificationId, `${told}: acknowledged, then lost`)
    }
    if (verdict?.result === 'refused') {
      findings.violation(`${told}: a fresh code was refused with ${verdict.code}`)
    }
    // Each token serves one code at a time, so a raised step without its event was half an act.
    if (ids.length === 0) findings.expect(last_accepted !== step, `${told}: acceptance, no event`)
  }
}

/** An acknowledged transfer stands in draft, history, receipt, event and ledger, once each. */
async function checkTransfers(
  pool: Pool,
  transfers: readonly TransferTry[],
  findings: Findings,
): Promise<void> {
  const { rows } = await pool.query<{ id: string; step: string; found: number[] | null }>(
    `select d.id, d.step,
            (select array[(select count(*) from transfer t where t.receipt_no = no),
                          (select count(*) from receipt r where r.receipt_no = no),
                          (select count(*) from event e where e.receipt_no = no
                                                          and e.outcome = 'done')]::int[]
               from (select (d.result ->> 'receiptNo')::bigint as no) as its
              where no is not null) as found
       from draft d where d.id = any ($1)`,
    [transfers.map(({ draftId }) => draftId)],
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  for (const { draftId, acknowledged } of transfers) {
    const draft = stored.get(draftId)
    const found = draft?.found?.join()
    if (acknowledged) findings.expect(found === '1,1,1', `transfer ${draftId}: found ${found}`)
    else findings.expect(found === undefined || found === '1,1,1', `transfer ${draftId}: ${found}`)
  }
}

/** Violations of the books as a whole, each as a query that must find nothing. */
const LEDGER_RULES = {
  'balances differ from their movements': `
    select a.account_number from account a
     where a.balance_yen is not null and a.balance_yen <>
           (select coalesce(sum(m.amount_yen), 0) from movement m
             where (m.bank_code, m.credit_branch, m.credit_type, m.credit_number)
                 = (a.bank_code, a.branch_code, a.account_type, a.account_number))
         - (select coalesce(sum(m.amount_yen), 0) from movement m
             where (m.bank_code, m.debit_branch, m.debit_type, m.debit_number)
                 = (a.bank_code, a.branch_code, a.account_type, a.account_number))`,
  'balances are negative': 'select 1 from account where balance_yen < 0',
  'transfers differ from their movements': `
    select t.receipt_no from transfer t
     where t.amount_yen + t.fee_yen <>
           (select coalesce(sum(m.amount_yen), 0) from movement m
             where m.bank_code = t.bank_code and m.receipt_no = t.receipt_no)`,
  'movements belong to no transfer': `
    select m.receipt_no from movement m
     where m.debit_number <> 'opening' and not exists
           (select from transfer t
             where t.bank_code = m.bank_code and t.receipt_no = m.receipt_no)`,
  'drafts share a transfer': `
    select result ->> 'receiptNo' from draft where procedure = 'transfer' and step = 'done'
     group by 1 having count(*) > 1`,
  'transfers have no receipt or no event': `
    select t.receipt_no from transfer t
     where (select count(*) from receipt r where r.receipt_no = t.receipt_no) <> 1
        or (select count(*) from event e
             where e.receipt_no = t.receipt_no and e.kind = 'transfer'
               and e.outcome = 'done') <> 1`,
} as const

async function checkLedger(pool: Pool, findings: Findings): Promise<void> {
  for (const [rule, text] of Object.entries(LEDGER_RULES)) {
    const { rows } = await pool.query(text)
    findings.expect(rows.length === 0, `${rule}: ${rows.length}, first ${JSON.stringify(rows[0])}`)
  }
}

/** No code is accepted again: neither one that was acknowledged nor one whose answer was lost. */
async function submitAgain(
  server: ServerProcess,
  submissions: readonly Submission[],
  findings: Findings,
): Promise<void> {
  const { api, demo } = server.ready
  const left = [...submissions]
  const work = Array.from({ length: LINES }, async () => {
    const line = await openLine(api)
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { token, otp, reference, verdict } = next
      const { contractId } = token
      const call = verificationCall(demo.apiKey, { contractId, otp, reference })
      const again = verdictOf(await line.send(call))
      if (again === undefined) findings.violation(`${reference}: no answer after the restart`)
      if (verdict === undefined) {
        // Lost before it was written, it may be accepted now; the check of events sees if it was
        // twice.
        if (again?.result === 'accepted') next.verdict = again
      } else {
        findings.expect(again?.result === 'refused', `${reference}: accepted again`)
      }
    }
    line.close()
  })
  await Promise.all(work)
}

/**
 * Every form is sent once more, as an impatient customer does. Where the transfer had been done,
 * acknowledged or not, the first result comes back; where it had not, it is done now or refused.
 * Neither way is there a second one.
 */
async function transferAgain(
  pool: Pool,
  server: ServerProcess,
  transfers: readonly TransferTry[],
  findings: Findings,
): Promise<void> {
  for (const transfer of transfers) {
    const { customer, draftId, otp } = transfer
    const before = await standingOf(pool, transfer)
    customer.browser.moveTo(server.ready.banking)
    // The last page may tell that the database was away, and then has no form to take a token from.
    await customer.browser.get('/login')
    const answer = await customer.browser.post('/transfer/review', { otp, draft: draftId })
    const result = locationOf(answer) ?? refusalOf(answer)
    const isDone = result.startsWith('/transfer/done')
    const after = await standingOf(pool, transfer)
    const told = `transfer ${draftId}, sent again, led to ${result}`
    const wasDone = before.receiptNo !== null
    if (wasDone) findings.expect(isDone, told)
    else findings.expect(isDone || /^[a-z-]+$/.test(result), told)
    if (wasDone) findings.expect(after.receiptNo === before.receiptNo, `${told}: another receipt`)
    const more = after.transfers - before.transfers
    findings.expect(more === (isDone && !wasDone ? 1 : 0), `${told}: ${more} more transfers`)
  }
}

/** What the database knows of a draft, and how often its customer has transferred. */
async function standingOf(
  pool: Pool,
  { draftId, customer }: TransferTry,
): Promise<{ receiptNo: string | null; transfers: number }> {
  const { rows } = await pool.query<{ receiptNo: string | null; transfers: number }>(
    `select result ->> 'receiptNo' as "receiptNo",
            (select count(*)::int from transfer t where t.contract_id = $2) as transfers
       from draft where id = $1`,
    [draftId, customer.token.contractId],
  )
  const [standing] = rows
  if (standing === undefined) throw new Error(`the draft ${draftId} is gone`)
  return standing
}
