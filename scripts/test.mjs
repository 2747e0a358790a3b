/**
 * Runs the compiled tests. Arguments that name source paths (`test/oath`) are mapped to `build/`.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const filters = process.argv
  .slice(2)
  .map((argument) => argument.replace(/^test\//, 'build/test/').replace(/\.tsx?$/, '.js'))
const run = spawn(process.execPath, [vitest, 'run', ...filters], { stdio: 'inherit' })
run.on('exit', (code) => {
  process.exitCode = code ?? 1
})
