/** Sets the stage for the journeys of one file: a program and a browser for each screen. */
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { areRequired, findChromium, HOW_TO_INSTALL, startChromium } from './chromium.ts'
import { type Program, startProgram } from './program.ts'
import { DESK, PHONE, SCREENS, type Screen } from './screens.ts'
import { newVisitor, type Visitor } from './visitor.ts'

export class Stage {
  #program: Program | undefined
  #browser: Browser | undefined
  readonly screen: Screen

  constructor(screen: Screen) {
    this.screen = screen
  }

  get program(): Program {
    if (this.#program === undefined) throw new Error('the program runs only during a journey')
    return this.#program
  }

  async open(): Promise<void> {
    this.#program = await startProgram()
    this.#browser = await startChromium()
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#program?.stop()
  }

  /** Somebody with a browser that was never used before. */
  visitor(options?: BrowserContextOptions): Promise<Visitor> {
    if (this.#browser === undefined) throw new Error('the browser runs only during a journey')
    return newVisitor(this.#browser, this.screen, options)
  }

  /** Everyone leaves; the program goes on, with what was done. */
  async clear(): Promise<void> {
    await Promise.all(this.#browser?.contexts().map((context) => context.close()) ?? [])
  }
}

/** A journey is dozens of pages, and the machine may be busy with other tests. */
const JOURNEY_WITHIN_MS = 240_000

/** Tells the journeys on both screens, or on some, each with a fresh demonstration bank. */
export function journeys(
  subject: string,
  tell: (stage: Stage) => void,
  screens: readonly Screen[] = SCREENS,
): void {
  // For the tests of the file that calls: each file has the settings anew.
  vi.setConfig({ testTimeout: JOURNEY_WITHIN_MS })
  describe.each([...screens])(`${subject} ($name)`, (screen) => {
    if (findChromium() === undefined) {
      tellThatItIsMissing()
      return
    }
    const stage = new Stage(screen)
    beforeAll(() => stage.open())
    afterEach(() => stage.clear())
    afterAll(async () => {
      const log = [...stage.program.log]
      await stage.close()
      expect(log, 'warnings in the log of the program').toEqual([])
    })
    tell(stage)
  })
}

/**
 * Tells journeys at a desk: those of staff, and those about something else than the layout. Every
 * page is tried in a narrow window as well.
 */
export const deskJourneys = (subject: string, tell: (stage: Stage) => void): void =>
  journeys(subject, tell, [DESK])

/** Tells journeys on the phone alone: there the token app has the one layout that it has. */
export const phoneJourneys = (subject: string, tell: (stage: Stage) => void): void =>
  journeys(subject, tell, [PHONE])

function tellThatItIsMissing(): void {
  const test = areRequired ? it : it.skip
  // Reporters only count what was skipped: say why.
  if (!areRequired) console.warn(HOW_TO_INSTALL)
  test(HOW_TO_INSTALL, () => {
    throw new Error(HOW_TO_INSTALL)
  })
}
