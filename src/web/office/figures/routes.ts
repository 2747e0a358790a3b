import type { OfficeRoute } from '../route.ts'
import { eventsExport, eventsPage } from './events.tsx'
import { figuresExport } from './export.ts'
import { figuresPage } from './page.tsx'

/** 集計, and what is taken out of the system as files. */
export const figureRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/figures', act: 'figures-view', page: figuresPage },
  { method: 'post', path: '/figures/export', act: 'export', submit: figuresExport },
  { method: 'get', path: '/events', act: 'export', page: (visit) => eventsPage(visit) },
  { method: 'post', path: '/events/export', act: 'export', submit: eventsExport },
]
