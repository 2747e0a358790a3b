/** Devices with several keys: PINs, challenge keys, and the same seed for another period. */
import { describe, expect, test } from 'vitest'
import { type MadeKey, PSKC_FOOT, pskcFile, pskcHead } from '../../bench/rig/pskc-writer.ts'
import { faultOf, read } from './reading.ts'

const made: MadeKey = { serial: 'ACME00000001', seed: Buffer.from('12345678901234567890') }

describe('several keys of one device', () => {
  const packages = (...keys: string[]) => pskcHead() + keys.join('') + PSKC_FOOT
  const packageOf = (key: MadeKey) =>
    /<KeyPackage>[\s\S]*<\/KeyPackage>/.exec(pskcFile([key]))?.[0] ?? ''
  const seed = packageOf(made)
  const pin = seed.replace('pskc:totp', 'pskc:pin')
  const ocra = seed.replace('pskc:totp', 'pskc:ocra')
  const other = packageOf({ ...made, serial: 'ACME00000002' })

  test('a PIN and a challenge key behind the seed are left out, and that is told', async () => {
    const { records, end } = await read(packages(seed, pin, ocra, other))
    expect(records.map(({ serial }) => serial)).toEqual(['ACME00000001', 'ACME00000002'])
    expect(end).toEqual({ ok: true, leftOut: 2, signed: false })
  })

  test.each([
    ['in front of all seeds', [ocra, seed]],
    ['behind the seed of another device', [other, ocra, seed]],
  ])('a challenge key %s would be lost: the file is refused', async (_, keys) => {
    expect((await faultOf(packages(...keys)))?.reason).toBe('algorithm-unsupported')
  })

  const inDays = (id: string, from: string, until: string, key = seed) =>
    key
      .replace(/ Id="[^"]*"/, ` Id="${id}"`)
      .replace(
        '</Data>',
        `</Data><Policy><StartDate>${from}T00:00:00Z</StartDate><ExpiryDate>${until}T00:00:00Z</ExpiryDate></Policy>`,
      )
  const first = inDays('1', '2026-01-01', '2026-06-30')

  test('the same seed for the next period is the same token', async () => {
    const { records } = await read(packages(first, inDays('2', '2026-07-01', '2027-06-30'), other))
    expect(records).toHaveLength(2)
    expect(records[0]).toMatchObject({ startsOn: '2026-01-01', endsOn: '2027-06-30' })
  })

  const otherSeed = packageOf({ ...made, seed: Buffer.alloc(20, 1) })
  test.each([
    ['the same key again', first],
    ['the same ID', inDays('1', '2026-07-01', '2027-06-30')],
    ['days that touch', inDays('2', '2026-06-30', '2027-06-30')],
    ['another seed', inDays('2', '2026-07-01', '2027-06-30', otherSeed)],
    ['no days', seed],
  ])('%s is another token, for the stock to refuse', async (_, second) => {
    expect((await read(packages(first, second))).records).toHaveLength(2)
  })
})
