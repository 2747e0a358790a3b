import nodemailer, { type Transporter } from 'nodemailer'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Clock } from '../bank/ports.ts'
import { row, rows } from './connection.ts'
import { type Repeated, repeat } from './repeat.ts'

interface NoticeRow {
  bank_code: string
  seq: number
  recipient: string
  subject: string
  body: string
  attempts: number
}

export interface OutboxSettings {
  readonly pool: Pool
  readonly clock: Clock
  readonly logger: Logger
  readonly smtpUrl: string
  readonly sender: string
}

const POLL_MS = 1_000
const AT_ONCE = 20
/** A notice that failed waits twice as long each time, up to an hour. */
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 60 * 60 * 1000

/**
 * Sends the notices of the outbox by SMTP until it is stopped. Several processes share the work:
 * each row is claimed by moving its next attempt into the future, so that a process that dies in
 * between only delays it. A notice may come twice after a crash, never not at all.
 */
export function startOutbox(settings: OutboxSettings): Repeated {
  const transport = nodemailer.createTransport(settings.smtpUrl)
  const sending = repeat({
    everyMs: POLL_MS,
    async step(isStopped) {
      while (!isStopped() && (await sendSome(settings, transport)) === AT_ONCE);
    },
    failed: (error) => settings.logger.warn({ err: error }, 'the outbox could not be read'),
  })
  return {
    async stop() {
      await sending.stop()
      transport.close()
    },
  }
}

/** More than this is a flood, however many they are. */
const MOST_COUNTED = 100_000

/** How many notices are not sent yet, and for how long the oldest of them has waited. */
export async function outboxBacklog(
  pool: Pool,
  clock: Clock,
): Promise<{ readonly waiting: number; readonly oldestSeconds: number }> {
  const found = await row<{ waiting: number; oldest: Date | null }>(
    pool,
    `select count(*) as waiting, min(created_at) as oldest
       from (select created_at from notice where sent_at is null limit ${MOST_COUNTED}) unsent`,
    [],
  )
  const oldestMs = found?.oldest?.getTime()
  const waitedMs = oldestMs === undefined ? 0 : Math.max(0, clock.now() - oldestMs)
  return { waiting: found?.waiting ?? 0, oldestSeconds: waitedMs / 1000 }
}

async function sendSome(settings: OutboxSettings, transport: Transporter): Promise<number> {
  const { pool, clock } = settings
  const nowMs = clock.now()
  const claimed = await rows<NoticeRow>(
    pool,
    `update notice n set attempts = n.attempts + 1, next_attempt_at = $2
       from (select bank_code, seq from notice
              where sent_at is null and next_attempt_at <= $1
              order by next_attempt_at limit ${AT_ONCE} for update skip locked) due
      where n.bank_code = due.bank_code and n.seq = due.seq
      returning n.bank_code, n.seq, n.recipient, n.subject, n.body, n.attempts`,
    [new Date(nowMs), new Date(nowMs + 60_000)],
  )
  for (const notice of claimed) await send(settings, transport, notice)
  return claimed.length
}

async function send(settings: OutboxSettings, transport: Transporter, notice: NoticeRow) {
  const { pool, clock, logger } = settings
  const key = [notice.bank_code, notice.seq]
  try {
    await transport.sendMail({
      from: settings.sender,
      to: notice.recipient,
      subject: notice.subject,
      text: notice.body,
      messageId: `<${notice.bank_code}.${notice.seq}@ichido.invalid>`,
    })
    const text = 'update notice set sent_at = $3 where bank_code = $1 and seq = $2'
    await rows(pool, text, [...key, new Date(clock.now())])
  } catch (error) {
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (notice.attempts - 1), LONGEST_WAIT_MS)
    logger.warn({ err: error, notice: key, waitMs }, 'a notice was not taken by the mail server')
    const text = 'update notice set next_attempt_at = $3 where bank_code = $1 and seq = $2'
    await rows(pool, text, [...key, new Date(clock.now() + waitMs)])
  }
}
