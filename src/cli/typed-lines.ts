import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export interface TypedLines {
  /** Asks on standard error; undefined when nothing more is typed. */
  ask(question: string): Promise<string | undefined>
  close(): void
}

/** Lines typed at the terminal, which does not show them, or read from whatever is piped in. */
export function typedLines(input: NodeJS.ReadStream, show: (text: string) => void): TypedLines {
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = input.isTTY === true
  const lines = createInterface({ input, output: nothing, terminal })
  // Interrupted, it ends like a text that is over.
  lines.on('SIGINT', () => lines.close())
  const typed = lines[Symbol.asyncIterator]()
  return {
    async ask(question) {
      show(question)
      const next = await typed.next()
      if (terminal) show('\n')
      return next.done ? undefined : next.value
    },
    close: () => lines.close(),
  }
}
