import type { ConfirmationMethod } from '../../bank/contract.ts'
import { CustomerCard, ImageCard } from '../parts/cards.tsx'
import type { Visit } from './visit.tsx'

export interface DemoCardProps {
  readonly visit: Visit
  readonly method: ConfirmationMethod
  readonly cells: readonly string[]
}

/** In the demonstration the customer has no card of paper: it is shown, and says so. */
export function DemoCard({ visit, method, cells }: DemoCardProps) {
  const { start } = visit.words.banking
  return (
    <section class="demo-card">
      <h2>{start.demoCard}</h2>
      <p>{start.demoCardText}</p>
      {method === 'customer-card' ? <CustomerCard cells={cells} /> : <ImageCard cells={cells} />}
    </section>
  )
}
