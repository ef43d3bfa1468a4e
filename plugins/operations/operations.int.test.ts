import { randomUUID } from 'node:crypto'

import { findNextDue } from '../../src/messaging/outbox/claim.ts'
import { readDb } from '../../src/database/readDb.ts'
import { provideEnv } from '../../src/config/env.ts'
import type { OperationsStats } from '../../src/operations/operationsStats.ts'
import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

const TOKEN = 'a-token-for-monitors-alone'

let product: Product
let admin: string
beforeAll(async () => {
  provideEnv({ METRICS_TOKEN: TOKEN })
  product = await startProduct()
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
})
afterAll(() => product.close())
beforeEach(() =>
  product.sql(`delete from notifications; delete from workers; delete from job_runs`),
)

type Given = Partial<{
  lane: string
  channel: string
  status: string
  reason: string
  to: string
  /** How long ago, in seconds. */
  age: number
  sentAge: number
  finalAge: number
  attempts: number
}>
const insertNotification = ({
  age = 0,
  attempts = 0,
  finalAge,
  reason,
  sentAge,
  ...over
}: Given = {}) => {
  const { channel = 'email', lane = 'money', status = 'pending', to = 'asha@example.test' } = over
  const ago = (seconds?: number) =>
    seconds === undefined ? 'null' : `now() - interval '${seconds} s'`
  return product.sql(`
    insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale, "to",
      data, attempt_count, next_attempt_at, reason, sent_at, final_at, created_at, updated_at)
    values (time_ordered_uuid(), '${randomUUID()}', '${lane}', '${status}', '${channel}', 'welcome',
      'account', 'en', '${to}', '{}', ${attempts}, ${ago(age)}, ${reason ? `'${reason}'` : 'null'},
      ${ago(sentAge)}, ${ago(finalAge)}, ${ago(age)}, now())`)
}
const insertWorker = (seenAge: number, kinds = 'notifications, maintenance') =>
  product.sql(`insert into workers (id, host, pid, kinds, started_at, seen_at, created_at, updated_at)
    values (gen_random_uuid(), 'worker-a1', 7, '${kinds}', now() - interval '1 hour',
      now() - interval '${seenAge} s', now(), now())`)
const stats = async (authorization = admin) => {
  const { body } = await product.rest<OperationsStats>('GET', '/api/v1/queue/stats', {
    authorization,
  })
  return body
}
const post = (path: string, authorization = admin) =>
  product.rest('POST', `/api/v1/queue/${path}`, { authorization, body: {} })

describe('the figures of the queue', () => {
  it('count by lane and channel, with the age of the oldest waiting message', async () => {
    await insertNotification({ age: 40 })
    await insertNotification({ age: 112 })
    await insertNotification({ age: 500, status: 'sending', attempts: 1 })
    await insertNotification({ channel: 'sms', lane: 'otp', age: 3, to: '+919845066601' })
    await insertNotification({ status: 'dead', reason: 'http-400', age: 9_000, finalAge: 9_000 })
    await insertNotification({ status: 'unknown', reason: 'timeout', age: 60 })
    const { email, lanes, sms } = await stats()
    expect(email).toMatchObject({ pending: 2, sending: 1, dead: 1, unknown: 1 })
    expect(email.oldestSeconds).toBeGreaterThanOrEqual(500)
    expect(email.oldestSeconds).toBeLessThan(510)
    expect(sms).toMatchObject({ pending: 1, sending: 0, dead: 0 })
    expect(lanes.map(({ channel, lane }) => `${lane} ${channel}`)).toEqual([
      'otp sms',
      'otp email',
      'money sms',
      'money email',
      'bulk sms',
      'bulk email',
    ])
    expect(lanes.at(-1)).toMatchObject({ pending: 0, oldestSeconds: null, isPaused: false })
  })

  it('count the messages sent in each minute of the last hour, and how fast', async () => {
    await insertNotification({ status: 'sent', age: 14, sentAge: 10 })
    await insertNotification({ status: 'delivered', age: 12, sentAge: 10 })
    await insertNotification({ status: 'sent', age: 3_000, sentAge: 2_990 })
    await insertNotification({ status: 'sent', age: 3_700, sentAge: 3_650 })
    const { email, lanes } = await stats()
    expect(email.sentLastHour).toBe(3)
    const money = lanes.find(({ channel, lane }) => lane === 'money' && channel === 'email')
    expect(money?.perMinute).toHaveLength(60)
    expect(money?.perMinute.at(-1)).toBe(2)
    expect(money?.perMinute[59 - 49]).toBe(1)
    expect(money?.p95Seconds).toBeCloseTo(9.4, 0)
  })

  it('sum failures by reason, most dead letters first, and mask the addresses of dead letters', async () => {
    await insertNotification({
      status: 'dead',
      reason: 'http-400',
      finalAge: 60,
      to: 'older@example.test',
    })
    await insertNotification({
      status: 'dead',
      reason: 'http-400',
      finalAge: 5,
      to: 'newer@example.test',
    })
    await insertNotification({ reason: 'http-500', attempts: 1 })
    const { deadLetters, failures } = await stats()
    expect(failures).toEqual([
      { channel: 'email', reason: 'http-400', dead: 2, retrying: 0, unknown: 0 },
      { channel: 'email', reason: 'http-500', dead: 0, retrying: 1, unknown: 0 },
    ])
    expect(deadLetters.map(({ to }) => to)).toEqual(['ne•••@example.test', 'ol•••@example.test'])
  })

  it('list jobs with their next run, and living workers', async () => {
    await insertWorker(5)
    await insertWorker(90)
    await product.sql(`insert into job_runs (id, job, status, started_at, report, created_at, updated_at)
      values (time_ordered_uuid(), 'release-commissions', 'completed', now(), '{"released": 3}', now(), now())`)
    const { jobs, workers } = await stats()
    expect(workers.map(({ isAlive }) => isAlive)).toEqual([true, false])
    const job = (name: string) => jobs.find((known) => known.name === name)
    expect(job('release-commissions')).toMatchObject({
      schedule: '*/15 * * * *',
      words: 'Every 15 minutes',
      status: 'completed',
      report: { released: 3 },
      lastRun: expect.stringMatching(/Z$/),
    })
    expect(Date.parse(job('release-commissions')?.nextRunAt ?? '')).toBeGreaterThan(Date.now())
    expect(job('deliver-notifications')?.status).toBe('standing-by')
  })

  it('are for admins and for monitors with the token', async () => {
    const { payload, rest } = product
    const get = async (authorization?: string) =>
      (await rest('GET', '/api/v1/queue/stats', { authorization })).status
    expect(await get()).toBe(401)
    expect(await get('Bearer a-token-that-is-another')).toBe(401)
    expect(await get(await createMachine(payload, ['payments:write']))).toBe(401)
    for (const role of ['member', 'support', 'finance'] as const) {
      expect(await get(await signIn(payload, await createUser(payload, { role })))).toBe(403)
    }
    expect(await get(`Bearer ${TOKEN}`)).toBe(200)
    expect(await get(admin)).toBe(200)
  })
})

