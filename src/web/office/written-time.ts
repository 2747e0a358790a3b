const short = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** `2026/11/24 10:35:25`, Japanese time wherever the process runs. */
export const shortTime = (atMs: number): string => short.format(new Date(atMs))
