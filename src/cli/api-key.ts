import type { Command } from 'commander'

/** What the wiring does for these commands; each returns the exit code. */
export interface ApiKeyActions {
  apiKeyAdd(of: NamedKey): Promise<number>
  apiKeyList(of: KeysOfBank): Promise<number>
  apiKeyRevoke(of: NamedKey): Promise<number>
}

export interface KeysOfBank {
  readonly bank: string
  readonly json?: true
}

export interface NamedKey extends KeysOfBank {
  readonly name: string
}

type Run = (exitCode: number) => void

/** `ichido api-key`: with which keys the other channels of a bank come to the API. */
export function addApiKey(ichido: Command, actions: ApiKeyActions, run: Run): void {
  const apiKey = ichido.command('api-key').description("keys of a bank's other channels to the API")
  const ofBank = (name: string, description: string) =>
    apiKey
      .command(name)
      .description(description)
      .requiredOption('--bank <code>', 'the bank code')
      .option('--json', 'as JSON')
  ofBank('add', 'give a channel a key; it is printed once and kept by nobody')
    .requiredOption('--name <name>', 'small letters, digits, . _ -: it stands in events')
    .action(async (options: NamedKey) => run(await actions.apiKeyAdd(options)))
  ofBank('list', 'list the keys of a bank by name').action(async (options: KeysOfBank) =>
    run(await actions.apiKeyList(options)),
  )
  ofBank('revoke', 'take a key away; running processes refuse it within five seconds')
    .requiredOption('--name <name>', 'the name of the key')
    .action(async (options: NamedKey) => run(await actions.apiKeyRevoke(options)))
}