describe('a run that an admin requests', () => {
  it('waits for a worker once, and is audited', async () => {
    const { body, status } = await post('jobs/release-commissions/run')
    expect(status).toBe(202)
    expect(await post('jobs/release-commissions/run')).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'job.already-requested' }] },
    })
    expect(await product.sql('select id, job, status from job_runs')).toEqual([
      { id: body.id, job: 'release-commissions', status: 'requested' },
    ])
    expect(
      await product.sql(
        `select action, subject, subject_id, after from audit_logs where subject = 'job-runs'`,
      ),
    ).toEqual([
      {
        action: 'run',
        subject: 'job-runs',
        subject_id: body.id,
        after: { job: 'release-commissions' },
      },
    ])
  })

  it('is refused for an unknown job and for anyone but an admin', async () => {
    const { payload } = product
    expect((await post('jobs/nothing/run')).status).toBe(404)
    const finance = await signIn(payload, await createUser(payload, { role: 'finance' }))
    expect((await post('jobs/release-commissions/run', finance)).status).toBe(403)
    expect((await post('jobs/release-commissions/run', `Bearer ${TOKEN}`)).status).toBe(401)
    expect(await product.sql('select 1 from job_runs')).toEqual([])
  })
})

describe('a lane', () => {
  it('is paused and resumed, audited with the reason, and keeps no worker awake', async () => {
    await insertNotification({ lane: 'bulk' })
    const db = await readDb(product)
    const due = () => findNextDue(db, { lanes: ['money', 'bulk'], now: new Date() })
    expect(await due()).toBe(0)
    const paused = await product.rest('POST', '/api/v1/queue/lanes/bulk/pause', {
      authorization: admin,
      headers: { 'X-Audit-Reason': 'the offer is wrong' },
    })
    expect(paused).toMatchObject({ status: 200, body: { lane: 'bulk', isPaused: true } })
    expect(await due()).toBeNull()
    const { lanes } = await stats()
    expect(lanes.filter(({ isPaused }) => isPaused).map(({ lane }) => lane)).toEqual([
      'bulk',
      'bulk',
    ])
    expect((await post('lanes/bulk/resume')).body).toMatchObject({ isPaused: false })
    expect(await due()).toBe(0)
    const logs = await product.sql(
      `select reason, after from audit_logs where subject = 'messaging-config' order by at, id`,
    )
    expect(logs).toMatchObject([
      { reason: 'the offer is wrong', after: { bulkPaused: true } },
      { after: { bulkPaused: false } },
    ])
  })

  it('must be one of three, and only an admin can pause it', async () => {
    const { payload } = product
    expect((await post('lanes/all/pause')).status).toBe(404)
    const support = await signIn(payload, await createUser(payload, { role: 'support' }))
    expect((await post('lanes/otp/pause', support)).status).toBe(403)
  })
})
