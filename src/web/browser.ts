import { createHash, createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Random } from '../bank/ports.ts'

/**
 * What ties requests to one browser: a random identifier in a cookie, of which the database knows
 * only the hash. It changes at login and at logout.
 */
export interface BrowserIdentity {
  readonly id: string
  /** SHA-256 of the identifier: the key of its session and drafts. */
  readonly hash: Uint8Array
  /** Proves that a form came from a page that we gave to this browser. */
  readonly csrf: string
}

export interface Browsers {
  /** The browser of a request; a new one gets its cookie with the response. */
  of(c: Context): BrowserIdentity
  /** A new identifier for this browser, which its cookie then carries. */
  renew(): BrowserIdentity
  keep(c: Context, identity: BrowserIdentity): void
  isOwnForm(c: Context, identity: BrowserIdentity, csrf: string): boolean
}

const ID_BYTES = 32
const ID_FORM = /^[\w-]{43}$/

/** Sites on one host share its cookies, whatever the port: each has a name of its own. */
export interface BrowserCookie {
  readonly name: string
  /** `Strict` where nobody has a reason to come by a link from elsewhere. */
  readonly sameSite: 'Lax' | 'Strict'
}

const CUSTOMER_COOKIE: BrowserCookie = { name: 'ichido', sameSite: 'Lax' }

/** Makes the keeper of browser identities; `secret` is the same in all processes. */
export function browsersOf(
  secret: Uint8Array,
  random: Random,
  origin: () => string,
  cookie = CUSTOMER_COOKIE,
): Browsers {
  // A key object: a key given as bytes is prepared anew for each page, which takes far longer.
  const csrfKey = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'ichido csrf', 32)))
  const secure = () => origin().startsWith('https:')
  // The prefix makes browsers refuse a cookie that another host or an unencrypted page has set.
  const cookieName = () => (secure() ? `__Host-${cookie.name}` : cookie.name)

  const identityOf = (id: string): BrowserIdentity => ({
    id,
    hash: createHash('sha256').update(id).digest(),
    csrf: createHmac('sha256', csrfKey).update(id).digest('base64url'),
  })
  const renew = () => identityOf(Buffer.from(random.bytes(ID_BYTES)).toString('base64url'))
  const keep = (c: Context, { id }: BrowserIdentity) =>
    setCookie(c, cookieName(), id, {
      httpOnly: true,
      sameSite: cookie.sameSite,
      path: '/',
      secure: secure(),
    })

  return {
    of(c) {
      const id = getCookie(c, cookieName())
      if (id !== undefined && ID_FORM.test(id)) return identityOf(id)
      const identity = renew()
      keep(c, identity)
      return identity
    },
    renew,
    keep,
    isOwnForm(c, identity, csrf) {
      const from = c.req.header('Origin')
      if (from !== undefined && from !== origin()) return false
      const right = Buffer.from(identity.csrf)
      const given = Buffer.from(csrf)
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
