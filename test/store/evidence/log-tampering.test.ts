/** Whatever is changed in the log itself, its heads and its keys is found as well. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headText, verifierKey } from '../../../src/evidence/head.ts'
import { headPublisher } from '../../../src/store/evidence/head-publishing.ts'
import { newestHeads } from '../../../src/store/evidence/heads.ts'
import { BANK, type LogBank, openLogBank } from './log-of-tests.ts'

let bank: LogBank
let folder: string
let headsFile: string

beforeAll(async () => {
  bank = await openLogBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-heads-'))
})
afterAll(async () => {
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const sql = (text: string, values: unknown[] = []) => bank.pool.query(text, values)
const publish = () =>
  headPublisher({
    pool: bank.pool,
    keys: bank.keys,
    logger: pino({ level: 'silent' }),
    target: { file: headsFile },
  }).round()

/** Three batches of five, four and three leaves; the heads of all of them are published. */
beforeEach(async () => {
  await bank.clear()
  headsFile = path.join(folder, `heads-${Date.now()}-${Math.random()}`)
  for (const count of [5, 4, 3]) {
    await bank.append(count)
    await bank.seal()
    await publish()
  }
  expect(await bank.report({ headsFile })).toMatchObject({ findings: [], publishedHeads: 3 })
})

/** Puts the log back to where it stood after so many batches, as one who knows its tables can. */
async function cut(leaves: number): Promise<void> {
  await sql('create table kept as select seq from evidence_batch cross join unnest(seqs) as seq')
  await sql('truncate evidence_log')
  await sql('delete from evidence_batch where first_leaf >= $1', [leaves])
  await sql(
    `delete from event where seq in (select seq from kept) and seq not in
       (select seq from evidence_batch cross join unnest(seqs) as seq)`,
  )
  await sql('drop table kept')
  const rest = await sql('select * from event order by seq')
  await sql('delete from evidence_batch')
  await sql('delete from event')
  // Sealed anew event by event: the batches differ, and that alone is no change of the log.
  await sql(
    'insert into event overriding system value select * from jsonb_populate_recordset(null::event, $1)',
    [JSON.stringify(rest.rows)],
  )
  await bank.anotherSealer().round()
}

describe('the tail, cut off with batches, heads and the state of the log', () => {
  test('leaves nothing to find in the database alone: so heads are published', async () => {
    await cut(9)
    expect(await bank.report()).toMatchObject({ leaves: 9, findings: [] })
  })

  test('is found by a head that was published', async () => {
    await cut(9)
    expect(await bank.found({ headsFile })).toEqual(['cut-off 9'])
    expect((await bank.report({ headsFile })).findings[0]?.more).toContain('a head of 12 leaves')
  })

  test('is found when the log has grown over it', async () => {
    await cut(9)
    await bank.append(6)
    await bank.seal()
    expect(await bank.found({ headsFile })).toEqual(['head-differs 11'])
  })

  test('is found when it was everything', async () => {
    await bank.clear()
    expect(await bank.found({ headsFile })).toEqual(['cut-off 0', 'cut-off 0', 'cut-off 0'])
  })

  test('and nothing else cut off is found without published heads', async () => {
    await sql('delete from evidence_batch where first_leaf = 9')
    expect(await bank.found()).toEqual(['cut-off 9', 'inserted -', 'inserted -', 'inserted -'])
  })
})

describe('a log that was made anew by someone who holds all keys', () => {
  test('is whole in itself, and differs from what was published', async () => {
    await sql(`update event set outcome = 'frozen' where seq = (select min(seq) from event)`)
    await sql('truncate evidence_log, evidence_batch, evidence_node')
    await bank.anotherSealer().round()
    expect(await bank.found()).toEqual([])
    expect(await bank.found({ headsFile })).toEqual(['head-differs 4'])
    expect((await bank.report({ headsFile })).findings[0]?.more).toContain('and 2 after it')
  })
})

describe('a batch', () => {
  test.each([
    ['root', `root = sha256('another')`, ['bad-signature 8', 'head-differs 8']],
    ['time', `sealed_at = sealed_at + interval '1 second'`, ['bad-signature 8']],
    ['time, a little', `sealed_at = sealed_at + interval '1 microsecond'`, ['bad-signature 8']],
    ['time, for ever', `sealed_at = 'infinity'`, ['bad-signature 8']],
    [
      'signature',
      `signature = set_byte(signature, 5, 255 - get_byte(signature, 5))`,
      ['bad-signature 8'],
    ],
    ['signature, gone', `signature = ''`, ['bad-signature 8']],
    [
      'leaf',
      'leaf_hashes = set_byte(leaf_hashes, 40, 255 - get_byte(leaf_hashes, 40))',
      ['broken-log 12', 'edited 6', 'head-differs 8'],
    ],
    ['number', 'seqs[2] = -1', ['deleted 6', 'inserted -']],
    ['number, twice', 'seqs[2] = seqs[3]', ['duplicated -', 'edited 6', 'inserted -']],
    ['place', 'first_leaf = 6', ['bad-signature 9', 'broken-log 6']],
  ])('of which the %s was changed', async (_, change, expected) => {
    await sql(`update evidence_batch set ${change} where first_leaf = 5`)
    const found = await bank.found()
    expect(found.filter((finding) => expected.includes(finding))).toEqual(expected)
  })

  test('that has the signature of another', async () => {
    await sql(
      `update evidence_batch b set signature = o.signature from evidence_batch o
        where b.first_leaf = 5 and o.first_leaf = 0`,
    )
    expect(await bank.found()).toEqual(['bad-signature 8'])
  })

  test.each([0, 5])('that is gone, at leaf %s', async (first) => {
    await sql('delete from evidence_batch where first_leaf = $1', [first])
    expect(await bank.found()).toContain(`broken-log ${first === 0 ? 5 : 9}`)
  })
})

