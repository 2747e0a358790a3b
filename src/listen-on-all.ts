import type { Listener, Site } from './settings.ts'
import { type Listening, listen, type ServedSite } from './web/listen.ts'

/** A site and where it is to be answered. */
export interface Opening {
  readonly site: ServedSite
  readonly listener: Listener
}

type OfEach<T> = Readonly<Record<Site, T>> & { readonly metrics?: T }

/** Of the process itself, each with the port that was taken. */
export type Addresses = OfEach<string>

export type ListenOutcome =
  | { readonly ok: true; readonly addresses: Addresses; close(): Promise<void> }
  | { readonly ok: false; readonly reason: string }

/** Listens for all sites or for none. */
export async function listenOnAll(openings: OfEach<Opening>): Promise<ListenOutcome> {
  const listening: Listening[] = []
  const addresses: Record<string, string> = {}
  const close = async () => {
    await Promise.all(listening.map((listener) => listener.close()))
  }
  try {
    for (const [name, { site, listener }] of Object.entries(openings)) {
      const { host } = listener
      const opened = await listen(site, host, listener.port)
      listening.push(opened)
      addresses[name] = `http://${host.includes(':') ? `[${host}]` : host}:${opened.port}`
    }
  } catch (error) {
    await close()
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened'
    return { ok: false, reason: `port ${port} ${why}; name another one, or 0 for any free port` }
  }
  return { ok: true, addresses: addresses as unknown as Addresses, close }
}
