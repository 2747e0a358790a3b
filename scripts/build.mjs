/**
 * Builds what changed: `tsc` compiles src, test, bench and tools to `build/`, stylesheets, SQL and
 * pictures are copied beside them, and Vite bundles the token app and the bank site's script.
 * Unchanged inputs cost one walk over the tree.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => path.join(root, ...parts)
const COPIED = /\.(css|sql|json|svg|txt|js|xml|csv|webp)$/
const SETTINGS = [
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'vite.banking.config.ts',
  'scripts/build.mjs',
]

const compiled = {
  name: 'server',
  roots: ['src', 'test', 'bench', 'tools'],
  output: 'build/src/main.js',
  make() {
    // Stale output of deleted sources would still run as tests: start clean, tsc takes a second.
    for (const folder of ['src', 'test', 'bench', 'tools', '.tsbuildinfo']) {
      fs.rmSync(at('build', folder), { recursive: true, force: true })
    }
    run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json'])
    for (const file of filesUnder(['src', 'test', 'bench', 'tools'])) {
      if (!COPIED.test(file)) continue
      fs.mkdirSync(path.dirname(at('build', file)), { recursive: true })
      fs.copyFileSync(at(file), at('build', file))
    }
  },
}

const tokenApp = {
  name: 'token-app',
  roots: ['src/token-app', 'src/oath'],
  output: 'build/token-app/index.html',
  make() {
    if (!fs.existsSync(at('src/token-app/index.html'))) return
    run('node_modules/typescript/bin/tsc', ['-p', 'src/token-app/tsconfig.json'])
    run('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'])
  },
}

const bankingScript = {
  name: 'banking-script',
  roots: ['src/web/banking/script'],
  output: 'build/banking-script/banking.js',
  make() {
    run('node_modules/typescript/bin/tsc', ['-p', 'src/web/banking/script/tsconfig.json'])
    const settings = ['--config', 'vite.banking.config.ts', '--logLevel', 'warn']
    run('node_modules/vite/bin/vite.js', ['build', ...settings])
  },
}

/** All files under the given folders, relative to the root, sorted; missing folders are empty. */
function filesUnder(folders) {
  return folders
    .filter((folder) => fs.existsSync(at(folder)))
    .flatMap((folder) =>
      fs
        .readdirSync(at(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
    )
    .sort()
}

/** A digest over names, sizes and times of the inputs: equal means nothing to build. */
function fingerprint(target) {
  const hash = createHash('sha256')
  for (const file of [...filesUnder(target.roots), ...SETTINGS]) {
    const stat = fs.statSync(at(file), { throwIfNoEntry: false })
    if (stat) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [at(script), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
}

fs.mkdirSync(at('build'), { recursive: true })
for (const target of [compiled, tokenApp, bankingScript]) {
  const stamp = at('build', `.${target.name}.stamp`)
  const now = fingerprint(target)
  const before = fs.existsSync(stamp) ? fs.readFileSync(stamp, 'utf8') : ''
  if (before === now && fs.existsSync(at(target.output))) continue
  fs.rmSync(stamp, { force: true })
  target.make()
  fs.writeFileSync(stamp, now)
}
