import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { FIRST_DISPLAY } from '../parts/display.tsx'
import { type Display, SIZES, THEMES } from '../parts/look.ts'
import { english } from '../words/english.ts'
import { japanese, type Words } from '../words/words.ts'
import type { Visit } from './visit.tsx'

const WORDS = { ja: japanese, en: english } satisfies Record<Display['lang'], Words>
const LANGS = ['ja', 'en'] as const
const YEAR_SECONDS = 365 * 24 * 60 * 60

export const wordsIn = (lang: Display['lang']): Words => WORDS[lang]

/** What this browser's cookie says, such as `en.large.dark`; anything else counts as nothing. */
export function displayOf(c: Context, isSecure: boolean): Display {
  const [lang, size, theme] = (getCookie(c, cookieName(isSecure)) ?? '').split('.')
  return displayFrom({ lang, size, theme }, FIRST_DISPLAY)
}

/**
 * `GET /display?size=large&back=…`: keeps the choice for a year and leads back. A link rather than
 * a form: it changes nothing but how the pages look to this browser.
 */
export function changeDisplay(visit: Visit): Response {
  const { c, bank, site, paths } = visit
  const isSecure = site.isSecure()
  const { lang, size, theme } = displayFrom(c.req.query(), displayOf(c, isSecure))
  setCookie(c, cookieName(isSecure), [lang, size, theme].join('.'), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure,
    maxAge: YEAR_SECONDS,
  })
  const back = c.req.query('back') ?? ''
  return c.redirect(isOwnPage(back, bank.bankCode) ? back : paths.login, 303)
}

/** The addresses that change a choice on the page of this request, and lead back to it. */
export function displayLinks(c: Context, path: string): (to: Partial<Display>) => string {
  const { pathname, search } = new URL(c.req.url)
  const back = encodeURIComponent(pathname + search)
  return (to) => `${path}?${new URLSearchParams(to)}&back=${back}`
}

/** A path within this bank's own pages and nothing else: no other host can be named with these. */
function isOwnPage(path: string, bankCode: string): boolean {
  return path.startsWith(`/${bankCode}/`) && /^\/[\w/-]+(\?[\w=&%.+*-]*)?$/.test(path)
}

const cookieName = (isSecure: boolean) => (isSecure ? '__Host-ichido-display' : 'ichido-display')

type Typed = Readonly<Partial<Record<keyof Display, string | undefined>>>

function displayFrom(typed: Typed, otherwise: Display): Display {
  const one = <T extends string>(of: readonly T[], text: string | undefined, or: T) =>
    of.find((known) => known === text) ?? or
  return {
    lang: one(LANGS, typed.lang, otherwise.lang),
    size: one(SIZES, typed.size, otherwise.size),
    theme: one(THEMES, typed.theme, otherwise.theme),
  }
}
