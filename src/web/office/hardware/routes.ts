import type { OfficeRoute } from '../route.ts'
import { APPLICATION_STEPS, applicationPage, stepSubmit } from './application.tsx'
import { applicationsPage, paperPage, paperSubmit } from './applications.tsx'
import { batteryPage } from './battery.tsx'
import { campaignPage, campaignSubmit, dryRunPage } from './campaign.tsx'
import { dispatchedPage, dispatchPage, dispatchSubmit } from './dispatch.tsx'
import { importPage, importUpload, watchPage } from './import.tsx'
import { destroySubmit, returnSubmit, returnsPage } from './returns.tsx'
import { stockPage } from './stock.tsx'
import { termsPage, termsSubmit } from './terms.tsx'
import { tokenPage } from './token.tsx'

const view = { method: 'get', act: 'hardware-view' } as const
const handle = { method: 'post', act: 'hardware-handle' } as const
const prepare = { method: 'post', act: 'prepare' } as const
const APPLICATION = '/hardware/applications/:no'

/** ハードウェアトークン: stock, applications, dispatch, returns. What has a name comes before what is a serial. */
export const hardwareRoutes: readonly OfficeRoute[] = [
  { ...view, path: '/hardware', page: stockPage },
  { ...view, path: '/hardware/applications', page: applicationsPage },
  { ...handle, path: '/hardware/applications', submit: paperSubmit },
  { method: 'get', act: 'hardware-handle', path: '/hardware/applications/new', page: paperPage },
  { ...view, path: APPLICATION, page: (visit) => applicationPage(visit) },
  ...Object.entries(APPLICATION_STEPS).map(([step, act]) => ({
    ...handle,
    path: `${APPLICATION}/${step}`,
    submit: stepSubmit(act),
  })),
  { method: 'get', act: 'hardware-handle', path: '/hardware/import', page: importPage },
  { ...handle, path: '/hardware/import', upload: importUpload },
  { method: 'get', act: 'hardware-handle', path: '/hardware/import/:watch', page: watchPage },
  { ...view, path: '/hardware/dispatch', page: dispatchPage },
  { ...handle, path: '/hardware/dispatch', submit: dispatchSubmit },
  { ...view, path: '/hardware/dispatched', page: dispatchedPage },
  { ...view, path: '/hardware/returns', page: returnsPage },
  { ...handle, path: '/hardware/returns', submit: returnSubmit },
  { ...prepare, path: '/hardware/returns/destroy', submit: destroySubmit },
  { ...view, path: '/hardware/battery', page: batteryPage },
  { method: 'get', act: 'prepare', path: '/hardware/battery/campaign', page: dryRunPage },
  { ...prepare, path: '/hardware/battery/campaign', submit: campaignSubmit },
  { ...view, path: '/hardware/battery/campaigns/:no', page: campaignPage },
  { ...view, path: '/hardware/terms', page: (visit) => termsPage(visit) },
  { ...prepare, path: '/hardware/terms', submit: termsSubmit },
  { ...view, path: '/hardware/:serial', page: tokenPage },
]
