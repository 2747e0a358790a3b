import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { BankProfile } from '../../bank/contract.ts'
import type { Ports } from '../../bank/ports.ts'
import type { Look } from '../parts/look.ts'
import { Page } from '../parts/page.tsx'
import { ICON_PATH, icon, STYLE_PATH, styleSheet } from '../parts/site-files.ts'
import { type RequestVariables, requestLog } from '../request-log.ts'
import { securityHeaders } from '../security-headers.ts'
import { transportSecurity } from '../transport-security.ts'
import { japanese } from '../words/words.ts'

export interface OfficeSettings {
  readonly ports: Ports
  readonly logger: Logger
  readonly origin: () => string
  /** The bank whose mailbox the demonstration shows; undefined in production. */
  readonly demoBankCode: string | undefined
}

const MOST_NOTICES = 50

/**
 * The back office (`OFFICE_PORT`). Until its procedures stand it says so; in the demonstration it
 * shows the mailbox: the notices that a mail server would have sent.
 */
export function officeSite({ ports, logger, origin, demoBankCode }: OfficeSettings) {
  const words = japanese.office
  const app = new Hono<{ Variables: RequestVariables & { nonce: string } }>()
  app.use(requestLog(logger, ports.random))
  app.use(transportSecurity(origin))
  app.use(securityHeaders(ports.random))
  app.get(STYLE_PATH, styleSheet)
  app.get(ICON_PATH, icon)
  app.get('/', (c) =>
    demoBankCode === undefined ? c.text(words.coming, 503) : c.redirect('/mailbox', 302),
  )
  app.get('/mailbox', async (c) => {
    const { banks, journal } = ports.store.tables
    const bank = demoBankCode && (await banks.profile(demoBankCode))
    if (!bank) return c.notFound()
    const notices = await journal.latestNotices(bank.bankCode, MOST_NOTICES)
    return c.html(
      <Page look={lookOf(bank, c.get('nonce'))} title={words.mailbox}>
        <p>{words.mailboxText}</p>
        {notices.length === 0 && <p class="empty">{words.mailboxEmpty}</p>}
        {notices.map((notice) => (
          <article class="mail">
            <h2>{notice.subject}</h2>
            <p data-field="to">{words.to(notice.to)}</p>
            <pre class="mail__body">{notice.body}</pre>
          </article>
        ))}
      </Page>,
    )
  })
  app.notFound((c) => c.text(words.notFound, 404))
  app.onError((error, c) => {
    logger.error({ requestId: c.get('requestId'), err: error }, 'unexpected')
    return c.text(words.unexpected, 500)
  })
  return app
}

/** The look of the bank site; its addresses lead nowhere here but to the mailbox. */
function lookOf(bank: BankProfile, nonce: string): Look {
  const here = '/mailbox'
  const paths = {
    css: STYLE_PATH,
    icon: ICON_PATH,
    home: here,
    login: here,
    logout: here,
    guide: here,
  }
  return { words: japanese.parts, lang: japanese.lang, nonce, paths, bank }
}
