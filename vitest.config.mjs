import { defineConfig } from 'vitest/config'

// Tests run as compiled JavaScript, the same output that production runs (see scripts/build.mjs).
export default defineConfig({
  test: {
    include: ['build/test/**/*.test.js'],
    exclude: ['node_modules/**'],
    globalSetup: ['build/test/database.setup.js'],
    reporters: ['default', './scripts/last-line-reporter.mjs'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // What is waited for comes at once, but for a busy machine.
    expect: { poll: { timeout: 15_000 } },
    // On two cores: a journey waits for timers and for its browser more than it computes.
    maxWorkers: 3,
    pool: 'forks',
    // Nothing is mocked and helpers keep no state, so files share a process; what is built is loaded
    // by Node itself. Both save a third of the time.
    isolate: false,
    server: { deps: { external: [/\/build\/(?!.*\.test\.js$).*\.js$/] } },
  },
})
