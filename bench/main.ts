/**
 * `npm run bench` measures the speed figures of the project, each beside its reference in the same
 * run, because machines differ and are noisy. Options: `--quick`, `--soak MINUTES`,
 * `--stored TOKENS`, `--json FILE`. A missed target is told and is no failure of the run.
 */
import fs from 'node:fs'
import { parseArgs } from 'node:util'
import { prepareBareSql } from './bare-sql.ts'
import { measureCodeCheck } from './code-check.ts'
import { measureFirstCode } from './first-code.ts'
import { measureLoginTimes } from './login-times.ts'
import { measureManyTokens } from './many-tokens.ts'
import { OPTIONS } from './options.ts'
import { measureVisit } from './page-weight.ts'
import { type Figure, type Judged, judge, tableOf } from './report.ts'
import { FreshCodes } from './rig/fresh-codes.ts'
import { type Backdoor, joinInstallation, makeDataFolder } from './rig/installation.ts'
import { type Ready, type ServerProcess, startServer } from './rig/server-process.ts'
import { type HeldToken, storeTokens } from './rig/tokens.ts'
import { measureSeedImport } from './seed-import.ts'
import { soak } from './soak.ts'
import { measureStartUp } from './start-up.ts'
import { measureTransfers } from './transfers.ts'
import { type Bench, measureLatency, measureVerifications, type Pair } from './verifications.ts'

const { values: options } = parseArgs({ options: OPTIONS })

const SIZE = options.quick
  ? {
      tokens: 20_000,
      rounds: 3,
      seconds: 1,
      latencyRounds: 1,
      latencySeconds: 2,
      transfers: 80,
      logins: 60,
    }
  : {
      tokens: 60_000,
      rounds: 5,
      seconds: 3,
      latencyRounds: 3,
      latencySeconds: 4,
      transfers: 400,
      logins: 200,
    }
const SEEDS = options.quick ? 20_000 : 100_000
const CLIENTS = 32
/** So many customers log in between two bursts of codes. */
const SOAK_LOGINS = 20
const MEBIBYTE = 1024 * 1024

const say = (line: string) => process.stderr.write(`${line}\n`)

function startUpFigures({
  firstEverMs,
  dataPresentMs,
}: Awaited<ReturnType<typeof measureStartUp>>) {
  const bound = (seconds: number) => ({ kind: 'most', bound: seconds }) as const
  return [
    { what: 'start-up, first ever', unit: 's', ours: firstEverMs / 1000, target: bound(6) },
    { what: 'start-up, data present', unit: 's', ours: dataPresentMs / 1000, target: bound(2) },
  ]
}

function rateFigure(clients: number, { ours, reference }: Pair): Figure {
  return {
    what: `verifications, fresh codes, ${clients} client${clients === 1 ? '' : 's'}`,
    unit: '/s',
    ours,
    reference: { what: 'bare SQL', value: reference },
    target: { kind: 'least', bound: 0.6 },
  }
}

async function verificationFigures(bench: Bench): Promise<Figure[]> {
  const rounds = { rounds: SIZE.rounds, seconds: SIZE.seconds }
  say(`verifications, ${CLIENTS} clients …`)
  const many = await measureVerifications(bench, CLIENTS, rounds)
  say('verifications, 1 client …')
  const one = await measureVerifications(bench, 1, rounds)
  say('verifications, latency at half of the peak …')
  const latency = await measureLatency(bench, many, {
    rounds: SIZE.latencyRounds,
    seconds: SIZE.latencySeconds,
  })
  return [
    rateFigure(CLIENTS, many),
    rateFigure(1, one),
    {
      what: 'verifications, p99 at half of the peak',
      unit: 'ms',
      ours: latency.ours,
      reference: { what: 'bare SQL at half of its own', value: latency.reference },
      target: { kind: 'most', bound: 3 },
    },
  ]
}

/** Transfers need codes that the verifications do not use up, so the last tokens are theirs. */
async function transferFigure(
  banking: string,
  backdoor: Backdoor,
  holders: readonly HeldToken[],
): Promise<Figure> {
  say('transfers through the pages …')
  const { ours, reference } = await measureTransfers(banking, backdoor, holders)
  return {
    what: 'transfers through the pages, review to result, 4 clients',
    unit: '/s',
    ours,
    reference: { what: 'bare SQL of the ledger rows', value: reference },
    target: { kind: 'least', bound: 0.3 },
  }
}

/** Whoever tries contract IDs learns nothing from the clock. */
async function loginFigure(
  banking: string,
  { pool }: Backdoor,
  holders: readonly HeldToken[],
): Promise<Figure> {
  say('refused logins …')
  const { slower, faster } = await measureLoginTimes(banking, pool, holders, SIZE.logins)
  return {
    what: 'refused logins, contract ID existing or not, median',
    unit: 'ms',
    ours: slower,
    reference: { what: 'the other', value: faster },
    target: { kind: 'most', bound: 1.05 },
  }
}

async function firstCodeFigure({ token }: Ready): Promise<Figure[]> {
  say('first visits of the token app …')
  const seconds = await measureFirstCode(token)
  if (seconds === undefined) return []
  const target = { kind: 'most', bound: 1.5 } as const
  return [{ what: 'token app, first visit to first code', unit: 's', ours: seconds, target }]
}

