import type { Context } from 'hono'

/**
 * Adds headers to an answer that has been made. `c.header` is for one that is still to be made: it
 * would copy this one, body and all, for each of its headers.
 */
export function addHeaders(c: Context, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
}
