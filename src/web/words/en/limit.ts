import type { LimitWords } from '../ja/limit.ts'

/** The daily transfer limit. */
export const limit: LimitWords = {
  title: 'Daily transfer limit',
  link: 'Change the daily transfer limit',
  steps: ['New limit', 'Review', 'Result'],
  now: 'Limit now (per day)',
  chosen: 'Your setting',
  lowToday:
    'You have started or exchanged your one-time password, so a low limit applies until midnight.',
  next: 'Limit to come',
  nextFrom: (yen, day) => `${yen} (from 0:00 on ${day})`,
  highest: "The bank's maximum",
  field: 'New limit (per day)',
  hint: 'The same limit applies to scheduled transfers, on each transfer date.',
  ruleHeading: 'When it changes',
  rules: [
    'A lower limit applies at once.',
    'A higher limit needs a one-time password and applies from 0:00 of the next day.',
    'Scheduled transfers that were accepted already are made even if you lower the limit.',
  ],
  submit: 'Review',
  reviewTitle: 'Review the new limit',
  newLimit: 'New limit (per day)',
  oldLimit: 'Limit before (per day)',
  when: 'Changes',
  atOnce: 'At once',
  from: (day) => `From 0:00 on ${day}`,
  lower: (yen) => `Lowering the daily transfer limit to ${yen}`,
  raise: (yen) => `Raising the daily transfer limit to ${yen}`,
  submitReview: 'Change the limit',
  correct: 'Correct',
  done: 'The change of your limit has been accepted.',
}
