import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BenchActions } from '../cli/bench.ts'

/** An installed package has no bench: it would measure a machine that is there for others. */
const BENCH = fileURLToPath(new URL('../../bench/main.js', import.meta.url))

export const benchActions: BenchActions = {
  async bench(args) {
    if (!fs.existsSync(BENCH)) {
      process.stderr.write('the bench is not installed: run it in a checkout of the project\n')
      return 1
    }
    const child = spawn(process.execPath, ['--enable-source-maps', BENCH, ...args], {
      stdio: 'inherit',
    })
    const [exitCode] = await once(child, 'exit')
    return exitCode === 0 ? 0 : 1
  },
}
