/** What a first visit fetches, as it goes over the wire. */
import { openLine } from './rig/line.ts'

const KIBIBYTE = 1024

/** The page and all that it names, fetched with gzip: head and body, in KiB. */
export async function measureVisit(origin: string, path: string): Promise<number> {
  const line = await openLine(origin)
  const fetchBytes = async (wanted: string, encoding: string) => {
    const request =
      `GET ${wanted} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\n` +
      `Accept-Encoding: ${encoding}\r\n\r\n`
    const answer = await line.send(Buffer.from(request))
    if (answer.status !== 200) throw new Error(`${wanted} answered ${answer.status}`)
    return { size: answer.head.length + answer.body.length, text: answer.body.toString() }
  }
  const { text } = await fetchBytes(path, 'identity')
  const named = [...text.matchAll(/(?:src|href)="([^"#]+\.(?:js|css|svg|png|webmanifest))"/g)]
  const parts = new Set([
    path,
    ...named.map(([, name]) => new URL(name ?? '', origin + path).pathname),
  ])
  let bytes = 0
  for (const part of parts) bytes += (await fetchBytes(part, 'gzip')).size
  line.close()
  return bytes / KIBIBYTE
}
