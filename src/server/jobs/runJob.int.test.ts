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

it('a requested run keeps its row when it runs', async () => {
  const job = buildJob({ isSingleton: true })
  const requested = randomUUID()
  await product.sql(`insert into job_runs (id, job, status, started_at, created_at, updated_at)
    values ('${requested}', '${job.name}', 'running', now(), now(), now())`)
  await run(job, requested)
  expect(await runsOf(job)).toMatchObject([{ id: requested, status: 'completed', error: null }])
})
