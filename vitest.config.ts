import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A worker's bundle is built and started inside one test file; on two slow cores that takes its time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A package that is CommonJS is imported as Node and the bundlers import it.
    deps: { interopDefault: false },
  },
})
