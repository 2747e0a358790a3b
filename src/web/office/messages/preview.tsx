import type { AnnouncementRecord } from '../../../bank/ports.ts'
import { AnnouncementList } from '../../parts/announcement-list.tsx'
import { english } from '../../words/english.ts'
import { japanese } from '../../words/words.ts'

const words = japanese.office.messages

/** The announcement exactly as customers see it: the very part of their pages. */
export function AnnouncementPreview({ of }: { of: AnnouncementRecord }) {
  const ja = japanese.banking
  const en = english.banking
  return (
    <>
      <h2>{words.previewJa}</h2>
      <AnnouncementList
        announcements={[of]}
        lang="ja"
        heading={ja.announcements}
        published={ja.published}
        id="preview-ja"
      />
      {of.en && (
        <>
          <h2>{words.previewEn}</h2>
          <AnnouncementList
            announcements={[of]}
            lang="en"
            heading={en.announcements}
            published={en.published}
            id="preview-en"
          />
        </>
      )}
    </>
  )
}
