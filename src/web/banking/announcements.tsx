import { AnnouncementList } from '../parts/announcement-list.tsx'
import type { Visit } from './visit.tsx'

/** 重要なお知らせ: what the bank tells all its customers. */
export async function Announcements({ visit }: { visit: Visit }) {
  const { announcements: heading, published } = visit.words.banking
  const announcements = await visit.site.announcements(visit.bank.bankCode)
  if (announcements.length === 0) return null
  const { lang } = visit.look
  return (
    <AnnouncementList
      announcements={announcements}
      lang={lang}
      heading={heading}
      published={published}
    />
  )
}
