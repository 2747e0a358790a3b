const short = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `2026/11/24 10:35:25`, Japanese time wherever the process runs. */
export const shortTime = (atMs: number): string => short.format(new Date(atMs))

const clock = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
})

/** `10:35`. */
export const clockTime = (atMs: number): string => clock.format(new Date(atMs))
