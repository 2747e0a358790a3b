/** The description of the API, held against the API itself. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveApi } from '../http.ts'

let bank: TestBank
let api: Site
beforeAll(async () => {
  bank = await openTestBank()
  api = await serveApi(bank.ports)
})
afterAll(async () => {
  await api.close()
  await bank.close()
})

interface Described extends Record<string, unknown> {
  readonly openapi: string
  readonly servers: unknown
  readonly paths: Record<string, Record<string, { security?: [] }>>
}
const describedApi = async () =>
  (await (await fetch(`${api.origin}/openapi.json`)).json()) as Described

test('is OpenAPI 3.1 whose references lead somewhere', async () => {
  const description = await describedApi()
  expect(description.openapi).toMatch(/^3\.1\./)
  expect(description.servers).toEqual([{ url: api.origin }])
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)]
  expect(references.length).toBeGreaterThan(0)
  for (const [, reference = ''] of references) {
    expect(reference.startsWith('#/')).toBe(true)
    const found = reference
      .slice(2)
      .split('/')
      .reduce<Record<string, unknown> | undefined>(
        (within, name) => within?.[name] as Record<string, unknown> | undefined,
        description,
      )
    expect([reference, typeof found]).toEqual([reference, 'object'])
  }
})

test('describes every address that answers, and nothing else', async () => {
  const { paths } = await describedApi()
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/v1/verifications', '/v1/tokens/{serial}', '/healthz', '/readyz']),
  )
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const answer = await fetch(`${api.origin}${path.replace(/\{\w+\}/g, 'x')}`, { method })
      const open = operation.security?.length === 0
      expect([path, method, answer.status]).toEqual([path, method, open ? 200 : 401])
    }
  }
})
