import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import type { Agenda } from 'agenda'

import { defineJob, type Job } from '../../platform/jobs/defineJob.ts'
import { inheritedEnv } from '../../config/env.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { bindJobs } from './bindJobs.ts'
import { drainJobs } from './drainJobs.ts'
import { openAgenda } from './openAgenda.ts'

/**
 * What we expect of the job runner, whichever backend keeps its rows: PostgreSQL always, MongoDB
 * where `TEST_MONGODB_URL` names one.
 */
const mongodb = inheritedEnv().TEST_MONGODB_URL
const backends = [
  ['PostgreSQL', undefined] as const,
  ...(mongodb ? [['MongoDB', mongodb] as const] : []),
]

describe.each(backends)('jobs on %s', (_name, jobsDatabaseUrl) => {
  let product: Product
  const opened: Agenda[] = []
  beforeAll(async () => {
    product = await startProduct()
  })
  afterAll(() => product.close())
  afterEach(async () => {
    for (const agenda of opened.splice(0)) {
      await agenda.start() // only one that was started closes its connections when it stops
      await agenda.stop()
    }
  })

  const open = async () => {
    const agenda = await openAgenda({
      databaseUrl: product.databaseUrl,
      jobsDatabaseUrl,
      onError: () => undefined,
    })
    opened.push(agenda)
    await agenda.ready
    return agenda
  }
  const buildJob = (over: Partial<Job> = {}): Job =>
    defineJob({
      name: `job-${randomUUID()}`,
      kind: 'maintenance',
      run: () => Promise.resolve(null),
      ...over,
    })
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    for (let turn = 0; turn < 400; turn += 1) {
      if (await isSo()) return
      await wait(25)
    }
    throw new Error('It never came to be.')
  }
  const nextRunOf = async (agenda: Agenda, name: string) => {
    const { jobs } = await agenda.queryJobs({ name })
    return { count: jobs.length, at: jobs[0]?.nextRunAt ?? null }
  }

  it('a schedule exists once, however many workers bind it', async () => {
    const job = buildJob({ schedule: '0 2 * * *' })
    const workers = [await open(), await open()]
    await Promise.all(workers.map((agenda) => bindJobs(agenda, [job], () => Promise.resolve())))
    const { at, count } = await nextRunOf(workers[0] as Agenda, job.name)
    expect([count, at?.getUTCHours(), at?.getUTCMinutes()]).toEqual([1, 2, 0])
  })

  it('several runs missed while no worker ran are caught up by one run', async () => {
    const job = buildJob({ schedule: '0 2 * * *' })
    const first = await open()
    await bindJobs(first, [job], () => Promise.resolve())
    const { jobs } = await first.queryJobs({ name: job.name })
    const [row] = jobs
    if (!row) throw new Error('no row')
    await first.db.saveJob({ ...row, nextRunAt: new Date(Date.now() - 3 * 86_400_000) }, undefined)

    let runs = 0
    const second = await open()
    await bindJobs(second, [job], async () => {
      runs += 1
      return Promise.resolve()
    })
    await second.start()
    await until(async () => ((await nextRunOf(second, job.name)).at ?? new Date(0)) > new Date())
    expect(runs).toBe(1)
  })

  it('a requested job runs once with its data, and its row is removed', async () => {
    const seen: unknown[] = []
    const job = buildJob()
    const [one, other] = [await open(), await open()]
    for (const agenda of [one, other]) {
      await bindJobs(agenda, [job], async (_job, data) => {
        seen.push(data)
        return Promise.resolve()
      })
      await agenda.start()
    }
    await Promise.all([1, 2, 3].map((n) => one.now(job.name, { n })))
    await until(() => seen.length >= 3)
    await until(async () => (await nextRunOf(one, job.name)).count === 0)
    expect(seen.map((data) => (data as { n: number }).n).sort()).toEqual([1, 2, 3])
  })

  it('draining waits for the jobs that run', async () => {
    const job = buildJob()
    const agenda = await open()
    const state = { isStarted: false, isEnded: false }
    await bindJobs(agenda, [job], async () => {
      state.isStarted = true
      await wait(300)
      state.isEnded = true
    })
    await agenda.start()
    await agenda.now(job.name, {})
    await until(() => state.isStarted)
    // Longer than a test may last: it does not wait for the whole time.
    await drainJobs(agenda, 600_000)
    expect(state.isEnded).toBe(true)
    opened.splice(0)
  })
})
