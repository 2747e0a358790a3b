/** The four addresses of the token server. Every answer is a value; nothing here throws. */
const TIMEOUT_MS = 10_000

export type Asked =
  | { readonly ok: true; readonly status: number; readonly json: unknown }
  | { readonly ok: false }

export const askTime = (): Promise<Asked> => ask('/time')
export const askInstitutionKey = (): Promise<Asked> => ask('/institution-key')
export const askProvision = (publicKey: string): Promise<Asked> =>
  ask('/provision', { type: 'GM', publicKey })
export const askConfirm = (serial: string, proof: string): Promise<Asked> =>
  ask(`/provision/${serial}/confirm`, { proof })

async function ask(path: string, body?: object): Promise<Asked> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  try {
    const response = await fetch(path, {
      ...(body === undefined ? {} : post),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    return {
      ok: true,
      status: response.status,
      json: text.startsWith('{') ? JSON.parse(text) : null,
    }
  } catch {
    return { ok: false }
  }
}
