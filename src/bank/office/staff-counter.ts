/** Staff share the login counters with customers; no contract ID has such a sign in it. */
export const counterOf = (staffId: string): string => `@${staffId}`
