/** The real server in a process of its own, with everything that it writes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface ServerProcess {
  readonly origins: Readonly<Record<'banking' | 'token' | 'office' | 'api', string>>
  readonly apiKey: string
  /** All that it wrote since it was ready, both streams. */
  output(): string
  stop(): Promise<number | null>
  /** `kill -9`. Resolves when the process is gone. */
  kill(): Promise<void>
}

const MAIN = new URL('../src/main.js', import.meta.url).href
const SCRIPT = `const { main } = await import(${JSON.stringify(MAIN)})
process.exitCode = await main(['serve'])`

/** Starts it on free ports; the settings are environment variables. */
export async function startServer(settings: Record<string, string>): Promise<ServerProcess> {
  const { PATH = '', SystemRoot = '' } = process.env
  const ports = { BANKING_PORT: '0', TOKEN_PORT: '0', OFFICE_PORT: '0', API_PORT: '0' }
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, SystemRoot, ...ports, ...settings },
  })
  let written = ''
  child.stdout.on('data', (chunk) => {
    written += chunk
  })
  child.stderr.on('data', (chunk) => {
    written += chunk
  })
  const exited = once(child, 'exit')
  let exitCode: number | null | undefined
  exited.then(([code]) => {
    exitCode = code
  })
  const readyLine = /^ready (\{.*\})\n/m
  while (!readyLine.test(written)) {
    if (exitCode !== undefined) throw new Error(`the server ended with ${exitCode}: ${written}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const found = readyLine.exec(written)
  const { demo, ...origins } = JSON.parse(found?.[1] ?? '')
  const readyEnd = (found?.index ?? 0) + (found?.[0].length ?? 0)
  return {
    origins,
    apiKey: demo.apiKey,
    output: () => written.slice(readyEnd),
    async stop() {
      child.kill('SIGTERM')
      const [code] = await exited
      return code
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
