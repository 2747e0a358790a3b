/**
 * The service worker: the whole app is copied when it is first opened and answers from that copy,
 * so that a code is there without a network. Only the four server addresses ever go out.
 * Hand-written: a page or two that can be read, where a library would bring ten times the app.
 */

/** Filled in by the build: the files of this release, and a digest over their content. */
declare const PRECACHE: readonly string[]
declare const RELEASE: string

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker extends EventTarget {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}
const worker = self as unknown as Worker

const CACHE = `ichido-${RELEASE}`

worker.addEventListener('install', (event) => {
  // Names with a hash come out of the HTTP cache that the page has just filled; all others are
  // asked for again, since an old copy would stay for the whole release.
  const files = PRECACHE.map(
    (path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'no-cache' }),
  )
  const copied = caches.open(CACHE).then((cache) => cache.addAll(files))
  // One bundle and no later loading: an open page is not disturbed by a new release.
  ;(event as Waiting).waitUntil(copied.then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  const cleaned = caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((name) => name !== CACHE).map((n) => caches.delete(n))),
    )
  ;(event as Waiting).waitUntil(cleaned.then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event as Fetching
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (PRECACHE.includes(pathname)) (event as Fetching).respondWith(copyOf(pathname, request))
})

async function copyOf(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}
