import { issueApiKey, revokeApiKey } from '../bank/procedures/api-key.ts'
import type { ApiKeyActions } from '../cli/api-key.ts'
import { asOperator, type Hints, show, tellRefusal } from './as-operator.ts'
import type { AsCommand } from './command.ts'

const ADD_HINTS: Hints = {
  name: '--name takes small letters, digits, . _ - (at most 40; demo is taken)',
  'name exists': 'a key of this name is in use: revoke it first, or take another name',
}
const REVOKE_HINTS: Hints = { name: 'the bank has no key of this name in use' }

/** The commands about API keys. The key itself is printed here and known to nobody else. */
export function apiKeyActions(asCommand: AsCommand): ApiKeyActions {
  const onBank = asOperator(asCommand)
  return {
    apiKeyAdd: ({ bank, name, json }) =>
      onBank(bank, async ({ ports }, request) => {
        const outcome = await issueApiKey(ports, request, name)
        if (!outcome.ok) return tellRefusal(outcome, ADD_HINTS)
        return show(json, { bankCode: bank, ...outcome.value }, [outcome.value.key])
      }),

    apiKeyList: ({ bank, json }) =>
      onBank(bank, async ({ ports }) => {
        const keys = (await ports.store.tables.administration.apiKeys(bank)).map((key) => ({
          name: key.name,
          createdAt: timeOf(key.createdAtMs),
          ...(key.revokedAtMs !== undefined && { revokedAt: timeOf(key.revokedAtMs) }),
        }))
        const lines = keys.map(
          ({ name, createdAt, revokedAt }) =>
            `${name} since ${createdAt}${revokedAt ? `, revoked ${revokedAt}` : ''}`,
        )
        return show(json, keys, lines)
      }),

    apiKeyRevoke: ({ bank, name, json }) =>
      onBank(bank, async ({ ports }, request) => {
        const outcome = await revokeApiKey(ports, request, name)
        if (!outcome.ok) return tellRefusal(outcome, REVOKE_HINTS)
        return show(json, outcome.value, [`${name} is revoked`])
      }),
  }
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
