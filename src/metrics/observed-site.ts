import type { Metrics } from './metrics.ts'

/** What a listener needs of a site. */
interface Answering {
  fetch(request: Request, ...rest: never[]): Response | Promise<Response>
}

/** The same site, each of whose answers is counted. */
export function observedSite<Site extends Answering>(
  site: Site,
  name: string,
  metrics: Pick<Metrics, 'countRequest'>,
): Pick<Site, 'fetch'> {
  return {
    async fetch(request: Request, ...rest: never[]) {
      const began = performance.now()
      const answer = await site.fetch(request, ...rest)
      const seconds = (performance.now() - began) / 1000
      metrics.countRequest(name, request.method, answer.status, seconds)
      return answer
    },
  }
}
