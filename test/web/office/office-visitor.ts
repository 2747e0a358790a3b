/** A staff member's browser, signed in over HTTP with password and code. */
import { codeAt } from '../../bank/held-token.ts'
import type { TestStaff } from '../../bank/office/test-staff.ts'
import type { TestBank } from '../../bank/test-bank.ts'
import type { Site } from '../http.ts'
import { type Page, type Visitor, visitor } from '../visitor.ts'

export interface OfficeVisitor extends Visitor {
  readonly first: Page
  /** Sends a form of this browser to an address, as found or not, and follows where it leads. */
  post(path: string, fields?: Record<string, string>): Promise<Response>
}

export async function signIn(bank: TestBank, site: Site, staff: TestStaff): Promise<OfficeVisitor> {
  const browser = visitor(site.origin)
  const login = await browser.open('/1184/login')
  const code = await browser.submit(login, { staffId: staff.staffId, password: staff.password })
  const otp = codeAt(staff.token, bank.clock.now())
  const first = await browser.submit(code, { otp })
  if (first.refusal !== undefined) throw new Error(`the login was refused: ${first.refusal}`)
  const csrf = /name="csrf" value="([^"]+)"/.exec(first.html)?.[1] ?? ''
  return {
    ...browser,
    first,
    post: (path, fields = {}) =>
      fetch(new URL(path, site.origin), {
        method: 'POST',
        redirect: 'manual',
        headers: {
          origin: site.origin,
          cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
        },
        body: new URLSearchParams({ csrf, ...fields }),
      }),
  }
}
