/** A customer's browser as the bank site sees it: one connection, a cookie, forms sent as found. */
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import { type Answer, type Line, openLine } from './line.ts'

export type Fields = Readonly<Record<string, string>>

export class Browser {
  #line: Line | undefined
  #origin: string
  #cookie = ''
  /** The last page that was shown. */
  #page = ''

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Goes on, with its cookie, at the address that the same bank now has. */
  moveTo(origin: string): void {
    this.close()
    this.#origin = origin
  }

  /** Shows the page of the bank at this path. */
  get(path: string): Promise<Answer> {
    return this.#send('GET', path)
  }

  /** Submits the form of the last page, with its hidden fields, to this path. */
  post(path: string, fields: Fields): Promise<Answer> {
    const form = { ...this.#hidden('csrf'), ...this.#hidden('draft'), ...fields }
    return this.#send('POST', path, new URLSearchParams(form))
  }

  /** Contract ID and login password; where that leads, or the refusal. */
  async login(contractId: string, loginPassword: string): Promise<string> {
    await this.get('/login')
    const answer = await this.post('/login', { contractId, loginPassword })
    return locationOf(answer) ?? refusalOf(answer)
  }

  close(): void {
    this.#line?.close()
    this.#line = undefined
  }

  async #send(method: 'GET' | 'POST', path: string, form?: URLSearchParams): Promise<Answer> {
    const body = form?.toString() ?? ''
    const fields = [
      `${method} /${DEMO_BANK.bankCode}${path} HTTP/1.1`,
      `Host: ${new URL(this.#origin).host}`,
      `Cookie: ${this.#cookie}`,
      ...(form
        ? [
            'Content-Type: application/x-www-form-urlencoded',
            `Origin: ${this.#origin}`,
            `Content-Length: ${body.length}`,
          ]
        : []),
    ]
    this.#line ??= await openLine(this.#origin)
    const answer = await this.#line.send(Buffer.from(`${fields.join('\r\n')}\r\n\r\n${body}`))
    this.#cookie = /^set-cookie: *([^;\r]+)/im.exec(answer.head)?.[1] ?? this.#cookie
    if (answer.body.length > 0) this.#page = answer.body.toString()
    return answer
  }

  #hidden(name: string): Fields {
    const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(this.#page)?.[1]
    return value === undefined ? {} : { [name]: value }
  }
}

/** Where a redirect leads, without the bank code. */
export function locationOf({ head }: Answer): string | undefined {
  return /^location: *\/\d{4}(\/[^\r]*)/im.exec(head)?.[1]
}

/** The refusal that a page tells, or its status. */
export function refusalOf({ status, body }: Answer): string {
  return /data-refusal="([\w-]+)"/.exec(body.toString())?.[1] ?? `status ${status}`
}
