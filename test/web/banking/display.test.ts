/** Language, size and colour of the pages: chosen by a link, kept in a cookie, never leading away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { visitor } from '../visitor.ts'

let bank: TestBank
let site: Site
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveBanking(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

const change = (query: string, cookie = '') =>
  fetch(`${site.origin}/1184/display?${query}`, { redirect: 'manual', headers: { cookie } })
const kept = (answer: Response) =>
  answer.headers.getSetCookie().find((line) => line.startsWith('ichido-display='))

const pageWith = async (cookie: string, path = '/1184/login') => {
  const headers = { cookie, 'accept-language': 'en-GB,en;q=0.9' }
  return (await fetch(site.origin + path, { headers })).text()
}

describe('a page', () => {
  test('is Japanese first, whatever the browser prefers', async () => {
    const html = await pageWith('')
    expect(html).toContain('<html lang="ja" data-size="standard">')
    expect(html).toContain('契約者ID')
  })

  test('is in the language, size and colour of the cookie', async () => {
    const html = await pageWith('ichido-display=en.largest.dark')
    expect(html).toContain('<html lang="en" data-theme="dark" data-size="largest">')
    expect(html).toContain('Contract ID')
    expect(html).toContain('Shirakawa Shinkin Bank')
    expect(html).toContain('weekdays 9:00 to 17:00')
  })

  test.each(['xx.huge.pink', '"><script>', '..', 'constructor.toString.valueOf'])(
    'takes nothing from the cookie %j',
    async (cookie) => {
      const html = await pageWith(`ichido-display=${encodeURIComponent(cookie)}`)
      expect(html).toContain('<html lang="ja" data-size="standard">')
    },
  )

  test('leads back to itself, with its draft', async () => {
    const html = await pageWith('', '/1184/otp/start/token?draft=abc-1')
    const back = encodeURIComponent('/1184/otp/start/token?draft=abc-1')
    expect(html).toContain(`/1184/display?lang=en&amp;back=${back}`)
  })

  test('tells refusals and field errors in English too, and links to their explanation', async () => {
    const browser = visitor(site.origin)
    const page = await browser.open('/1184/display?lang=en&back=%2F1184%2Fotp%2Fstop')
    expect(page.path).toBe('/1184/otp/stop')
    const empty = await browser.submit(page, { contractId: '', loginPassword: 'x' })
    expect(empty.refusal).toBe('invalid-input')
    expect(empty.html).toContain('Type your contract ID')
    const wrong = await browser.submit(page, { contractId: '99999999999', loginPassword: 'x' })
    expect(wrong.refusal).toBe('wrong-credentials')
    expect(wrong.html).toContain('The contract ID or the login password is wrong')
    expect(wrong.html).toContain('href="/1184/help#locked"')
  })

  test('that does not exist says so in the language chosen', async () => {
    const html = await pageWith('ichido-display=en.standard.device', '/1184/nowhere')
    expect(html).toContain('Page not found')
  })
})

describe('a choice', () => {
  test('is kept for a year, out of reach of scripts', async () => {
    const cookie = kept(await change('lang=en'))
    expect(cookie).toBe(
      'ichido-display=en.standard.device; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax',
    )
  })

  test('changes one thing and leaves the others', async () => {
    const cookie = kept(await change('size=large', 'ichido-display=en.standard.dark'))
    expect(cookie).toContain('ichido-display=en.large.dark;')
  })

  test.each(['lang=fr', 'size=0', 'theme=%00', 'lang=', 'lang=en%0d%0aSet-Cookie:a=b', 'x=y'])(
    'that we do not offer changes nothing: %s',
    async (query) => {
      const answer = await change(query)
      expect(answer.status).toBe(303)
      expect(kept(answer)).toContain('ichido-display=ja.standard.device;')
    },
  )

  test.each([
    '/1184/transfer?fromAccount=0000011',
    '/1184/otp/start/token?draft=a-b_c',
    '/1184/transfers?searchedPayee=%E3%83%87%E3%83%A2+*&kind=',
    '/1184/login',
  ])('leads back to %s', async (back) => {
    const answer = await change(`lang=en&back=${encodeURIComponent(back)}`)
    expect(answer.headers.get('location')).toBe(back)
  })

  test.each([
    'https://evil.example/',
    '//evil.example/1184/login',
    '/\\evil.example',
    '/1184/\\..\\..//evil.example',
    '/1184/@evil.example',
    '/1184/login#x',
    '\t//evil.example',
    '/1184/login\n//evil.example',
    'javascript:alert(1)',
    '/2001/login',
    '/1184',
    '',
  ])('never leads elsewhere: %j', async (back) => {
    const answer = await change(`lang=en&back=${encodeURIComponent(back)}`)
    expect(answer.headers.get('location')).toBe('/1184/login')
  })
})

describe('the links of a page, followed without script', () => {
  test.each([
    ['lang=en', '<html lang="en" data-size="standard">'],
    ['size=large', '<html lang="ja" data-size="large">'],
    ['theme=dark', '<html lang="ja" data-theme="dark" data-size="standard">'],
  ])('%s: the same page, otherwise shown, and so are the next ones', async (query, shown) => {
    const browser = visitor(site.origin)
    const { html } = await browser.open('/1184/otp/stop')
    const href =
      new RegExp(`href="(/1184/display\\?${query}&amp;back=[^"]+)"`).exec(html)?.[1] ?? ''
    const page = await browser.open(href.replaceAll('&amp;', '&'))
    expect(page.path).toBe('/1184/otp/stop')
    expect(page.html).toContain(shown)
    expect((await browser.open('/1184/login')).html).toContain(shown)
  })
})

describe('what stands beside the pages', () => {
  test.each(['login', 'otp/exchange', 'guide', 'help', 'nowhere', 'login/code'])(
    'from %s one link leads to the emergency freeze, and one to whom to call',
    async (path) => {
      const answer = await fetch(`${site.origin}/1184/${path}`)
      const footer = (await answer.text()).split('<footer')[1] ?? ''
      expect(footer).toContain('href="/1184/freeze"')
      expect(footer).toContain('href="tel:0248234513"')
    },
  )

  test('the script is a file of its own, named by its content, small, and runs by nonce only', async () => {
    const page = await fetch(`${site.origin}/1184/login`)
    const html = await page.text()
    const [, path = '', nonce = ''] =
      /<script src="(\/assets\/banking-[0-9a-f]{12}\.js)" nonce="([^"]+)"/.exec(html) ?? []
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}';`)
    expect(html.match(/<script/g)).toHaveLength(1)
    const script = await fetch(site.origin + path)
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect((await script.arrayBuffer()).byteLength).toBeLessThan(5 * 1024)
  })

  test('the pictures of the guide come late, with their size and words, and are there', async () => {
    const html = await pageWith('', '/1184/guide')
    const pictures = [...html.matchAll(/<img class="guide-picture"[^>]*>/g)].map(([tag]) => tag)
    expect(pictures).toHaveLength(10)
    let bytes = 0
    for (const picture of pictures) {
      expect(picture).toMatch(/width="\d+" height="\d+" alt="[^"]{10,}" loading="lazy"/)
      const answer = await fetch(site.origin + (/src="([^"]+)"/.exec(picture)?.[1] ?? ''))
      expect(answer.headers.get('content-type')).toBe('image/webp')
      bytes += (await answer.arrayBuffer()).byteLength
    }
    expect(bytes).toBeLessThan(150 * 1024)
  })

  test('every trouble of the help page has an anchor, in both languages', async () => {
    for (const cookie of ['', 'ichido-display=en.standard.device']) {
      const html = await pageWith(cookie, '/1184/help')
      const links = [...html.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id)
      const anchors = new Set(links.filter((id) => id !== 'main'))
      expect(anchors.size).toBe(10)
      for (const id of anchors) expect(html).toContain(`<section class="chapter" id="${id}"`)
    }
  })

  test('an announcement of the bank stands on the login page, in the page’s language', async () => {
    expect(await pageWith('')).toContain('偽のメール・SMSにご注意ください')
    expect(await pageWith('ichido-display=en.standard.device')).toContain('Beware of fake mail')
  })
})
