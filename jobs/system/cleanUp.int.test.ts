import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { cleanUp } from './cleanUp.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const run = (now: Date) =>
  cleanUp.run({ payload: product.payload, now, data: null, signal: new AbortController().signal })

it('deletes old runs and applied events, and keeps waiting and recent ones', async () => {
  const event = (status: string, age: string) => `
    insert into inbound_events (id, source, event_id, status, body, received_at, created_at)
    select time_ordered_uuid(), 'sendgrid', gen_random_uuid()::text, '${status}', '{}', now(), now() - interval '${age}'
    from generate_series(1, 3)`
  const jobRun = (status: string, age: string) => `
    insert into job_runs (id, job, status, started_at, created_at)
    values (time_ordered_uuid(), 'a-job', '${status}', now(), now() - interval '${age}')`
  await product.sql(
    [
      event('applied', '31 days'),
      event('ignored', '31 days'),
      event('pending', '31 days'),
      event('applied', '29 days'),
      jobRun('completed', '91 days'),
      jobRun('running', '91 days'),
      jobRun('failed', '89 days'),
      `insert into rate_limits (key, points, expire) values ('over', 1, 1), ('on', 1, ${Date.now() + 60_000})`,
    ].join(';'),
  )

  expect(await run(new Date())).toEqual({
    otpChallenges: 0,
    inboundEvents: 6,
    jobRuns: 1,
    rateLimits: 1,
  })
  expect(await run(new Date())).toEqual({
    otpChallenges: 0,
    inboundEvents: 0,
    jobRuns: 0,
    rateLimits: 0,
  })
})
