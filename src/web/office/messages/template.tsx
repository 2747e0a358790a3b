import type { BankProfile } from '../../../bank/contract.ts'
import { type MessageText, noticeOf } from '../../../bank/notice.ts'
import { type NoticeTemplate, STANDARD_TEMPLATE } from '../../../bank/office/notice-template.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { japanese } from '../../words/words.ts'
import { MailSample } from '../mail-sample.tsx'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'

const words = japanese.office.messages
const MOST_VERSIONS = 50

/** A notice in these words, of a transfer that nobody made. */
export function sampleNotice(bank: BankProfile, noticeTemplate: NoticeTemplate, nowMs: number) {
  const receipt = { receiptNo: words.sampleReceipt, receivedAtMs: nowMs }
  const facts = { act: words.sampleAct, lines: words.sampleLines }
  const text: MessageText = noticeOf(
    { ...bank, noticeTemplate },
    words.sampleContract,
    receipt,
    facts,
  )
  return text
}

/** The words in force, and those before. */
export async function templatePage(visit: StaffVisit) {
  const { versionColumns: columns } = words
  const { ports } = visit.site
  const versions = await ports.store.tables.messages.templates(visit.bank.bankCode, MOST_VERSIONS)
  const now = versions[0]?.template ?? STANDARD_TEMPLATE
  return show(visit, {
    title: words.templateTitle,
    staff: visit,
    children: (
      <>
        <p>{words.templateText}</p>
        {mayDo(visit.staff.role, 'prepare') && (
          <p>
            <a class="button button--secondary" href={visit.paths.templateWrite}>
              {words.templateChange}
            </a>
          </p>
        )}
        <h2>{words.templateNow}</h2>
        <MailSample text={sampleNotice(visit.bank, now, ports.clock.now())} />
        <WorkTable
          caption={words.versions}
          columns={[columns.version, columns.decidedAt, columns.decidedBy, columns.receiptNo]}
          empty={words.versionsEmpty}
          rows={versions.map((version) => [
            words.templateVersion(version.version),
            { atMs: version.decidedAtMs },
            version.decidedBy,
            version.receiptNo,
          ])}
        />
        <p>
          <a href={visit.paths.announcements}>{words.toList}</a>
        </p>
      </>
    ),
  })
}
