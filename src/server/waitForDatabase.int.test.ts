import { startDatabaseProxy } from '../../test/support/databaseProxy.ts'
import { cloneDatabase } from '../../test/support/cloneDatabase.ts'
import { waitForDatabase } from './waitForDatabase.ts'

const start = async (seconds: number) => {
  const databaseUrl = await cloneDatabase()
  const proxy = await startDatabaseProxy({ databaseUrl })
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  return { lines, proxy, wait: () => waitForDatabase({ databaseUrl: proxy.url, print, seconds }) }
}

describe('waiting for the database', () => {
  it('ends at once when it takes writes, and prints nothing', async () => {
    const { lines, proxy, wait } = await start(0)
    await wait()
    expect(lines).toEqual([])
    await proxy.stop()
  })

  it('prints what it waits for, and ends when the database is back', async () => {
    const { lines, proxy, wait } = await start(60)
    proxy.close()
    const waiting = wait()
    while (lines.length === 0) await new Promise(setImmediate)
    expect(lines[0]).toMatch(/^Waiting for the database: .+\. Giving up in \d+ s\.$/)
    proxy.open()
    await waiting
    await proxy.stop()
  })

  it('fails when the stated time is over', async () => {
    const { proxy, wait } = await start(0.2)
    proxy.close()
    await expect(wait()).rejects.toThrow('The database was not ready within 0.2 s: ')
    await proxy.stop()
  })

  it('fails at once for an error that waiting does not change', async () => {
    const url = new URL(await cloneDatabase())
    url.pathname = '/no_such_database'
    const waiting = waitForDatabase({ databaseUrl: url.href, print: () => undefined, seconds: 60 })
    await expect(waiting).rejects.toThrow('does not exist')
  })
})
