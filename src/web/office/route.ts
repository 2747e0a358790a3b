import type { StaffAct } from '../../bank/office/staff.ts'
import type { SubmittedForm } from '../form.ts'
import type { Upload } from '../upload.ts'
import type { StaffVisit } from './visit.tsx'

export type Answer = Response | Promise<Response>

/** Everyone who is signed in may: nothing of a customer is on such a page. */
export type RouteAct = StaffAct | 'signed-in'

/**
 * A page or a form of the back office, with the act that one must be allowed to do: a route without
 * one cannot be written. Each area has its list; `routes.ts` joins them.
 */
export type OfficeRoute =
  | {
      readonly method: 'get'
      /** Below the bank's code: `/customers/:contractId`. */
      readonly path: string
      readonly act: RouteAct
      readonly page: (visit: StaffVisit) => Answer
    }
  | {
      readonly method: 'post'
      readonly path: string
      readonly act: RouteAct
      readonly submit: (visit: StaffVisit, form: SubmittedForm) => Answer
    }
  | {
      readonly method: 'post'
      readonly path: string
      readonly act: RouteAct
      /** A form with a file; who may is asked before the body is read. */
      readonly upload: (visit: StaffVisit, upload: Upload) => Promise<Response>
    }
