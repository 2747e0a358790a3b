import type { Context } from 'hono'

/** The fields of a submitted form: the first value of each name, without what no keyboard types. */
export interface SubmittedForm {
  text(name: string): string
  /** As `text`, of a field with several lines: each ends in a line feed. */
  lines(name: string): string
}

/** Nothing a page of ours sends is larger. */
const MAX_FORM_BYTES = 64 * 1024
/** So much of a larger one is thrown away before the connection is cut. */
const MAX_THROWN_AWAY_BYTES = 1024 * 1024

/** Why a form was not read, as a status: a body above 64 KiB, or another content type. */
export type Unreadable = 413 | 415

/**
 * Reads a form. One that is too large is read to its end all the same, since a browser shows the
 * answer only after all is sent.
 */
export async function readForm(c: Context): Promise<SubmittedForm | Unreadable> {
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') return 415
  // A body keeps to the length that it declares, and a short one is read without a stream, whose
  // making takes longer than all the rest of reading a form.
  const declared = c.req.header('Content-Length')
  if (declared !== undefined && Number(declared) <= MAX_FORM_BYTES) {
    return formOf(new URLSearchParams(await c.req.raw.text()))
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.length
    if (bytes > MAX_THROWN_AWAY_BYTES) return 413
    if (bytes <= MAX_FORM_BYTES) chunks.push(chunk)
  }
  if (bytes > MAX_FORM_BYTES) return 413
  return formOf(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}

export function formOf(fields: URLSearchParams): SubmittedForm {
  return {
    text: (name) => clean(fields.get(name) ?? ''),
    lines: (name) =>
      (fields.get(name) ?? '')
        .split(/\r\n|\r|\n/)
        .map(clean)
        .join('\n'),
  }
}

export const EMPTY_FORM = formOf(new URLSearchParams())

/** Control characters and lone surrogates reach neither the procedures nor the database. */
export const clean = (text: string): string => text.replace(/\p{Cc}/gu, '').toWellFormed()
