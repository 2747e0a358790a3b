/** The real server in a process of its own, with everything that it writes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

type Site = 'banking' | 'token' | 'office' | 'api'

export interface ServerProcess {
  /** As the line `ready` tells them; `metrics` where they are wanted. */
  readonly origins: Readonly<Record<Site, string>> & { readonly metrics?: string }
  /** Where the process itself answers: in production the origins are a proxy's. */
  readonly addresses: Readonly<Record<Site, string>>
  /** Of the demonstration; empty in production. */
  readonly apiKey: string
  /** All that it wrote since it was ready, both streams. */
  output(): string
  stop(): Promise<number | null>
  /** `kill -9`. Resolves when the process is gone. */
  kill(): Promise<void>
}

const MAIN = new URL('../src/main.js', import.meta.url).href
const scriptOf = (args: readonly string[]) => `
  const { main } = await import(${JSON.stringify(MAIN)})
  process.exitCode = await main(${JSON.stringify(args)})`

function startMain(args: readonly string[], settings: Record<string, string>) {
  const { PATH = '', SystemRoot = '' } = process.env
  return spawn(process.execPath, ['--input-type=module', '-e', scriptOf(args)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, SystemRoot, ...settings },
  })
}

/** Runs a command to its end. */
export async function runCommand(args: readonly string[], settings: Record<string, string>) {
  const child = startMain(args, settings)
  const written = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  const [exitCode] = await once(child, 'close')
  return { exitCode: exitCode as number | null, ...written }
}

/** Starts it on free ports; the settings are environment variables. */
export async function startServer(settings: Record<string, string>): Promise<ServerProcess> {
  const ports = { BANKING_PORT: '0', TOKEN_PORT: '0', OFFICE_PORT: '0', API_PORT: '0' }
  const child = startMain(['serve'], { ...ports, ...settings })
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
  const answered = written.matchAll(/^(\w+) \S+ is answered at (\S+)$/gm)
  return {
    origins,
    addresses: { ...origins, ...Object.fromEntries([...answered].map(([, ...pair]) => pair)) },
    apiKey: demo?.apiKey ?? '',
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
