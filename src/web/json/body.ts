import type { Context } from 'hono'
import type { z } from 'zod'
import { readText, type Unread } from '../body-text.ts'
import { invalid } from './problem.ts'

const UNREAD: Record<Unread, string> = {
  400: 'The body broke off',
  413: 'The body exceeds 64 KiB',
}

export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly text: string }
  | { readonly ok: false; readonly response: Response }

/**
 * Reads a JSON body by its schema.
 *
 * Refusals as problems: 415 for another content type, 413 above 64 KiB, 400 for what is no JSON or
 * not of the schema, with the field's name.
 */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<Reading<z.infer<Schema>>> {
  if (!isJson(c.req.header('Content-Type'))) {
    return failed(invalid('The content type must be application/json', undefined, 415))
  }
  const text = await readText(c.req.raw)
  if (typeof text === 'number') return failed(invalid(UNREAD[text], undefined, text))
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return { ok: true, value: parsed.data, text }
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = unknown ?? issue?.path.join('.')
  return failed(invalid(issue?.message ?? 'Not valid', field === '' ? undefined : field))
}

const failed = (response: Response) => ({ ok: false, response }) as const

const isJson = (contentType: string | undefined): boolean =>
  contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'

/** The value, or undefined, which no schema takes, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
