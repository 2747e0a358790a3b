import type { Command } from 'commander'

export interface BackupFacts {
  readonly file: string
  readonly bytes: number
  readonly tables: number
  readonly rows: number
  readonly key: string
  readonly madeAt: string
}

export interface RestoreFacts {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly codesDead?: {
    readonly softTokensUntil: string
    readonly hardTokensUntil: string
    readonly eventCodes: number
  }
}

/** What `main.ts` hands in; each returns the exit code and tells what was done. */
export interface BackupActions {
  backup(file: string, tell: (facts: BackupFacts) => void): Promise<number>
  restore(file: string, checkOnly: boolean, tell: (facts: RestoreFacts) => void): Promise<number>
}

const out = (line: string) => process.stdout.write(`${line}\n`)

type Run = (exitCode: number) => void

export function addBackup(ichido: Command, actions: BackupActions, run: Run): void {
  ichido
    .command('backup')
    .description('write the whole database into a file, beside running servers')
    .argument('<file>', 'a file that does not exist yet')
    .option('--json', 'as one JSON object')
    .action(async (file: string, options: { json?: true }) =>
      run(await actions.backup(file, tellBackup(options.json))),
    )
  ichido
    .command('restore')
    .description('bring a backup back into an empty database')
    .argument('<file>', 'the file of `ichido backup`')
    .option('--check', 'only read the backup to its end, and change nothing')
    .option('--json', 'as one JSON object')
    .action(async (file: string, options: { check?: true; json?: true }) => {
      const checkOnly = options.check ?? false
      run(await actions.restore(file, checkOnly, tellRestore(checkOnly, options.json)))
    })
}

const tellBackup = (json: true | undefined) => (facts: BackupFacts) => {
  const { file, bytes, tables, rows, key, madeAt } = facts
  const words = [
    `${rows} rows of ${tables} tables are in ${file} (${bytes} bytes)`,
    `as of ${madeAt}; it is of use with the key ${key} only`,
  ]
  for (const line of json ? [JSON.stringify(facts)] : words) out(line)
}

const tellRestore = (checkOnly: boolean, json: true | undefined) => (facts: RestoreFacts) => {
  const { rows, tables, madeAt, codesDead } = facts
  const done = checkOnly ? 'are whole and genuine' : 'are back'
  const words = [
    `${rows} rows of ${tables} tables as of ${madeAt} ${done}`,
    ...(codesDead === undefined ? [] : wordsOf(codesDead)),
  ]
  for (const line of json ? [JSON.stringify(facts)] : words) out(line)
}

const wordsOf = (dead: NonNullable<RestoreFacts['codesDead']>) => [
  `codes are accepted again from ${dead.softTokensUntil},`,
  `those of hardware tokens from ${dead.hardTokensUntil};`,
  `of event-based tokens the next ${dead.eventCodes} codes are passed over`,
  'what happened after the snapshot is lost: see docs/OPERATIONS.md, After a restore',
]
