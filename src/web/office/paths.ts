import { ICON_PATH, STYLE_PATH } from '../parts/site-files.ts'
import { campaignPathsOf } from './campaigns/paths.ts'
import { evidencePathsOf } from './evidence/paths.ts'
import { figurePathsOf } from './figures/paths.ts'
import { messagePathsOf } from './messages/paths.ts'
import { OFFICE_STYLE_PATH } from './site-files.ts'

/** Every address of the back office, once. Pages link only to these. */
export function officePathsOf(bankCode: string) {
  const at = (path: string) => `/${bankCode}${path}`
  return {
    css: STYLE_PATH,
    moreCss: OFFICE_STYLE_PATH,
    icon: ICON_PATH,
    login: at('/login'),
    loginEnded: at('/login?notice=ended'),
    loggedOut: at('/login?notice=logged-out'),
    loginCode: at('/login/code'),
    logout: at('/logout'),
    customers: at('/customers'),
    customer: (contractId: string) => at(`/customers/${encodeURIComponent(contractId)}`),
    customerOlder: (contractId: string, before: number) =>
      at(`/customers/${encodeURIComponent(contractId)}?before=${before}#history`),
    loss: (contractId: string) => at(`/customers/${encodeURIComponent(contractId)}/loss`),
    lossReport: (contractId: string, receiptNo: string) =>
      at(`/customers/${encodeURIComponent(contractId)}/loss/${encodeURIComponent(receiptNo)}`),
    prepare: (contractId: string, act: string) =>
      at(`/customers/${encodeURIComponent(contractId)}/prepare/${encodeURIComponent(act)}`),
    letters: at('/letters'),
    printLetter: (id: string) => at(`/letters/${encodeURIComponent(id)}/print`),
    identity: at('/identity-questions'),
    identitySaved: at('/identity-questions?notice=saved'),
    inbox: at('/inbox'),
    settled: at('/inbox/settled'),
    proposal: (id: string) => at(`/proposals/${encodeURIComponent(id)}`),
    approve: (id: string) => at(`/proposals/${encodeURIComponent(id)}/approve`),
    giveBack: (id: string) => at(`/proposals/${encodeURIComponent(id)}/return`),
    withdraw: (id: string) => at(`/proposals/${encodeURIComponent(id)}/withdraw`),
    hardware: at('/hardware'),
    hardwareToken: (serial: string) => at(`/hardware/${encodeURIComponent(serial)}`),
    hardwareApplications: at('/hardware/applications'),
    hardwarePaper: at('/hardware/applications/new'),
    hardwarePaperOf: (contractId: string) =>
      at(`/hardware/applications/new?contractId=${encodeURIComponent(contractId)}`),
    hardwareApplication: (no: string) => at(`/hardware/applications/${encodeURIComponent(no)}`),
    hardwareApplicationStep: (no: string, step: string) =>
      at(`/hardware/applications/${encodeURIComponent(no)}/${step}`),
    hardwareImport: at('/hardware/import'),
    hardwareImportWatch: (id: string) => at(`/hardware/import/${encodeURIComponent(id)}`),
    hardwareDispatch: at('/hardware/dispatch'),
    hardwareDispatched: at('/hardware/dispatched'),
    hardwareBattery: at('/hardware/battery'),
    hardwareCampaignNew: (months: string) => at(`/hardware/battery/campaign?months=${months}`),
    hardwareCampaign: at('/hardware/battery/campaign'),
    hardwareCampaignOf: (no: string) => at(`/hardware/battery/campaigns/${encodeURIComponent(no)}`),
    hardwareTerms: at('/hardware/terms'),
    hardwareReturns: at('/hardware/returns'),
    hardwareReturnsOf: (serial: string) =>
      at(`/hardware/returns?serial=${encodeURIComponent(serial)}`),
    hardwareDestroy: at('/hardware/returns/destroy'),
    roles: at('/roles'),
    password: at('/password'),
    staff: at('/staff'),
    staffAppoint: at('/staff/appoint'),
    staffMember: (staffId: string) => at(`/staff/${encodeURIComponent(staffId)}`),
    staffDisable: (staffId: string) => at(`/staff/${encodeURIComponent(staffId)}/disable`),
    staffEnable: (staffId: string) => at(`/staff/${encodeURIComponent(staffId)}/enable`),
    staffReset: (staffId: string) => at(`/staff/${encodeURIComponent(staffId)}/reset`),
    staffRenewal: (staffId: string) => at(`/staff/${encodeURIComponent(staffId)}/renewal`),
    staffFirstPassword: (staffId: string) =>
      at(`/staff/${encodeURIComponent(staffId)}/first-password`),
    ...campaignPathsOf(at),
    ...messagePathsOf(at),
    ...figurePathsOf(at),
    ...evidencePathsOf(at),
  }
}

export type OfficePaths = ReturnType<typeof officePathsOf>
