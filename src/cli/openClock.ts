/** Prints lines under a clock that started at `startedAt` (milliseconds since 1970). */
export const openClock = (startedAt: number) => {
  const print = (line: string): void => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    console.log(`${seconds.padStart(6)} s  ${line}`)
  }
  return {
    print,
    /** Runs one step of a longer command and prints when it was done. */
    runStep: async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
      try {
        const result = await work()
        print(name)
        return result
      } catch (error) {
        print(`${name} failed`)
        throw error
      }
    },
  }
}