async function weightFigures({ banking, token }: Ready): Promise<Figure[]> {
  const figure = (what: string, kibibytes: number, bound: number): Figure => {
    return { what, unit: 'KiB', ours: kibibytes, target: { kind: 'most', bound } }
  }
  return [
    figure('token app, first visit', await measureVisit(token, '/'), 60),
    figure('bank page, in all', await measureVisit(banking, '/1184/login'), 40),
  ]
}

function codeCheckFigure(): Figure {
  const { ours, otpauth } = measureCodeCheck()
  return {
    what: 'code check in memory, window of 3 steps',
    unit: '/s',
    ours,
    reference: { what: 'otpauth', value: otpauth },
    target: { kind: 'least', bound: 3 },
  }
}

const memoryFigure = (when: string, bytes: number | undefined): Figure[] =>
  bytes === undefined
    ? []
    : [
        {
          what: `memory of the server ${when}`,
          unit: 'MiB',
          ours: bytes / MEBIBYTE,
          target: { kind: 'most', bound: 250 },
        },
      ]

async function seedImportFigures(): Promise<Figure[]> {
  const { tokensPerSecond, overStartBytes } = await measureSeedImport(SEEDS)
  const what = `PSKC import, encrypted, ${SEEDS.toLocaleString('en-US')} tokens`
  return [
    { what, unit: '/s', ours: tokensPerSecond, target: { kind: 'least', bound: 10_000 } },
    {
      what: 'PSKC import, memory over its start',
      unit: 'MiB',
      ours: overStartBytes / MEBIBYTE,
      target: { kind: 'most', bound: 200 },
    },
  ]
}

/** What the server holds while it is asked for minutes on end, if that was wished for. */
async function soakFigures(
  server: ServerProcess,
  bench: Bench,
  holders: readonly HeldToken[],
): Promise<Figure[]> {
  const minutes = Number(options.soak)
  if (minutes > 0) say(`under load for ${minutes} minutes …`)
  const bytes = await soak(server, bench, holders.slice(0, SOAK_LOGINS), minutes)
  return bytes.flatMap((resident, minute) => memoryFigure(`after minute ${minute + 1}`, resident))
}

/** What millions of other tokens cost, if that was wished for. */
async function manyTokensFigures(bench: Bench, backdoor: Backdoor): Promise<Figure[]> {
  const stored = Number(options.stored)
  if (stored === 0) return []
  say(`verifications beside ${stored} tokens …`)
  const rounds = { rounds: SIZE.rounds, seconds: SIZE.seconds }
  const { few, many } = await measureManyTokens(bench, backdoor, CLIENTS, stored, rounds)
  return [
    {
      what: `verifications beside ${stored.toLocaleString('en-US')} tokens, ${CLIENTS} clients`,
      unit: '/s',
      ours: many,
      reference: { what: `beside ${SIZE.tokens.toLocaleString('en-US')}`, value: few },
      target: { kind: 'least', bound: 0.9 },
    },
  ]
}

/** All that is measured on one running server. */
async function figuresOfServer(): Promise<Figure[]> {
  const data = makeDataFolder('bench')
  const server = await startServer({ ICHIDO_DATA: data.folder })
  try {
    const atStart = memoryFigure('at start', server.residentBytes())
    const backdoor = await joinInstallation(data.folder)
    say(`storing ${SIZE.tokens} tokens …`)
    const tokens = await storeTokens(backdoor.pool, backdoor.vault, SIZE.tokens)
    const { connectionString } = backdoor
    const holders = tokens.splice(0, SIZE.transfers)
    await prepareBareSql(connectionString)
    const bench: Bench = {
      api: server.ready.api,
      apiKey: server.ready.demo.apiKey,
      connectionString,
      tokens,
      codes: new FreshCodes(tokens),
    }
    const verifications = await verificationFigures(bench)
    const transfers = await transferFigure(server.ready.banking, backdoor, holders)
    const logins = await loginFigure(server.ready.banking, backdoor, holders)
    const firstCode = await firstCodeFigure(server.ready)
    const weights = [...firstCode, ...(await weightFigures(server.ready))]
    const afterwards = memoryFigure('after the bench', server.residentBytes())
    const lasting = await soakFigures(server, bench, holders)
    const beside = await manyTokensFigures(bench, backdoor)
    await backdoor.close()
    const memory = [...atStart, ...afterwards, ...lasting]
    return [...verifications, transfers, logins, ...weights, ...memory, ...beside]
  } catch (error) {
    // Before the server goes, and with it every connection that is still open.
    say(error instanceof Error ? String(error.stack) : String(error))
    throw error
  } finally {
    await server.stop()
    data.remove()
  }
}

const figures: Judged[] = []
say('code check in memory …')
figures.push(judge(codeCheckFigure()))
say('start-up …')
figures.push(...startUpFigures(await measureStartUp()).map(judge))
say('seed import …')
figures.push(...(await seedImportFigures()).map(judge))
figures.push(...(await figuresOfServer()).map(judge))
process.stdout.write(tableOf(figures))
if (options.json !== undefined) {
  fs.writeFileSync(options.json, `${JSON.stringify(figures, undefined, 2)}\n`)
}
