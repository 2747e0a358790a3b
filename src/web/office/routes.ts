import { campaignRoutes } from './campaigns/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { figureRoutes } from './figures/routes.ts'
import { hardwareRoutes } from './hardware/routes.ts'
import { inboxRoutes } from './inbox.tsx'
import { messageRoutes } from './messages/routes.ts'
import { passwordRoutes } from './password.tsx'
import { proposalRoutes } from './proposal.tsx'
import { rolesRoutes } from './roles.tsx'
import type { OfficeRoute } from './route.ts'
import { staffRoutes } from './staff.tsx'

/** All pages and forms behind the login. */
export const OFFICE_ROUTES: readonly OfficeRoute[] = [
  ...customerRoutes,
  ...inboxRoutes,
  ...proposalRoutes,
  ...rolesRoutes,
  ...passwordRoutes,
  ...staffRoutes,
  ...hardwareRoutes,
  ...campaignRoutes,
  ...messageRoutes,
  ...figureRoutes,
  ...evidenceRoutes,
]
