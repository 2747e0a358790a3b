/** The project's own source, as the rules of the house look at it. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Source {
  /** From the root, with forward slashes: `src/bank/token.ts`. */
  readonly file: string
  readonly text: string
  /** The text without comments, line breaks kept. */
  readonly code: string
  /** What it imports: files from the root, packages and `node:` modules by name. */
  readonly imports: readonly string[]
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDERS = ['src', 'test', 'bench', 'tools', 'scripts', 'bin']
const CODE = /\.(ts|tsx|mjs)$/

/** A string, a template, or a comment: whichever begins first hides the others. */
const HIDING =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g

export function withoutComments(text: string): string {
  return text.replace(HIDING, (found) =>
    found.startsWith('/*') || found.startsWith('//') ? found.replace(/[^\n]/g, ' ') : found,
  )
}

const IMPORTS =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'/g

function importsOf(file: string, code: string): string[] {
  return [...code.matchAll(IMPORTS)].map(([, from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? ''
    if (!name.startsWith('.')) return name
    return path.posix.join(path.posix.dirname(file), name)
  })
}

export const sources: readonly Source[] = FOLDERS.filter((folder) =>
  fs.existsSync(path.join(ROOT, folder)),
).flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => {
      const found = path.join(entry.parentPath, entry.name)
      const file = path.relative(ROOT, found).split(path.sep).join('/')
      const text = fs.readFileSync(found, 'utf8')
      const code = withoutComments(text)
      return { file, text, code, imports: importsOf(file, code) }
    }),
)

export const under = (folder: string): readonly Source[] =>
  sources.filter(({ file }) => file.startsWith(`${folder}/`))

/** Where a pattern stands, as `file:line text`. */
export function places(of: readonly Source[], pattern: RegExp): string[] {
  return of.flatMap(({ file, code }) =>
    code
      .split('\n')
      .flatMap((line, place) =>
        pattern.test(line) ? [`${file}:${place + 1} ${line.trim()}`] : [],
      ),
  )
}
