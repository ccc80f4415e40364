import { configDefaults, defineConfig } from 'vitest/config'

const EDGES = 'test/adapters/**/*.test.ts'

export default defineConfig({
  test: {
    // The default leaves one core of two idle, and the tests on real machines mostly wait.
    maxWorkers: 2,
    // A worker is bundled and started inside one test file. On two slow and busy cores that takes its time.
    testTimeout: 240_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // A package that is CommonJS is imported as Node and the bundlers import it.
    deps: { interopDefault: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, EDGES],
          setupFiles: ['test/seed.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'edges',
          include: [EDGES],
          setupFiles: ['test/seed.ts'],
          // A browser, a workerd or a systemd on a busy machine may lose a race of its own; ours would be lost twice.
          retry: 1,
        },
      },
    ],
  },
})
