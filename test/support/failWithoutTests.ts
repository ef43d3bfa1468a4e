import type { Reporter } from 'vitest/node'

/** Fails a run in which no test ran: `-t` with a misspelt title would pass otherwise. */
export const failWithoutTests: Reporter = {
  onTestRunEnd: (modules) => {
    for (const { children } of modules) {
      for (const test of children.allTests()) if (test.result().state !== 'skipped') return
    }
    console.error('No test ran.')
    process.exitCode = 1
  },
}
