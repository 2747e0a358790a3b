import { dayOf, isDay } from '../calendar.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { AnnouncementRecord } from './message-tables.ts'

/** What is typed for an announcement; the English half and the last day may be left empty. */
export interface AnnouncementForm {
  readonly heading: string
  readonly text: string
  readonly headingEn: string
  readonly textEn: string
  readonly publishedOn: string
  readonly lastDay: string
}

const MOST_HEADING = 60
const MOST_TEXT = 400
/** English takes more letters for the same. */
const MOST_TEXT_EN = 900

/**
 * The announcement that was typed, with nothing around its texts.
 *
 * Refusals, each with the field: `invalid-input` (empty, too long, half in English, days that do
 * not exist or out of order), `day-passed`.
 */
export function readAnnouncement(
  typed: AnnouncementForm,
  nowMs: number,
): Outcome<AnnouncementForm> {
  const form: AnnouncementForm = {
    heading: typed.heading.trim(),
    text: typed.text.trim(),
    headingEn: typed.headingEn.trim(),
    textEn: typed.textEn.trim(),
    publishedOn: typed.publishedOn,
    lastDay: typed.lastDay,
  }
  if (!fits(form.heading, MOST_HEADING)) return refused('invalid-input', 'heading')
  if (!fits(form.text, MOST_TEXT)) return refused('invalid-input', 'text')
  // English is left out, or whole.
  if (form.headingEn !== '' || form.textEn !== '') {
    if (!fits(form.headingEn, MOST_HEADING)) return refused('invalid-input', 'headingEn')
    if (!fits(form.textEn, MOST_TEXT_EN)) return refused('invalid-input', 'textEn')
  }
  return checkDays(form, dayOf(nowMs))
}

/** As prepared, it may have waited until after its first day. */
export function checkDays(form: AnnouncementForm, today: string): Outcome<AnnouncementForm> {
  const { publishedOn, lastDay } = form
  if (!isDay(publishedOn)) return refused('invalid-input', 'publishedOn')
  if (lastDay !== '' && !isDay(lastDay)) return refused('invalid-input', 'lastDay')
  if (publishedOn < today) return refused('day-passed', 'publishedOn')
  if (lastDay !== '' && lastDay < publishedOn) return refused('invalid-input', 'lastDay')
  return done(form)
}

const fits = (text: string, most: number) => text !== '' && [...text].length <= most

/** The announcement of a form, under the identifier that it gets. */
export const announcementOf = (
  bankCode: string,
  id: string,
  form: AnnouncementForm,
): AnnouncementRecord => ({
  bankCode,
  id,
  publishedOn: form.publishedOn,
  ja: { heading: form.heading, text: form.text },
  ...(form.headingEn !== '' && { en: { heading: form.headingEn, text: form.textEn } }),
  ...(form.lastDay !== '' && { lastDay: form.lastDay }),
})

/** A form as it waits in a proposal. */
export const announcementFormOf = (facts: Readonly<Record<string, unknown>>): AnnouncementForm => ({
  heading: String(facts.heading ?? ''),
  text: String(facts.text ?? ''),
  headingEn: String(facts.headingEn ?? ''),
  textEn: String(facts.textEn ?? ''),
  publishedOn: String(facts.publishedOn ?? ''),
  lastDay: String(facts.lastDay ?? ''),
})

export type AnnouncementStage = 'to-come' | 'shown' | 'over' | 'taken-down'

/** Where an announcement stands on that day. */
export function stageOf(of: AnnouncementRecord, today: string): AnnouncementStage {
  if (of.takenDownAtMs !== undefined) return 'taken-down'
  if (today < of.publishedOn) return 'to-come'
  return of.lastDay === undefined || today <= of.lastDay ? 'shown' : 'over'
}
