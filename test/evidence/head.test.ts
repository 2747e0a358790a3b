import { generateKeyPairSync, hash, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Head,
  headText,
  isSigned,
  type LogKey,
  logKeyOf,
  noteOf,
  openNote,
  signHead,
  verifierKey,
} from '../../src/evidence/head.ts'
import vector from '../vectors/c2sp-signed-note.json' with { type: 'json' }

const newKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey,
    log: logKeyOf(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)),
  }
}
const { privateKey, log } = newKey()
const head: Head = {
  bankCode: '1184',
  size: 20_852_163,
  root: hash('sha256', 'a root', 'buffer'),
  atMs: Date.parse('2026-11-24T10:00:00.123+09:00'),
}
const note = noteOf(head, signHead(head, privateKey), log)

/** Base64 has plus signs of its own. */
function partsOf(key: string): [name: string, id: string, material: string] {
  const [, name = '', id = '', material = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key) ?? []
  return [name, id, material]
}

test('the example of C2SP signed-note: key ID, key and signature are read as we write ours', () => {
  const [name = '', id, material] = partsOf(vector.verifierKey)
  const bytes = Buffer.from(material, 'base64').subarray(1)
  const named = [Buffer.from(`${name}\n`), Buffer.of(1), bytes]
  expect(hash('sha256', Buffer.concat(named)).slice(0, 8)).toBe(id)
  const [text = '', signatures = ''] = vector.note.split('\n\n')
  const signature = Buffer.from(signatures.trim().split(' ')[2] ?? '', 'base64')
  expect(signature.subarray(0, 4).toString('hex')).toBe(id)
  expect(verify(null, Buffer.from(`${text}\n`), logKeyOf(bytes).key, signature.subarray(4))).toBe(
    true,
  )
})

test('a note says origin, size, root and time, and its key can be kept in one line', () => {
  expect(headText(head)).toBe(
    `ichido/1184\n20852163\n${head.root.toString('base64')}\ntime 2026-11-24T01:00:00.123Z\n`,
  )
  const [, name, signed = ''] = note.trim().split('\n').at(-1)?.split(' ') ?? []
  expect(name).toBe('ichido/1184')
  const [keyName, id, material] = partsOf(verifierKey('1184', log))
  expect(keyName).toBe('ichido/1184')
  expect(Buffer.from(signed, 'base64').subarray(0, 4).toString('hex')).toBe(id)
  expect(Buffer.from(material, 'base64').subarray(1)).toEqual(log.bytes)
})

test('a note opens for its key alone', () => {
  expect(openNote(note, [newKey().log, log])).toEqual(head)
  expect(openNote(note, [newKey().log])).toBeUndefined()
  expect(openNote(note, [])).toBeUndefined()
})

test('lines of witnesses are passed over', () => {
  const witness = newKey()
  const line = noteOf(head, signHead(head, witness.privateKey), witness.log).split('\n').at(-2)
  expect(openNote(`${note}— example.invalid/witness AAAAAAAA\n${line}\n`, [log])).toEqual(head)
})

test('whatever is changed in a note, it does not open', () => {
  fc.assert(
    fc.property(fc.nat(note.length - 1), fc.string({ unit: 'binary', minLength: 1 }), (at, put) => {
      const changed = note.slice(0, at) + put + note.slice(at + put.length)
      fc.pre(changed !== note)
      const opened = openNote(changed, [log])
      // Base64 has bits to spare in its last digit: the same signature, written in another way.
      if (opened !== undefined) expect(opened).toEqual(head)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['another bank', { bankCode: '1185' }],
  ['another size', { size: 20_852_164 }],
  ['another root', { root: hash('sha256', 'another root', 'buffer') }],
  ['another time', { atMs: head.atMs + 1 }],
])('the signature is not good for %s', (_, change) => {
  const signature = signHead(head, privateKey)
  expect(isSigned(head, signature, log)).toBe(true)
  const changed = { ...head, ...change }
  expect(isSigned(changed, signature, log)).toBe(false)
  expect(openNote(noteOf(changed, signature, log), [log])).toBeUndefined()
})

test.each(['', 'x', '1184', note.slice(0, -1), `${note}\n`, note.replace('20852163', '020852163')])(
  'no note: %j',
  (text) => {
    expect(openNote(text, [log] satisfies LogKey[])).toBeUndefined()
  },
)
