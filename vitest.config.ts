import path from 'node:path'

import { defineConfig } from 'vitest/config'

import { BROWSER_LANES } from './test/support/browser/chooseBrowserLane.ts'
import { failWithoutTests } from './test/support/failWithoutTests.ts'

const root = import.meta.dirname
const NOT_OURS = ['**/node_modules/**', '.next/**', 'dist/**']

/** Tests find their servers in the environment: run them with `npm test` or `npm run test:browser`. */
export default defineConfig({
  resolve: {
    alias: { '@payload-config': path.join(root, 'payload.config.ts') },
    // Packages resolve as in Node. With Vite's defaults our graphql is another copy than Payload's.
    mainFields: [],
    extensions: ['.js', '.ts', '.json'],
  },
  test: {
    globals: true,
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 10_000,
    reporters: ['default', failWithoutTests],
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...NOT_OURS, '**/*.browser.test.ts'],
          // Each process loads Payload once; the set-up file keeps test files apart. They wait now
          // and then, so there is one more than the usual two cores.
          isolate: false,
          maxWorkers: 3,
          setupFiles: ['test/support/setUpTestFile.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: NOT_OURS,
          // A product on a database of its own for each process.
          maxWorkers: BROWSER_LANES,
          // A step that waits in vain fails first, with its own words: Playwright allows it 30 s.
          testTimeout: 240_000,
          setupFiles: ['test/support/browser/chooseBrowserLane.ts'],
        },
      },
    ],
  },
})
