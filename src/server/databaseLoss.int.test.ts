import { setTimeout as wait } from 'node:timers/promises'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { Client, type PoolClient } from 'pg'

import { type DatabaseProxy, startDatabaseProxy } from '../../test/support/databaseProxy.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { defineJob } from '../platform/jobs/defineJob.ts'
import { bindJobs } from './jobs/bindJobs.ts'
import { openAgenda } from './jobs/openAgenda.ts'
import { runJob } from './jobs/runJob.ts'
import { listen } from './listen.ts'

let product: Product
let proxy: DatabaseProxy
/** Another line to the database, which stays. */
let other: Client
beforeAll(async () => {
  product = await startProduct({
    connectBy: async (databaseUrl) => {
      proxy = await startDatabaseProxy({ databaseUrl })
      return proxy.url
    },
  })
  other = new Client({ connectionString: product.databaseUrl })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await product.close()
  await proxy.stop()
})

const poolOf = () => (product.payload.db as unknown as PostgresAdapter).pool

/** Ends all sessions as an administrator does: 57P01, then the end of the line. */
const endSessions = () =>
  other.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
const loseDatabase = () => {
  proxy.close()
  proxy.open()
}
const LOSSES: [string, () => unknown][] = [
  ['sessions that PostgreSQL ends', endSessions],
  ['lines that are lost', loseDatabase],
]
/** Takes as many working connections as the pool has. Dead ones are returned. */
const takeAll = async (): Promise<PoolClient[]> => {
  const taken: PoolClient[] = []
  while (taken.length < (poolOf().options.max ?? 0)) {
    const client = await poolOf().connect()
    const isAlive = await client.query('select 1').then(
      () => true,
      () => false,
    )
    if (isAlive) taken.push(client)
    else client.release(true)
  }
  return taken
}
const until = async (isSo: () => boolean) => {
  while (!isSo()) await wait(10)
}

describe.each(LOSSES)('after %s', (how, lose) => {
  it('the pool has all of its connections to give', async () => {
    const { max } = poolOf().options
    for (let round = 0; round < 3; round += 1) {
      await lose()
      const taken = await takeAll()
      expect(taken).toHaveLength(max)
      for (const client of taken) client.release()
    }
  })

  it('notifications are received again, and every name is called for what was missed', async () => {
    const names: string[] = []
    const { close } = await listen({
      databaseUrl: proxy.url,
      names: ['outbox'],
      onName: (name) => names.push(name),
      onConnect: (client) => client.query('select 1'),
    })
    expect(names).toEqual(['outbox'])
    await lose()
    await until(() => names.length === 2)
    await other.query('notify outbox')
    await until(() => names.length === 3)
    await close()
  })

  it('a job that runs as the only one learns that its lock is lost, and the next run can start', async () => {
    const state = { isStarted: false }
    const job = defineJob({
      name: `lone-${how}`,
      kind: 'maintenance',
      isSingleton: true,
      run: async ({ signal }) => {
        state.isStarted = true
        await until(() => signal.aborted)
        return { isAborted: signal.aborted }
      },
    })
    const { signal } = new AbortController()
    const running = runJob({ payload: product.payload, job, signal })
    await until(() => state.isStarted)
    await lose()
    await running.catch(() => undefined)
    const again = { ...job, run: () => Promise.resolve({}) }
    expect(await runJob({ payload: product.payload, job: again, signal })).toMatchObject({
      status: 'completed',
    })
  })

  it('Agenda goes on within seconds, and a run that ended meanwhile leaves no lock', async () => {
    const runs: number[] = []
    const errors: unknown[] = []
    const agenda = await openAgenda({
      databaseUrl: proxy.url,
      onError: (error) => errors.push(error),
    })
    const job = defineJob({
      name: `every-second-${how}`,
      kind: 'maintenance',
      schedule: '* * * * * *',
      run: () => Promise.resolve({}),
    })
    await bindJobs(agenda, [job], async () => {
      runs.push(Date.now())
      if (runs.length === 2) await lose()
    })
    await agenda.start()
    await until(() => runs.length >= 4)
    const [, lost = 0, next = 0] = runs
    expect(next - lost).toBeLessThan(10_000)
    await agenda.stop()
  })
})
