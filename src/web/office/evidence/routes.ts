import type { OfficeRoute } from '../route.ts'
import { evidencePage } from './page.tsx'
import { bundleSubmit, receiptSubmit } from './receipt.tsx'

/** 証跡: the newest signed head, and the proof of a receipt. */
export const evidenceRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/evidence', act: 'evidence-view', page: (visit) => evidencePage(visit) },
  { method: 'post', path: '/evidence/receipt', act: 'evidence-view', submit: receiptSubmit },
  { method: 'post', path: '/evidence/receipt/bundle', act: 'evidence-view', submit: bundleSubmit },
]
