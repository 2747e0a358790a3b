import { CustomerCard, ImageCard } from '../parts/cards.tsx'
import type { Challenge } from '../parts/confirmation.tsx'
import type { Visit } from './visit.tsx'

export interface DemoCardProps {
  readonly visit: Visit
  readonly kind: Challenge['kind']
  readonly cells: readonly string[]
}

/** In the demonstration the customer has no card of paper: it is shown, and says so. */
export function DemoCard({ visit, kind, cells }: DemoCardProps) {
  const { start } = visit.words.banking
  return (
    <section class="demo-card">
      <h2>{start.demoCard}</h2>
      <p>{start.demoCardText}</p>
      {kind === 'customer-card' ? <CustomerCard cells={cells} /> : <ImageCard cells={cells} />}
    </section>
  )
}
