import { dayOf } from '../../../bank/calendar.ts'
import { type AnnouncementStage, stageOf } from '../../../bank/office/announcement.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { japanese } from '../../words/words.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'

const words = japanese.office.messages
const { day } = japanese.office.campaigns
const MOST_SHOWN = 100

/** All announcements, past ones too. */
export async function announcementsPage(visit: StaffVisit) {
  const { columns } = words
  const { ports } = visit.site
  const { messages } = ports.store.tables
  const all = await messages.announcements(visit.bank.bankCode, MOST_SHOWN)
  const today = dayOf(ports.clock.now())
  return show(visit, {
    title: words.title,
    staff: visit,
    wide: true,
    children: (
      <>
        <p>{words.text}</p>
        <p class="ways">
          {mayDo(visit.staff.role, 'prepare') && (
            <a class="button button--secondary" href={visit.paths.announcementWrite}>
              {words.write}
            </a>
          )}
          <a class="button button--secondary" href={visit.paths.template}>
            {words.toTemplate}
          </a>
        </p>
        <WorkTable
          caption={words.caption}
          columns={[columns.heading, columns.publishedOn, columns.lastDay, columns.stage]}
          empty={words.empty}
          rows={all.map((announcement) => [
            <a href={visit.paths.announcement(announcement.id)}>{announcement.ja.heading}</a>,
            day(announcement.publishedOn),
            announcement.lastDay === undefined ? words.noLastDay : day(announcement.lastDay),
            <StageTag stage={stageOf(announcement, today)} />,
          ])}
        />
      </>
    ),
  })
}

const TONES = {
  'to-come': 'open',
  shown: 'good',
  over: 'plain',
  'taken-down': 'bad',
} as const satisfies Record<AnnouncementStage, string>

export const StageTag = ({ stage }: { stage: AnnouncementStage }) => (
  <span class={`tag tag--${TONES[stage]}`} data-field="stage" data-value={stage}>
    {words.stages[stage]}
  </span>
)
