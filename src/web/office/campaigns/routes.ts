import type { OfficeRoute } from '../route.ts'
import { customersExport, customersPage } from './customers.tsx'
import { planPage, planSubmit, proposeSubmit } from './plan.tsx'
import { reopenPage, reopenSubmit } from './reopen.tsx'
import { typePage } from './type.tsx'
import { typesPage } from './types.tsx'

/** トークンの種類: what is taken, and how one is closed, ended and reopened. */
export const campaignRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/campaigns', act: 'campaign-view', page: typesPage },
  { method: 'get', path: '/campaigns/:type', act: 'campaign-view', page: typePage },
  { method: 'get', path: '/campaigns/:type/plan', act: 'prepare', page: planPage },
  { method: 'post', path: '/campaigns/:type/plan', act: 'prepare', submit: planSubmit },
  { method: 'post', path: '/campaigns/:type/propose', act: 'prepare', submit: proposeSubmit },
  { method: 'get', path: '/campaigns/:type/reopen', act: 'prepare', page: reopenPage },
  { method: 'post', path: '/campaigns/:type/reopen', act: 'prepare', submit: reopenSubmit },
  { method: 'get', path: '/campaigns/:type/customers', act: 'customer-view', page: customersPage },
  {
    method: 'post',
    path: '/campaigns/:type/customers/export',
    act: 'export',
    submit: customersExport,
  },
]
