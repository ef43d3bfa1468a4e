import { randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'

import { defineJob, type Job } from '../../platform/jobs/defineJob.ts'
import { readDb } from '../../database/readDb.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { runJob } from './runJob.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const { signal } = new AbortController()
const buildJob = (over: Partial<Job> = {}) =>
  defineJob({
    name: `job-${randomUUID()}`,
    kind: 'maintenance',
    run: () => Promise.resolve(null),
    ...over,
  })
const run = (job: Job, runId?: string) =>
  runJob({ payload: product.payload, job, signal, ...(runId ? { runId } : {}) })
const runsOf = ({ name }: Job) =>
  product.sql<Record<string, unknown>>(
    `select id, status::text, error, ended_at from job_runs where job = '${name}' order by created_at`,
  )

it('a run keeps its error, but no value of the statement that failed', async () => {
  const job = buildJob({
    run: async ({ payload }) => {
      const db = await readDb({ payload })
      await db.execute(sql`select ${'asha@shop.test'}::text, ${'no'}::text::int`)
    },
  })
  await run(job)
  const [row] = await runsOf(job)
  expect(row).toMatchObject({
    status: 'failed',
    error: 'invalid input syntax for type integer: "no"',
  })
})

it('a run of a killed process is failed by the next run, which has its lock', async () => {
  const job = buildJob({ isSingleton: true })
  const lost = randomUUID()
  await product.sql(`insert into job_runs (id, job, status, started_at, created_at, updated_at)
    values ('${lost}', '${job.name}', 'running', now() - interval '1 h', now() - interval '1 h', now())`)
  await run(job)
  expect(await runsOf(job)).toMatchObject([
    { id: lost, status: 'failed', error: 'worker-lost', ended_at: expect.anything() as unknown },
    { status: 'completed', error: null },
  ])
})

describe('a job that lost its workers', () => {
  const lose = (job: Job, times: number) =>
    product.sql(`insert into job_runs
        (id, job, status, holder, started_at, created_at, updated_at)
      select time_ordered_uuid(), '${job.name}', 'running', 7, now() - n * interval '1 min', now(), now()
      from generate_series(1, ${times}) n`)
  const runScheduled = (job: Job) =>
    runJob({ payload: product.payload, job, signal, isScheduled: true })

  it('twice in a row runs as scheduled, and its lost runs are failed', async () => {
    const job = buildJob()
    await lose(job, 2)
    expect(await runScheduled(job)).toMatchObject({ status: 'completed' })
    expect(await runsOf(job)).toMatchObject([
      { status: 'failed', error: 'worker-lost' },
      { status: 'failed', error: 'worker-lost' },
      { status: 'completed' },
    ])
  })

  it('three times in a row pauses for a day, and says so', async () => {
    const job = buildJob()
    await lose(job, 3)
    expect(await runScheduled(job)).toEqual({ status: 'skipped' })
    expect(await runScheduled(job)).toEqual({ status: 'skipped' })
    const errors = (await runsOf(job)).map(({ error }) => error)
    expect(errors).toContain(
      'worker-lost: 3 workers in a row. It runs again in a day, or on request.',
    )
    expect(errors).toHaveLength(3)
    await product.sql(
      `update job_runs set ended_at = now() - interval '25 h' where job = '${job.name}'`,
    )
    expect(await runScheduled(job)).toMatchObject({ status: 'completed' })
  })

  it('three times in a row runs when it is requested', async () => {
    const job = buildJob()
    await lose(job, 3)
    expect(await run(job, randomUUID())).toMatchObject({ status: 'completed' })
    expect(await runScheduled(job)).toMatchObject({ status: 'completed' })
  })
})

it('a requested run keeps its row when it runs', async () => {
  const job = buildJob({ isSingleton: true })
  const requested = randomUUID()
  await product.sql(`insert into job_runs (id, job, status, started_at, created_at, updated_at)
    values ('${requested}', '${job.name}', 'running', now(), now(), now())`)
  await run(job, requested)
  expect(await runsOf(job)).toMatchObject([{ id: requested, status: 'completed', error: null }])
})
