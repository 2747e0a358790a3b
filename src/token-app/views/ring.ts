/** The countdown as a ring. Drawn by attributes alone: the page's policy allows no inline style. */
import { drawing } from './element.ts'

const CIRCLE = { cx: '28', cy: '28', r: '24', pathLength: '100' }

export interface Ring {
  readonly drawn: SVGElement
  /** @param rest what is left of the period, from 1 down to 0 */
  show(rest: number): void
}

export function ring(): Ring {
  const rest = drawing('circle', { ...CIRCLE, class: 'ring-rest', 'stroke-dasharray': '100' })
  const track = drawing('circle', { ...CIRCLE, class: 'ring-track' })
  const attributes = { class: 'ring', viewBox: '0 0 56 56', 'aria-hidden': 'true' }
  return {
    drawn: drawing('svg', attributes, track, rest),
    show: (share) => rest.setAttribute('stroke-dashoffset', (100 - share * 100).toFixed(2)),
  }
}
