import type { Child } from 'hono/jsx'
import type { Look } from '../../src/web/parts/look.ts'
import { Page } from '../../src/web/parts/page.tsx'
import { parts } from '../../src/web/words/ja/parts.ts'

export const look: Look = {
  words: parts,
  lang: 'ja',
  nonce: 'nonce',
  paths: {
    css: '/style.css',
    icon: '/favicon.svg',
    home: '/1184/home',
    login: '/1184/login',
    logout: '/1184/logout',
    guide: '/1184/guide',
  },
  bank: {
    name: '白河信用金庫',
    contact: { department: '事務統括部', phone: '0248-23-4513', hours: '平日 9:00〜17:00' },
  },
}

/** A page around the parts: they take the look from it. */
export const page = (children: Child, of: Look = look) =>
  String(
    <Page look={of} title="題">
      {children}
    </Page>,
  )

/** What stands under the title. */
export const main = (children: Child) => {
  const html = page(children)
  return html.slice(html.indexOf('</h1>') + 5, html.indexOf('</main>'))
}

/** The first group of every match. */
export const all = (html: string, pattern: RegExp) =>
  [...html.matchAll(pattern)].map((hit) => hit[1])
