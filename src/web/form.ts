import type { Context } from 'hono'
import { readText, type Unread } from './body-text.ts'

/** The fields of a submitted form: the first value of each name, without what no keyboard types. */
export interface SubmittedForm {
  text(name: string): string
  /** As `text`, of a field with several lines: each ends in a line feed. */
  lines(name: string): string
}

/** So much more of a form that is too large is read and thrown away. */
const THROWN_AWAY_BYTES = 1024 * 1024

/** Why a form was not read, as a status: broken off, above 64 KiB, or of another content type. */
export type Unreadable = Unread | 415

export async function readForm(c: Context): Promise<SubmittedForm | Unreadable> {
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') return 415
  const text = await readText(c.req.raw, THROWN_AWAY_BYTES)
  return typeof text === 'number' ? text : formOf(new URLSearchParams(text))
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
