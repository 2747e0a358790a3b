/**
 * Tells the customer two minutes before the session ends, or the draft of who is not signed in, and
 * extends it on request (WCAG 2.2, 2.2.1). Tabs of one browser share a session, so each tells the
 * others of its requests.
 */
const WARN_MS = 120_000
const LOOK_EVERY_MS = 1_000

interface Extent {
  readonly leftSeconds: number
  /** No request can extend it any more. */
  readonly isLast: boolean
  /** The sentence with the time until which the page is valid. */
  readonly told?: string
}

export function watchTimeout(dialog: HTMLDialogElement): void {
  const { leftSeconds, isLast, extend = '', ended = '', csrf = '', draft } = dialog.dataset
  const tabs = new BroadcastChannel(draft ? `ichido-draft-${draft}` : 'ichido-session')
  const part = (name: string) => dialog.querySelector<HTMLElement>(`.timeout__${name}`)
  let endsAtMs = 0
  let isDismissed = false

  function take(extent: Extent): void {
    endsAtMs = Date.now() + extent.leftSeconds * 1000
    isDismissed = false
    for (const name of ['text', 'extend']) part(name)?.toggleAttribute('hidden', extent.isLast)
    for (const name of ['last', 'close']) part(name)?.toggleAttribute('hidden', !extent.isLast)
    const valid = document.querySelector('.valid-until')
    if (valid && extent.told) valid.textContent = extent.told
    look()
  }
  function look(): void {
    const leftMs = endsAtMs - Date.now()
    if (leftMs <= 0) location.replace(ended)
    const isDue = leftMs <= WARN_MS && !isDismissed
    if (isDue && !dialog.open) dialog.showModal()
    if (!isDue && dialog.open) dialog.close()
  }
  async function askForMore(): Promise<void> {
    const body = new URLSearchParams({ csrf, ...(draft && { draft }) })
    const answer = await fetch(extend, { method: 'POST', body, redirect: 'manual' })
    if (answer.ok) {
      const extent: Extent = await answer.json()
      take(extent)
      tabs.postMessage(extent)
    } else location.replace(ended)
  }

  part('extend')?.addEventListener('click', () => {
    // Without a network the dialog stays, and the button can be pressed again.
    askForMore().catch(() => undefined)
  })
  part('close')?.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => {
    isDismissed = endsAtMs - Date.now() <= WARN_MS
  })
  tabs.addEventListener('message', ({ data }: MessageEvent<Extent>) => take(data))
  const first = { leftSeconds: Number(leftSeconds), isLast: isLast === 'true' }
  take(first)
  tabs.postMessage(first)
  setInterval(look, LOOK_EVERY_MS)
}
