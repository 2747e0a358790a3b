#!/usr/bin/env node
/**
 * node verify-receipt.mjs FILE [--key FILE] [--heads FILE]
 *
 * Checks what `ichido audit receipt` or `ichido audit export` has written, and says in words what it
 * proves. It shares no code with the server and needs nothing but Node, so that whoever holds a
 * receipt has to trust neither the bank's program nor its database: only the key that was kept
 * (`--key`, a line of `ichido audit head`), and the heads that were published (`--heads`).
 *
 * The rules are those of RFC 6962 §2.1 (hashes), RFC 9162 §2.1.3.2 (proof), RFC 8032 (Ed25519) and
 * C2SP signed-note; the forms are in docs/procedures/evidence.md.
 *
 * Exit 0 proven, 1 not proven, 2 wrong usage.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import fs from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

class NotProven extends Error {}

/** @returns {never} */
function fail(why) {
  throw new NotProven(why)
}

// Hashes: a leaf begins with 0x00, a node with 0x01.

const sha256 = (...parts) => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}
const leafHash = (text) => sha256(Buffer.of(0), Buffer.from(text, 'utf8'))
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right)

function hashFrom(text) {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0)
  return bytes.length === 32 ? bytes : fail('a hash of the proof is not one')
}

/** The root to which the proof leads from the leaf. */
function rootOf(hash, leaf, size, path) {
  if (!Number.isSafeInteger(leaf) || leaf < 0 || leaf >= size) fail('the leaf is not in the tree')
  let place = BigInt(leaf)
  let last = BigInt(size) - 1n
  let reached = hash
  for (const sibling of path) {
    if (last === 0n) fail('the proof is longer than the tree is high')
    if (place % 2n === 1n || place === last) {
      reached = nodeHash(sibling, reached)
      while (place % 2n === 0n && place !== 0n) {
        place /= 2n
        last /= 2n
      }
    } else {
      reached = nodeHash(reached, sibling)
    }
    place /= 2n
    last /= 2n
  }
  return last === 0n ? reached : fail('the proof ends before the root')
}

/** The root over complete subtrees that stand side by side, from the first leaf to the last. */
class Row {
  stack = []
  leaves = 0

  /** A subtree of so many leaves, a power of two. */
  add(hash, count = 1) {
    let [joined, size] = [hash, count]
    while (this.stack.at(-1)?.count === size) {
      joined = nodeHash(this.stack.pop().hash, joined)
      size *= 2
    }
    this.stack.push({ hash: joined, count: size })
    this.leaves += count
  }

  root() {
    return this.stack.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right))
  }
}

/** The fewest complete subtrees from one leaf up to another, as numbers of leaves. */
function countsBetween(first, end) {
  const counts = []
  for (let at = first; at < end; ) {
    let count = 1
    while (at % (count * 2) === 0 && at + count * 2 <= end) count *= 2
    counts.push(count)
    at += count
  }
  return counts
}

// Keys and heads.

