import type { Announcement } from '../../bank/ports.ts'
import { Icon } from './icons.tsx'
import type { Lang } from './look.ts'

export interface AnnouncementListProps {
  readonly announcements: readonly Announcement[]
  readonly lang: Lang
  readonly heading: string
  readonly published: (day: string) => string
  /** Of its heading; another one where several lists stand on a page. */
  readonly id?: string | undefined
}

/** 重要なお知らせ, in the page's language where the bank has written it. */
export function AnnouncementList(props: AnnouncementListProps) {
  const { announcements, lang, heading, published, id = 'announcements' } = props
  return (
    <section class="announcements" aria-labelledby={id} lang={lang}>
      <h2 id={id}>
        <Icon name="warning" />
        <span>{heading}</span>
      </h2>
      {announcements.map((announcement) => {
        const shown = lang === 'en' && announcement.en ? 'en' : 'ja'
        const told = announcement[shown] ?? announcement.ja
        return (
          <article lang={shown}>
            <h3>{told.heading}</h3>
            <p>{told.text}</p>
            <p class="announcements__day">{published(announcement.publishedOn)}</p>
          </article>
        )
      })}
    </section>
  )
}
