import type { Child } from 'hono/jsx'
import type { FourEyesAct } from '../../bank/office/four-eyes.ts'
import type { Proposal } from '../../bank/ports.ts'
import type { StaffVisit } from './visit.tsx'

/** An act that needs two people, with the words in which both of them read it. */
export interface OfficeAct {
  readonly procedure: FourEyesAct
  readonly title: string
  /** What it does, in a sentence for whoever prepares and whoever approves. */
  readonly text?: string
  /** What was chosen, line by line, exactly as it will be done. */
  readonly lines: (proposal: Proposal) => readonly (readonly [label: string, value: string])[]
  /** What customers will see of it, where lines would not show it. */
  readonly preview?: (visit: StaffVisit, proposal: Proposal) => Child
}
