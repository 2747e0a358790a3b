import { type Command, InvalidArgumentError, Option } from 'commander'
import type { SeedFormat } from '../bank/hardware/seed.ts'
import { TOKEN_SHAPES, type TokenShape } from '../bank/hardware/stock.ts'

/** What `import` needs of the wiring. */
export interface ImportActions {
  importSeedFile(file: string, format: SeedFormat, options: ImportOptions): Promise<number>
}

export interface ImportOptions {
  readonly bank: string
  readonly type: string
  readonly shape?: TokenShape
  readonly keyHex?: string
  readonly keyFile?: string
  readonly passphraseFile?: string
  readonly json?: true
}

export function addImport(
  ichido: Command,
  actions: ImportActions,
  run: (exitCode: number) => void,
): void {
  const seeds = ichido
    .command('import')
    .description('put hardware tokens on the stock of a bank: all of a seed file, or none')
  const command = (format: SeedFormat, description: string) =>
    seeds
      .command(format)
      .description(description)
      .argument('<file>', 'the seed file')
      .requiredOption('--bank <code>', 'the bank (four digits) whose stock it is')
      .option('--type <type>', 'the type of token', 'HW')
      .addOption(
        new Option('--shape <number>', 'which of the three tokens in the guide it is')
          .choices(TOKEN_SHAPES.map(String))
          .argParser(shapeOf),
      )
      .option('--json', 'as one JSON object')
      .action(async (file: string, options: ImportOptions) =>
        run(await actions.importSeedFile(file, format, options)),
      )
  command('pskc', 'from PSKC 1.0 (RFC 6030), plain or encrypted')
    .addOption(
      new Option(
        '--key-hex <key>',
        'the key of the file; other users of this computer can see it here: better --key-file',
      ),
    )
    .addOption(
      new Option('--key-file <file>', 'a file with the key, in hex or as it is').conflicts(
        'keyHex',
      ),
    )
    .addOption(
      new Option('--passphrase-file <file>', 'a file with the passphrase').conflicts([
        'keyHex',
        'keyFile',
      ]),
    )
  command('csv', 'from a table: with named columns, or serial and seed in hex')
}

function shapeOf(text: string): TokenShape {
  const shape = TOKEN_SHAPES.find((known) => String(known) === text)
  if (shape === undefined) throw new InvalidArgumentError('It must be 1, 2 or 3.')
  return shape
}

/**
 * A key as hexadecimal digits, spaces and the end of the line forgiven; its length is the file's to
 * judge. Not a parser of the option: a wrong value would be repeated in the complaint.
 */
export function hexKey(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s/g, '')
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(digits))
    return undefined
  return new Uint8Array(Buffer.from(digits, 'hex'))
}