function keyFrom(text) {
  const [, name, id, material] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text ?? '') ?? []
  const bytes = Buffer.from(material ?? '', 'base64')
  if (name === undefined || bytes.length !== 33 || bytes[0] !== 1) fail('there is no usable key')
  if (sha256(`${name}\n`, bytes).toString('hex', 0, 4) !== id) fail('the key has another number')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }
  return { text, name, id, public: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/** The head of a note that this key has signed; undefined if it has not. */
function openNote(note, key) {
  const [, text, name, size, root, time, signatures] =
    /^((\S+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\n)\n((?:— \S+ \S+\n)+)$/.exec(
      note ?? '',
    ) ?? []
  if (name !== key.name) return undefined
  for (const line of signatures.trimEnd().split('\n')) {
    const [, signer, base64] = line.split(' ')
    const signed = Buffer.from(base64, 'base64')
    if (signer !== key.name || signed.toString('hex', 0, 4) !== key.id) continue
    if (!verify(null, Buffer.from(text), key.public, signed.subarray(4))) continue
    return { size: Number(size), root: hashFrom(root), time }
  }
  return undefined
}

/** The head of a bundle or export, with what is said of its key and of where it was published. */
function headOf({ bankCode, verifierKey, head: note }, { keyFile, headsFile }, say) {
  const key = keyFrom(verifierKey)
  if (key.name !== `ichido/${bankCode}`) fail(`the key is not that of bank ${bankCode}`)
  const head = openNote(note, key) ?? fail('the head is not signed by the key')
  if (keyFile !== undefined) {
    const kept = fs.readFileSync(keyFile, 'utf8').split(/\s+/)
    if (!kept.includes(key.text)) fail('the key is not the one that was kept')
    say('The key that signed the head is the one that was kept.')
  } else {
    say(`The key comes with the proof itself: compare it with one kept elsewhere (--key).`)
    say(`  ${key.text}`)
  }
  if (headsFile === undefined) {
    say('The head was not compared with published ones (--heads).')
    return head
  }
  const published = fs.readFileSync(headsFile, 'utf8').split('\n').flatMap(noteOfLine)
  const ofSize = published.flatMap((line) => openNote(line, key) ?? [])
  const same = ofSize.filter(({ size }) => size === head.size)
  if (same.some(({ root }) => !root.equals(head.root)))
    fail('another head of that size was published')
  if (same.length === 0) fail('the head is not among the published ones: make the proof anew')
  say(`The head was published, as one of ${ofSize.length}.`)
  return head
}

/** A line that a crash has torn says nothing. */
function noteOfLine(line) {
  try {
    return [JSON.parse(line).note]
  } catch {
    return []
  }
}

// Events.

const FIELDS = [
  ...['bankCode', 'seq', 'id', 'atMs', 'actorKind', 'actorId', 'contractId', 'serial'],
  ...['kind', 'outcome', 'receiptNo', 'requestId', 'detail'],
]

function eventFrom(text) {
  const values = typeof text === 'string' ? JSON.parse(text) : undefined
  if (!Array.isArray(values) || values.length !== FIELDS.length) fail('an event has another form')
  return Object.fromEntries(FIELDS.map((field, place) => [field, values[place]]))
}

/** Values come from the event: what a terminal would obey is not printed as it is. */
const shown = (value) => String(value).replace(/\p{C}/gu, '?')

function sayEvent(event, say) {
  const japanese = new Date(Number(event.atMs) + 9 * 3_600_000).toISOString()
  const at = `${japanese.slice(0, 10)} ${japanese.slice(11, 19)}`
  say(`  ${at} (Japan)  ${shown(event.kind)}: ${shown(event.outcome)}`)
  say(
    `    asked by ${shown(event.actorKind)} ${shown(event.actorId)}, request ${shown(event.requestId)}`,
  )
  if (event.contractId !== null) say(`    contract ${shown(event.contractId)}`)
  if (event.serial !== null) say(`    token ${shown(event.serial)}`)
  for (const [name, value] of Object.entries(JSON.parse(event.detail ?? '{}'))) {
    say(`    ${shown(name)}: ${shown(value)}`)
  }
}

function verifyReceipt(bundle, files, say) {
  const { bankCode, receiptNo, events } = bundle
  if (!Array.isArray(events) || events.length === 0) fail('there is no event')
  say(`Receipt ${shown(receiptNo)} of bank ${shown(bankCode)}`)
  const head = headOf(bundle, files, say)
  for (const { leaf, event: text, path } of events) {
    const event = eventFrom(text)
    if (event.bankCode !== bankCode || event.receiptNo !== receiptNo) {
      fail('the event belongs to another receipt')
    }
    sayEvent(event, say)
    const root = rootOf(leafHash(text), leaf, head.size, path.map(hashFrom))
    if (!root.equals(head.root)) fail('the event does not lead to the signed head')
    say(`    PROVEN: entry ${leaf + 1} of the ${head.size} that the log had at ${head.time}`)
  }
  say('The log had these very entries when its head was signed.')
}

/** An export may be larger than the memory: it is read line by line. */
async function verifyExport(file, files, say) {
  const lines = createInterface({ input: fs.createReadStream(file) })[Symbol.asyncIterator]()
  const header = JSON.parse((await lines.next()).value)
  const { bankCode, first, end, before, after } = header
  say(`Export of bank ${shown(bankCode)}, leaves ${first} to ${end - 1}`)
  const head = headOf(header, files, say)
  const row = new Row()
  const addAll = (hashes, counts) => {
    if (hashes?.length !== counts.length) fail('the hashes around the export are not complete')
    for (const [place, count] of counts.entries()) row.add(hashFrom(hashes[place]), count)
  }
  addAll(before, countsBetween(0, first))
  let removed = 0
  for await (const line of lines) {
    const { leaf, hash, event } = JSON.parse(line)
    if (leaf !== row.leaves) fail(`leaf ${row.leaves} is missing`)
    if (event === null) removed += 1
    else if (!leafHash(event).equals(hashFrom(hash))) fail(`leaf ${leaf} has another event`)
    else if (eventFrom(event).bankCode !== bankCode) fail(`leaf ${leaf} is of another bank`)
    row.add(hashFrom(hash))
  }
  if (row.leaves !== end) fail(`leaf ${row.leaves} is missing`)
  addAll(after, countsBetween(end, head.size))
  if (row.leaves === 0 || !row.root().equals(head.root)) fail('it does not lead to the signed head')
  say(`PROVEN: ${end - first - removed} events, none changed, none left out between them;`)
  say(`  the log had ${head.size} entries at ${head.time}`)
  if (removed > 0)
    say(`  the rows of ${removed} more had been removed: of these only hashes are here`)
}

async function main() {
  const say = (line) => process.stdout.write(`${line}\n`)
  const complain = (line) => process.stderr.write(`${line}\n`)
  let file
  let files
  try {
    const options = { key: { type: 'string' }, heads: { type: 'string' } }
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (positionals.length !== 1) throw new Error('name one file')
    file = positionals[0]
    files = { keyFile: values.key, headsFile: values.heads }
    for (const named of [file, values.key ?? file, values.heads ?? file]) fs.accessSync(named)
  } catch (error) {
    complain(error.message)
    complain('usage: node verify-receipt.mjs FILE [--key FILE] [--heads FILE]')
    return 2
  }
  try {
    if (beginsWith(file, '{"format":"ichido-evidence-export-1"')) {
      await verifyExport(file, files, say)
    } else {
      const bundle = JSON.parse(fs.readFileSync(file, 'utf8'))
      if (bundle.format !== 'ichido-receipt-proof-1') fail('it is neither a receipt nor an export')
      verifyReceipt(bundle, files, say)
    }
    return 0
  } catch (error) {
    const why = error instanceof NotProven ? error.message : `unreadable, ${error.message}`
    complain(`NOT PROVEN: ${why}`)
    return 1
  }
}

function beginsWith(file, text) {
  const start = Buffer.alloc(text.length)
  const opened = fs.openSync(file)
  fs.readSync(opened, start)
  fs.closeSync(opened)
  return start.toString() === text
}

process.exitCode = await main()
