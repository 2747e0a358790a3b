/**
 * A process of its own for the import of one seed file: its memory is that of the import.
 * `node seed-import-run.js FILE KEY`, with the settings of an installation, writes what it found.
 */
import fs from 'node:fs'
import { openPorts } from '../src/open-ports.ts'
import { importSeedFile } from '../src/seed-files/import-seed-file.ts'
import { readSettings } from '../src/settings.ts'
import { DEMO_BANK } from '../src/store/demo/demo-bank.ts'

const [file = '', keyHex = ''] = process.argv.slice(2)
const read = readSettings(process.env)
if (!read.ok) throw new Error(read.reasons.join('; '))
const opening = await openPorts(read.settings, { as: 'command', report: () => {} })
if (!opening.ok) throw new Error(opening.reason)
const { ports, close } = opening.open
const startBytes = process.memoryUsage.rss()
let mostBytes = startBytes
const watch = setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
}, 50)
const startedMs = performance.now()
const outcome = await importSeedFile(
  ports,
  { bank: DEMO_BANK, actor: { kind: 'system', id: 'bench' }, requestId: 'bench' },
  fs.createReadStream(file),
  { format: 'pskc', unlocking: { key: Buffer.from(keyHex, 'hex') }, fileName: file, type: 'HW' },
)
const seconds = (performance.now() - startedMs) / 1000
clearInterval(watch)
await close()
if (!outcome.ok) throw new Error(`the import was refused: ${JSON.stringify(outcome.faults)}`)
const { imported } = outcome.value
process.stdout.write(JSON.stringify({ imported, seconds, overStartBytes: mostBytes - startBytes }))
