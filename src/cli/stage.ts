/** Runs one stage of a longer command and says how long it took. */
export const stage = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
  const started = Date.now()
  process.stdout.write(`${name} … `)
  try {
    const result = await work()
    console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`)
    return result
  } catch (error) {
    console.log('failed')
    throw error
  }
}
