/** A piece of work that a server does again and again, beside answering. */
export interface Repetition {
  /** The pause after each step, counted from its end: steps never overlap. */
  readonly everyMs: number
  /** The pause after a step that threw, where it is another one. */
  readonly afterFailureMs?: number
  readonly step: (isStopped: () => boolean) => Promise<unknown>
  readonly failed: (error: unknown) => void
}

export interface Repeated {
  /** Begins no further step, and waits for the one under way. */
  stop(): Promise<void>
}

/** Does the step at once, and again until it is stopped. One that throws is told and tried again. */
export function repeat({ everyMs, afterFailureMs, step, failed }: Repetition): Repeated {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    let pauseMs = everyMs
    try {
      await step(() => stopped)
    } catch (error) {
      failed(error)
      pauseMs = afterFailureMs ?? everyMs
    }
    if (!stopped) timer = setTimeout(begin, pauseMs)
  }
  let running = Promise.resolve()
  const begin = () => {
    running = round()
  }
  begin()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
