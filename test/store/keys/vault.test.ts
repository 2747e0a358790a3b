/**
 * Sealed rows: each opens in its own place only, with its own key file only, and unchanged only.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Token } from '../../../src/bank/token.ts'
import { institutionOn } from '../../../src/store/keys/institution.ts'
import { WrongKeyFile } from '../../../src/store/keys/key-ring.ts'
import { openVault } from '../../../src/store/keys/vault.ts'
import { atOnce, openTestBank, type TestBank, tokenOf, WRAPPING_KEY } from '../../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const open = (token: Token) => bank.ports.vault.openSeed(token)
const changed = (bytes: Uint8Array, place: number) => {
  const copy = new Uint8Array(bytes)
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}

describe('a seed', () => {
  test('opens where it was sealed', async () => {
    const held = await bank.makeToken()
    expect(Buffer.from(await open(await tokenOf(bank, held)))).toEqual(Buffer.from(held.seed))
  })

  test('does not open in another row, with another algorithm, version or issuer', async () => {
    const [one, two] = await atOnce(2, async () => tokenOf(bank, await bank.makeToken()))
    if (one === undefined || two === undefined) throw new Error('no tokens')
    await expect(open({ ...one, seed: two.seed })).rejects.toThrow()
    await expect(open({ ...one, algorithm: 'SHA1' })).rejects.toThrow()
    await expect(open({ ...one, issuer: '1184' })).rejects.toThrow()
    await expect(open({ ...one, seed: { ...one.seed, keyVersion: 2 } })).rejects.toThrow(/missing/)
  })

  test('does not open with any byte changed, cut off or added', async () => {
    const token = await tokenOf(bank, await bank.makeToken())
    const { sealed, keyVersion } = token.seed
    for (let place = 0; place < sealed.length; place += 1) {
      const box = { sealed: changed(sealed, place), keyVersion }
      await expect(open({ ...token, seed: box })).rejects.toThrow()
    }
    for (const wrong of [
      sealed.slice(1),
      sealed.slice(0, -1),
      sealed.slice(0, 20),
      Buffer.of(),
      Buffer.concat([sealed, Buffer.of(0)]),
    ]) {
      await expect(open({ ...token, seed: { sealed: wrong, keyVersion } })).rejects.toThrow()
    }
  })

  test('is sealed differently every time', async () => {
    const token = await tokenOf(bank, await bank.makeToken())
    const boxes = await atOnce(20, () => bank.ports.vault.sealSeed(token, Buffer.alloc(32)))
    expect(new Set(boxes.map((box) => Buffer.from(box.sealed).toString('hex'))).size).toBe(20)
  })

  test('whose row was swapped in the database authorises nothing', async () => {
    const [one, two] = [await bank.makeToken(), await bank.makeToken()]
    await bank.pool.query(
      `update token set sealed_seed = (select sealed_seed from token where serial = $1)
        where serial = $2`,
      [one.serial, two.serial],
    )
    await expect(open(await tokenOf(bank, two))).rejects.toThrow()
  })
})

test('a secret belongs to its contract', async () => {
  const { vault } = bank.ports
  const owner = { bankCode: '1184', contractId: '10000000001' }
  const box = await vault.sealSecret(owner, '482913')
  expect(await vault.openSecret(owner, box)).toBe('482913')
  for (const other of [
    { ...owner, contractId: '10000000002' },
    { ...owner, bankCode: '0000' },
  ]) {
    await expect(vault.openSecret(other, box)).rejects.toThrow()
  }
})

describe('the key file', () => {
  const vaultWith = (key: Buffer) => openVault(bank.pool, key, bank.clock.now)

  test('of another database is told before anything is served', async () => {
    await vaultWith(WRAPPING_KEY).check()
    await expect(vaultWith(randomBytes(32)).check()).rejects.toBeInstanceOf(WrongKeyFile)
  })

  test('once wrong is not remembered as right, nor the other way round', async () => {
    const token = await tokenOf(bank, await bank.makeToken())
    const wrong = vaultWith(randomBytes(32))
    for (let round = 0; round < 2; round += 1) {
      await expect(wrong.openSeed(token)).rejects.toBeInstanceOf(WrongKeyFile)
    }
    expect(await open(token)).toHaveLength(32)
  })

  test('a wrapped key that was changed or moved to another bank does not open', async () => {
    const { vault } = bank.ports
    const owner = { bankCode: '9000', contractId: 'x' }
    await vault.sealSecret(owner, 'text')
    await bank.pool.query(
      `insert into data_key select '9001', version, wrapped, created_at from data_key
        where bank_code = '9000'`,
    )
    await expect(vaultWith(WRAPPING_KEY).check()).rejects.toBeInstanceOf(WrongKeyFile)
    await bank.pool.query(`delete from data_key where bank_code = '9001'`)
  })
})

test('many processes that need the first data key of a bank end up with the same one', async () => {
  const owner = { bankCode: '9100', contractId: 'x' }
  const vaults = Array.from({ length: 8 }, () => openVault(bank.pool, WRAPPING_KEY, bank.clock.now))
  const boxes = await Promise.all(vaults.map((vault) => vault.sealSecret(owner, 'text')))
  for (const box of boxes) expect(await bank.ports.vault.openSecret(owner, box)).toBe('text')
})

test('many processes that need the institution key first end up with the same one', async () => {
  await bank.pool.query('delete from institution_key')
  const keys = await atOnce(6, () => institutionOn(bank.pool, bank.ports.vault).publicKey())
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1)
})
