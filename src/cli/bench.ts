import type { Command } from 'commander'

export interface BenchActions {
  /** With the arguments of `npm run bench`. */
  bench(args: readonly string[]): Promise<number>
}

/** `ichido bench`: the speed figures of the project, each beside its reference. */
export function addBench(
  ichido: Command,
  actions: BenchActions,
  run: (code: number) => void,
): void {
  ichido
    .command('bench')
    .description('measure speed beside its references (in a checkout of the project)')
    .option('--quick', 'about one minute instead of four')
    .option('--json <file>', 'keep the figures')
    .option('--soak <minutes>', 'follow the memory under load')
    .option('--stored <tokens>', 'verify once more beside so many other tokens')
    .action(async (options: Readonly<Record<string, string | true>>) => {
      const args = Object.entries(options).flatMap(([name, value]) =>
        value === true ? [`--${name}`] : [`--${name}`, value],
      )
      run(await actions.bench(args))
    })
}
