/** Resolves at the first Ctrl-C or SIGTERM, or when the parent process has ended. */
export const waitForStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
      process.once(signal as NodeJS.Signals, () => {
        resolve()
      })
    }
  })
