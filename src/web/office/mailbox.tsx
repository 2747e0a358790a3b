import { japanese } from '../words/words.ts'
import { type OfficeVisit, show } from './visit.tsx'

const MOST_NOTICES = 50

/** The mailbox of the demonstration: the notices that a mail server would have sent. */
export async function mailboxPage(visit: OfficeVisit) {
  const words = japanese.office.mailbox
  const { journal } = visit.site.ports.store.tables
  const notices = await journal.latestNotices(visit.bank.bankCode, MOST_NOTICES)
  return show(visit, {
    title: words.title,
    children: (
      <>
        <p>{words.text}</p>
        {notices.length === 0 && <p class="empty">{words.empty}</p>}
        {notices.map((notice) => (
          <article class="mail">
            <h2>{notice.subject}</h2>
            <p data-field="to">{words.to(notice.to)}</p>
            <pre class="mail__body">{notice.body}</pre>
          </article>
        ))}
      </>
    ),
  })
}