describe('the state of a log', () => {
  test.each([
    ['gone', 'delete from evidence_log', ['broken-log 12']],
    ['smaller', `update evidence_log set size = 8, edge = substr(edge, 1, 32)`, ['broken-log 12']],
    ['larger', 'update evidence_log set size = 13', ['cut-off 12']],
    [
      'of another edge',
      `update evidence_log set edge = set_byte(edge, 0, 255 - get_byte(edge, 0))`,
      ['broken-log 12'],
    ],
  ])('%s', async (_, change, expected) => {
    await sql(change)
    const found = await bank.found()
    expect(found.filter((finding) => !finding.startsWith('unsealed'))).toEqual(expected)
  })

  test('an inner node that proofs are made of', async () => {
    await bank.append(300)
    await bank.seal()
    expect(await bank.found({ headsFile })).toEqual([])
    await sql(`update evidence_node set hash = sha256('another')`)
    expect(await bank.found()).toEqual(['broken-log -'])
    await sql('delete from evidence_node')
    expect(await bank.found()).toEqual(['broken-log -'])
  })
})

/** Signs every stored head anew. */
async function signAll(key: KeyObject): Promise<void> {
  const { rows } = await sql('select first_leaf, leaves, root, sealed_at from evidence_batch')
  for (const { first_leaf, leaves, root, sealed_at } of rows) {
    const head = { bankCode: BANK, size: first_leaf + leaves, root, atMs: sealed_at.getTime() }
    const signature = sign(null, Buffer.from(headText(head)), key)
    const text = 'update evidence_batch set signature = $2 where first_leaf = $1'
    await sql(text, [first_leaf, signature])
  }
}

describe('the key of the log', () => {
  const ownKey = () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
    return { privateKey, bytes }
  }
  const pinned = async () => {
    const [head] = await newestHeads(bank.pool, bank.keys, BANK)
    return head === undefined ? [] : [verifierKey(BANK, head.key)]
  }
  const restore = (key: { public_key: Buffer; sealed: Buffer }) =>
    sql('update evidence_key set public_key = $1, sealed = $2', [key.public_key, key.sealed])

  test('replaced in the database, all heads signed anew with it', async () => {
    const kept = await pinned()
    expect(await bank.found({ pinnedKeys: kept })).toEqual([])
    const [before] = (await sql('select public_key, sealed from evidence_key')).rows
    const { privateKey, bytes } = ownKey()
    await sql('update evidence_key set public_key = $1', [bytes])
    await signAll(privateKey)
    // The sealed half cannot be made without the key file.
    expect(await bank.found()).toEqual(['key-replaced -'])
    expect(await bank.found({ pinnedKeys: kept })).toEqual(['key-replaced -', 'key-replaced -'])
    const withHeads = await bank.found({ headsFile })
    expect(withHeads).toEqual([...Array(3).fill('bad-signature -'), 'key-replaced -'])
    await sql(`update evidence_key set sealed = sha256('anything')`)
    expect(await bank.found()).toEqual(['key-replaced -'])
    await restore(before)
  })

  test('replaced by one who has the key file, too', async () => {
    const kept = await pinned()
    const [before] = (await sql('select public_key, sealed from evidence_key')).rows
    const { privateKey, bytes } = ownKey()
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const owner = { bankCode: '0000', contractId: 'evidence-key/1' }
    const { sealed } = await bank.ports.vault.sealSecret(owner, pem)
    await restore({ public_key: bytes, sealed: Buffer.from(sealed) })
    await signAll(privateKey)
    expect(await bank.found()).toEqual([])
    expect(await bank.found({ pinnedKeys: kept })).toEqual(['key-replaced -'])
    expect(await bank.found({ headsFile })).toEqual(Array(3).fill('bad-signature -'))
    await restore(before)
    expect(await bank.found()).toEqual(
      Array(3)
        .fill(0)
        .map((_, i) => `bad-signature ${[11, 4, 8][i]}`),
    )
  })
})

describe('published heads', () => {
  test('of which a line was changed', async () => {
    const text = fs.readFileSync(headsFile, 'utf8')
    fs.writeFileSync(headsFile, text.replace(/ichido\/1184\\n9\\n/, 'ichido/1184\\n8\\n'))
    expect(await bank.found({ headsFile })).toEqual(['bad-signature -'])
    expect((await bank.report({ headsFile })).findings[0]?.more).toBe('line 2 of the heads')
  })

  test('of which a line was torn say the rest', async () => {
    const text = fs.readFileSync(headsFile, 'utf8')
    fs.writeFileSync(headsFile, text.slice(0, -40))
    expect(await bank.report({ headsFile })).toMatchObject({ findings: [], publishedHeads: 2 })
    await bank.append(1)
    await bank.seal()
    await publish()
    expect(await bank.report({ headsFile })).toMatchObject({ findings: [], publishedHeads: 3 })
  })

  test('that cannot be read are no clean answer', async () => {
    await expect(bank.report({ headsFile: path.join(folder, 'none') })).rejects.toThrow('none')
  })
})
