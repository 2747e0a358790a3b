import { announcementFormOf, announcementOf } from '../../../bank/office/announcement.ts'
import { templateOf } from '../../../bank/office/notice-template.ts'
import type { Proposal } from '../../../bank/ports.ts'
import { announcementPublish, announcementTakeDown } from '../../../bank/procedures/announcement.ts'
import { noticeTemplateChange } from '../../../bank/procedures/notice-template.ts'
import { japanese } from '../../words/words.ts'
import { MailSample } from '../mail-sample.tsx'
import type { OfficeAct } from '../office-act.ts'
import type { StaffVisit } from '../visit.tsx'
import { AnnouncementPreview } from './preview.tsx'
import { sampleNotice } from './template.tsx'

const words = japanese.office.messages
const { day } = japanese.office.campaigns

/** What two people decide about what customers read. */
export const messageActs: readonly OfficeAct[] = [
  {
    procedure: announcementPublish,
    title: words.acts.publish,
    lines: daysOf,
    preview: (_visit, proposal) => {
      const form = announcementFormOf(proposal.facts)
      return <AnnouncementPreview of={announcementOf(proposal.bankCode, proposal.id, form)} />
    },
  },
  { procedure: announcementTakeDown, title: words.acts.takeDown, lines: () => [] },
  {
    procedure: noticeTemplateChange,
    title: words.acts.template,
    lines: () => [],
    preview: (visit, proposal) => <TemplateSample visit={visit} proposal={proposal} />,
  },
]

function daysOf({ facts }: Proposal) {
  const { publishedOn, lastDay } = announcementFormOf(facts)
  return [
    [words.publishedOn, day(publishedOn)],
    [words.columns.lastDay, lastDay === '' ? words.noLastDay : day(lastDay)],
  ] as const
}

const TemplateSample = ({ visit, proposal }: { visit: StaffVisit; proposal: Proposal }) => (
  <MailSample
    text={sampleNotice(visit.bank, templateOf(proposal.facts), visit.site.ports.clock.now())}
  />
)
