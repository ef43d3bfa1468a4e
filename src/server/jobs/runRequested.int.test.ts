import { defineJob, type Job } from '../../platform/jobs/defineJob.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { runRequested } from './runRequested.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const defineCounted = (name: string): Job =>
  defineJob({ name, kind: 'maintenance', run: () => Promise.resolve({ counted: 1 }) })

const requestRun = (job: string) =>
  product.payload.create({
    collection: 'job-runs',
    data: { job, status: 'requested', startedAt: '2026-06-01T00:00:00.000Z' },
  })

it('a run of a worker that lives no more is failed, and not run again', async () => {
  const runs: string[] = []
  const job = defineJob({
    name: 'lost',
    kind: 'maintenance',
    run: () => Promise.resolve(runs.push('again')),
  })
  await product.sql(`insert into job_runs (id, job, status, holder, started_at, created_at, updated_at)
    values (time_ordered_uuid(), 'lost', 'running', 7, now(), now(), now())`)
  const { signal } = new AbortController()
  await runRequested([job]).run({ payload: product.payload, now: new Date(), data: null, signal })
  expect(runs).toEqual([])
  expect(await product.sql(`select status::text, error from job_runs where job = 'lost'`)).toEqual([
    { status: 'failed', error: 'worker-lost' },
  ])
})

it('requested runs of this worker’s jobs complete with their counts, and those of other jobs wait', async () => {
  const { payload } = product
  await requestRun('mine')
  await requestRun('elsewhere')
  await requestRun('mine')
  const report = await runRequested([defineCounted('mine')]).run({
    payload,
    now: new Date(),
    data: null,
    signal: new AbortController().signal,
  })
  expect(report).toEqual({ runs: 2 })
  const rows = await product.sql(
    `select job, status::text, report from job_runs where job in ('mine', 'elsewhere')
     order by job, created_at`,
  )
  expect(rows).toEqual([
    { job: 'elsewhere', status: 'requested', report: null },
    { job: 'mine', status: 'completed', report: { counted: 1 } },
    { job: 'mine', status: 'completed', report: { counted: 1 } },
  ])
})
