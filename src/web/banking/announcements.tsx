import { Icon } from '../parts/icons.tsx'
import type { Visit } from './visit.tsx'

/** 重要なお知らせ: what the bank tells all its customers, in the page's language where it has it. */
export async function Announcements({ visit }: { visit: Visit }) {
  const { announcements: heading, published } = visit.words.banking
  const found = await visit.site.announcements(visit.bank.bankCode)
  if (found.length === 0) return null
  return (
    <section class="announcements" aria-labelledby="announcements">
      <h2 id="announcements">
        <Icon name="warning" />
        <span>{heading}</span>
      </h2>
      {found.map((announcement) => {
        const shown = visit.look.lang === 'en' && announcement.en ? 'en' : 'ja'
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
