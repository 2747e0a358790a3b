import type { OfficeRoute } from '../route.ts'
import { customerPage } from './customer.tsx'
import { identityRoutes } from './identity-questions.tsx'
import { letterRoutes } from './letters.tsx'
import { lossPage, lossReportPage, lossSubmit } from './loss.tsx'
import { preparePage, prepareSubmit } from './prepare.tsx'
import { searchPage } from './search.tsx'

/** お客さま: search, the customer's page, 紛失届, and what is prepared for two pairs of eyes. */
export const customerRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/customers', act: 'customer-view', page: searchPage },
  { method: 'get', path: '/customers/:contractId', act: 'customer-view', page: customerPage },
  { method: 'get', path: '/customers/:contractId/loss', act: 'loss-report', page: lossPage },
  { method: 'post', path: '/customers/:contractId/loss', act: 'loss-report', submit: lossSubmit },
  {
    method: 'get',
    path: '/customers/:contractId/loss/:receiptNo',
    act: 'customer-view',
    page: lossReportPage,
  },
  {
    method: 'get',
    path: '/customers/:contractId/prepare/:act',
    act: 'prepare',
    page: (visit) => preparePage(visit),
  },
  {
    method: 'post',
    path: '/customers/:contractId/prepare/:act',
    act: 'prepare',
    submit: prepareSubmit,
  },
  ...letterRoutes,
  ...identityRoutes,
]
