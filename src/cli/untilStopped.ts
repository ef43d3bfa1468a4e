/** Resolves at the first Ctrl-C or SIGTERM, or when the process that started us is gone. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
      process.once(signal as NodeJS.Signals, () => {
        resolve()
      })
    }
  })
