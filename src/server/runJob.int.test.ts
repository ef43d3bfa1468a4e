import { randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'

import { defineJob, type Job } from '../../jobs/defineJob.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { runJob } from './runJob.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const { signal } = new AbortController()
const aJob = (over: Partial<Job> = {}) =>
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

it('a run keeps why it failed, but nothing of what a refused statement was to write', async () => {
  const job = aJob({
    run: async ({ payload }) => {
      const db = await readerOf({ payload })
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

it('a run whose process was killed is over when the next one has its lock', async () => {
  const job = aJob({ isSingleton: true })
  const lost = randomUUID()
  await product.sql(`insert into job_runs (id, job, status, started_at, created_at, updated_at)
    values ('${lost}', '${job.name}', 'running', now() - interval '1 h', now() - interval '1 h', now())`)
  await run(job)
  expect(await runsOf(job)).toMatchObject([
    { id: lost, status: 'failed', error: 'worker-lost', ended_at: expect.anything() as unknown },
    { status: 'completed', error: null },
  ])
})

it('a run that was asked for is the one that then runs', async () => {
  const job = aJob({ isSingleton: true })
  const asked = randomUUID()
  await product.sql(`insert into job_runs (id, job, status, started_at, created_at, updated_at)
    values ('${asked}', '${job.name}', 'running', now(), now(), now())`)
  await run(job, asked)
  expect(await runsOf(job)).toMatchObject([{ id: asked, status: 'completed', error: null }])
})
