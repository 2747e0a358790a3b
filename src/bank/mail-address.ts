/** The longest address that fits into a mail transaction (RFC 5321 §4.5.3.1, erratum 1690). */
const MAX_LENGTH = 254
const MAX_LOCAL_LENGTH = 64

/**
 * A dot-string before the `@` (RFC 5321 §4.1.2): no quoting, no comment, nothing that ends a
 * header.
 */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
/** Labels of letters, digits and inner hyphens, the last one a top-level domain (RFC 1123 §2.1). */
const DOMAIN = /^([0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?\.)+[a-z][0-9a-z-]{0,61}[0-9a-z]$/

/**
 * The mail address that was typed, full width made narrow and the domain in small letters;
 * `undefined` when it cannot be one. Whether someone reads it, only a mail can show.
 */
export function readMailAddress(typed: string): string | undefined {
  if (typed.length > MAX_LENGTH) return undefined
  const address = typed.normalize('NFKC').trim()
  const at = address.lastIndexOf('@')
  if (at < 1 || at > MAX_LOCAL_LENGTH || address.length > MAX_LENGTH) return undefined
  const local = address.slice(0, at)
  const domain = address.slice(at + 1).toLowerCase()
  return LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : undefined
}
