/**
 * Runs the compiled tests. Arguments are folders and files of tests as the sources name them
 * (`test/oath`), up to the first option; from there on they are vitest's own. Exit 2 when one of
 * them names no test: vitest itself takes any text, and runs the rest in silence.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const TEST = /\.test\.tsx?$/

const given = process.argv.slice(2)
const firstOption = given.findIndex((argument) => argument.startsWith('-'))
const named = firstOption < 0 ? given : given.slice(0, firstOption)
const strangers = named.filter((argument) => !namesTests(argument))
for (const argument of strangers) {
  process.stderr.write(`${argument} names no test: it takes folders and files below test/\n`)
}
if (strangers.length > 0) process.exit(2)

const filters = named.map(compiledOf)
const options = given.slice(named.length)
const run = spawn(process.execPath, [vitest, 'run', ...filters, ...options], { stdio: 'inherit' })
run.on('exit', (code) => {
  process.exitCode = code ?? 1
})

function placeOf(argument) {
  const place = path.relative(root, path.resolve(argument)).split(path.sep).join('/')
  return place === 'test' || place.startsWith('test/') ? place : undefined
}

function namesTests(argument) {
  const place = placeOf(argument)
  const found = place && fs.statSync(path.join(root, place), { throwIfNoEntry: false })
  if (!found) return false
  if (!found.isDirectory()) return TEST.test(place)
  return fs.readdirSync(path.join(root, place), { recursive: true }).some((name) => TEST.test(name))
}

/** A folder keeps its slash: `test/web/api/` is not the beginning of another name. */
function compiledOf(argument) {
  const place = `build/${placeOf(argument)}`
  return TEST.test(place) ? place.replace(/\.tsx?$/, '.js') : `${place}/`
}
