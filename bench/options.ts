/** What `npm run bench` takes; `ichido bench` takes the same and hands it on. */
export const OPTIONS = {
  quick: { type: 'boolean', default: false },
  /** Minutes under load. */
  soak: { type: 'string', default: '0' },
  /** So many other tokens beside. */
  stored: { type: 'string', default: '0' },
  /** The file that keeps the figures. */
  json: { type: 'string' },
} as const
