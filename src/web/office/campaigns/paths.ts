/** The addresses about types of token. */
export function campaignPathsOf(at: (path: string) => string) {
  const of = (type: string, more = '') => at(`/campaigns/${encodeURIComponent(type)}${more}`)
  return {
    campaigns: at('/campaigns'),
    campaignType: (type: string) => of(type),
    campaignPlan: (type: string) => of(type, '/plan'),
    campaignPropose: (type: string) => of(type, '/propose'),
    campaignReopen: (type: string) => of(type, '/reopen'),
    campaignCustomers: (type: string, after = '') =>
      of(type, after === '' ? '/customers' : `/customers?after=${encodeURIComponent(after)}`),
    campaignCustomersExport: (type: string) => of(type, '/customers/export'),
  }
}
