/**
 * Bundles the token app: one script, one stylesheet, a service worker that knows every file, and a
 * manifest in the app's language. Nothing is inlined: the page's policy allows only files of its
 * origin.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import { ja as words } from './src/token-app/words/ja.ts'

const root = new URL('./src/token-app/', import.meta.url)
const publicFolder = new URL('public/', root)

const manifest = {
  id: '/',
  lang: words.language,
  name: words.app.name,
  short_name: words.app.shortName,
  description: words.app.description,
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  theme_color: '#006173',
  background_color: '#f2f2f2',
  icons: [
    { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
    ...['192', '512'].flatMap((size) => [
      { src: `/icon-${size}.png`, type: 'image/png', sizes: `${size}x${size}`, purpose: 'any' },
      {
        src: `/maskable-${size}.png`,
        type: 'image/png',
        sizes: `${size}x${size}`,
        purpose: 'maskable',
      },
    ]),
  ],
}

const HEAD_LINKS = [
  { rel: 'manifest', href: '/manifest.webmanifest' },
  { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/apple-touch-icon.png' },
]

/** Words into the page and the manifest; the same module the app speaks from. */
const inWords: Plugin = {
  name: 'ichido-words',
  transformIndexHtml: {
    order: 'pre',
    handler(html) {
      const values = { ...words.app, bank: words.bank.name }
      return html
        .replace('<html lang="ja">', `<html lang="${words.language}">`)
        .replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name as keyof typeof values])
    },
  },
  generateBundle() {
    const source = JSON.stringify(manifest)
    this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source })
  },
}

/** Past Vite's own look at links, which would rename the files that must keep their names. */
const links: Plugin = {
  name: 'ichido-links',
  transformIndexHtml: {
    order: 'post',
    handler: () => HEAD_LINKS.map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' as const })),
  },
}

/**
 * Tells the service worker which files a release has; any change of any of them is another
 * release.
 */
const precache: Plugin = {
  name: 'ichido-precache',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') return this.error('the service worker is missing')
      const release = createHash('sha256')
      const paths = ['/']
      for (const [name, file] of Object.entries(bundle).sort()) {
        if (name.endsWith('.map')) continue
        release.update(name).update(file.type === 'chunk' ? file.code : file.source)
        if (name !== 'sw.js' && name !== 'index.html') paths.push(`/${name}`)
      }
      for (const name of readdirSync(publicFolder).sort()) {
        release.update(name).update(readFileSync(new URL(name, publicFolder)))
        // The big icons are for the home screen, which fetches them once: not part of the app.
        if (name === 'icon.svg') paths.push(`/${name}`)
      }
      worker.code = worker.code
        .replaceAll('PRECACHE', () => JSON.stringify(paths))
        .replaceAll('RELEASE', () => JSON.stringify(release.digest('hex').slice(0, 16)))
    },
  },
}

export default defineConfig({
  root: 'src/token-app',
  plugins: [inWords, links, precache],
  build: {
    outDir: '../../build/token-app',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    // What `isSupported` asks for; older browsers are told to update.
    target: ['chrome103', 'firefox100', 'safari16'],
    rolldownOptions: {
      input: ['src/token-app/index.html', 'src/token-app/sw.ts'],
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
