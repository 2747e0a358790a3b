/** What this device and browser are, as far as the advice to the user depends on it. */

export const isIos = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  // iPadOS calls itself a Mac, but no Mac has a touch screen.
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)

/** Started from the home screen rather than in a tab. */
export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches

export const isStorageKept = async (): Promise<boolean> =>
  (await navigator.storage?.persisted?.().catch(() => false)) ?? false

/**
 * Asks the browser never to clear the storage by itself. Some ask the user: only after an act of
 * theirs.
 */
export const keepStorage = async (): Promise<boolean> =>
  (await navigator.storage?.persist?.().catch(() => false)) ?? false

interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

let waiting: InstallPrompt | undefined

/** Keeps the browser's offer to install until the user asks for it in the app's own words. */
export function whenInstallable(then: () => void): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    waiting = event as InstallPrompt
    then()
  })
}

export const isInstallable = (): boolean => waiting !== undefined

export async function install(): Promise<boolean> {
  const offer = waiting
  waiting = undefined
  return (await offer?.prompt())?.outcome === 'accepted'
}
