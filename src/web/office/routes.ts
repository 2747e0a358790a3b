import { campaignRoutes } from './campaigns/routes.ts'
import { figureRoutes } from './figures/routes.ts'
import { hardwareRoutes } from './hardware/routes.ts'
import { inboxRoutes } from './inbox.tsx'
import { letterRoutes } from './letters.tsx'
import { messageRoutes } from './messages/routes.ts'
import { passwordRoutes } from './password.tsx'
import { prepareRoutes } from './prepare.tsx'
import { proposalRoutes } from './proposal.tsx'
import { rolesRoutes } from './roles.tsx'
import type { OfficeRoute } from './route.ts'
import { staffRoutes } from './staff.tsx'

/** All pages and forms behind the login. */
export const OFFICE_ROUTES: readonly OfficeRoute[] = [
  ...inboxRoutes,
  ...proposalRoutes,
  ...prepareRoutes,
  ...letterRoutes,
  ...rolesRoutes,
  ...passwordRoutes,
  ...staffRoutes,
  ...hardwareRoutes,
  ...campaignRoutes,
  ...messageRoutes,
  ...figureRoutes,
]
