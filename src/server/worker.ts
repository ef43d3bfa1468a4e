import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { getPayload, type Payload } from 'payload'

import type { Job, JobKind } from '../../jobs/defineJob.ts'
import config from '../../payload.config.ts'
import { readEnv } from '../env.ts'
import { becomeHolder, LIFE } from '../outbox/leaseHolders.ts'
import { bindJobs } from './bindJobs.ts'
import { closePayload } from './closePayload.ts'
import { drainJobs } from './drainJobs.ts'
import { countRuns } from './countRuns.ts'
import { heartbeat } from './heartbeat.ts'
import { jobsOf } from '../../jobs/jobsOf.ts'
import { type Kept, keepRunning } from './keepRunning.ts'
import { listen } from './listen.ts'
import { openMetrics } from './metrics.ts'
import { openAgenda } from './openAgenda.ts'
import { runJob } from './runJob.ts'
import { runRequested } from './runRequested.ts'
import { startWorkerHttp } from './workerHttp.ts'

export type Worker = { close: () => Promise<void> }

const DRAIN_MS = 30_000

/**
 * Starts a worker: schedules by Agenda, rows to send as soon as the database says that some are
 * there. Told to stop, it lets what is under way end, for half a minute at most.
 */
export const startWorker = async (kinds: readonly JobKind[]): Promise<Worker> => {
  const env = readEnv()
  const payload = await getPayload({ config })
  const databaseUrl = env.DATABASE_URL ?? ''
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal) // each message under way listens
  const metrics = openMetrics(payload)
  const state = { isStarted: false }
  const isWorking = () => state.isStarted && !stopping.signal.aborted
  // Before any row is taken: a port that is taken ends the process.
  const http = await startWorkerHttp({ env, isWorking, metrics, payload })

  const jobs = jobsOf(payload)
    .filter(({ kind }) => kinds.includes(kind))
    .map(countRuns(metrics.registry))

  const { close: stopKeeping, kept } = await keepAll({
    databaseUrl,
    jobs,
    payload,
    signal: stopping.signal,
  })
  const agenda = await openAgenda({ databaseUrl, jobsDatabaseUrl: env.JOBS_DATABASE_URL })
  agenda.on('error', (error: unknown) => {
    payload.logger.error({ msg: 'agenda', err: error })
  })
  await bindJobs(agenda, jobs, async (job, data) => {
    const own = kept.get(job.name)
    if (own) own.wake()
    else await runBound(payload, job, data, stopping.signal)
  })
  await agenda.start()
  const beats = await heartbeat(payload, kinds.join(', '))
  state.isStarted = true
  const { port } = http
  payload.logger.info({ msg: 'worker started', kinds, jobs: jobs.map(({ name }) => name), port })

  return {
    close: async () => {
      stopping.abort()
      const over = Promise.all([drainJobs(agenda, DRAIN_MS), stopKeeping()])
      await Promise.race([over, wait(DRAIN_MS, undefined, { ref: false })])
      await beats.stop()
      await http.close()
      await closePayload(payload)
    },
  }
}

/** What runs whenever the database says that something waits; `close` lets it end. */
const keepAll = async ({
  databaseUrl,
  jobs,
  payload,
  signal,
}: {
  databaseUrl: string
  jobs: Job[]
  payload: Payload
  signal: AbortSignal
}) => {
  const kept = new Map<string, Kept>()
  for (const job of jobs.filter(({ wakeOn }) => wakeOn !== undefined)) {
    kept.set(job.name, keepRunning(payload, job, signal))
  }
  const requested = keepRunning(payload, runRequested(jobs), signal)
  const wake = (name: string) => {
    if (name === 'jobs') requested.wake()
    for (const job of jobs) if (job.wakeOn === name) kept.get(job.name)?.wake()
  }
  const names = [...new Set(['jobs', ...jobs.flatMap(({ wakeOn }) => wakeOn ?? [])])]
  const holder = becomeHolder(payload)
  const listener = await listen({
    databaseUrl,
    names,
    onName: wake,
    onConnect: (client) => client.query('select pg_try_advisory_lock($1, $2)', [LIFE, holder]),
  })
  const close = async () => {
    await listener.close()
    await Promise.all([requested, ...kept.values()].map((one) => one.stop()))
  }
  return { close, kept }
}

const runBound = async (payload: Payload, job: Job, data: unknown, signal: AbortSignal) => {
  const outcome = await runJob({ payload, job, data, signal })
  if (outcome.status !== 'failed') return
  payload.logger.error({ msg: 'job failed', job: job.name, err: outcome.error })
  throw outcome.error // so that it is tried again, later
}
