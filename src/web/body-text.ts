/** Nothing that a page of ours sends, or that a channel may ask, is larger. */
const MAX_BODY_BYTES = 64 * 1024

/** Why a body was not read, as a status: the sender went away in the middle of it, or it is too large. */
export type Unread = 400 | 413

/**
 * The body as text, up to 64 KiB. One that declares its length keeps to it, and a short one is read
 * without a stream, whose making takes longer than all the rest of reading it.
 *
 * `thrownAway` bytes more are read, and then refused: a browser shows the answer to a large form
 * only when all of it is sent.
 */
export async function readText(request: Request, thrownAway = 0): Promise<string | Unread> {
  const declared = Number(request.headers.get('Content-Length') ?? Number.NaN)
  if (declared > MAX_BODY_BYTES + thrownAway) return 413
  try {
    if (declared <= MAX_BODY_BYTES) return await request.text()
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      if (bytes > MAX_BODY_BYTES + thrownAway) return 413
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk)
    }
    return bytes > MAX_BODY_BYTES ? 413 : Buffer.concat(chunks).toString('utf8')
  } catch {
    // Reading fails with the connection alone: nobody hears the answer, and nothing is wrong here.
    return 400
  }
}
