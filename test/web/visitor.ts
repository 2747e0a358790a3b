/** A customer's browser without script: it keeps cookies and sends hidden fields back as found. */
export interface Visitor {
  /** Every answer so far, headers and body, as text. */
  readonly seen: string[]
  readonly cookies: ReadonlyMap<string, string>
  open(path: string): Promise<Page>
  /** Fills in the form of the page at its own address, and follows where it leads. */
  submit(page: Page, fields: Record<string, string>): Promise<Page>
}

export interface Page {
  readonly path: string
  readonly status: number
  readonly html: string
  /** The code of the refusal that the page shows. */
  readonly refusal: string | undefined
  /** The positions that the confirmation fields ask, by the name of the field. */
  readonly positions: Readonly<Record<string, number>>
}

/** The pages know themselves by their public origin, which behind a proxy is another address. */
export function visitor(address: string, origin = address): Visitor {
  const cookies = new Map<string, string>()
  const seen: string[] = []

  async function go(path: string, body?: URLSearchParams): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(path, address), {
      redirect: 'manual',
      headers: { cookie, ...(body && { origin }) },
      ...(body && { method: 'POST', body }),
    })
    const html = await answer.text()
    // The cookie itself is meant for this browser; everything else is looked at.
    const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie')
    seen.push(
      `${answer.status} ${headers.map((header) => header.join(': ')).join('\n')}\n\n${html}`,
    )
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location !== null) return go(location)
    return read(path, answer.status, html)
  }

  return {
    seen,
    cookies,
    open: (path) => go(path),
    submit(page, fields) {
      const action = /<form class="form" method="post" action="([^"]+)"/.exec(page.html)?.[1]
      if (action === undefined) throw new Error(`no form at ${page.path} (${page.status})`)
      const form = page.html.slice(page.html.indexOf('<form class="form"'))
      const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
      const body = new URLSearchParams()
      for (const [, name = '', value = ''] of hidden) body.set(name, value)
      for (const [name, value] of Object.entries(fields)) body.set(name, value)
      return go(action.replaceAll('&amp;', '&'), body)
    },
  }
}

function read(path: string, status: number, html: string): Page {
  const positions: Record<string, number> = {}
  for (const asked of html.matchAll(/<(?:input|fieldset)[^>]*data-position="(\d+)"[^>]*>/g)) {
    // A group of pictures has the name of its first radio button.
    const name = /\bname="((?:confirm|card|image)\d+)"/.exec(html.slice(asked.index))?.[1]
    if (name !== undefined) positions[name] = Number(asked[1])
  }
  return { path, status, html, refusal: /data-refusal="([\w-]+)"/.exec(html)?.[1], positions }
}
