import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { getPayload, type Payload } from 'payload'

import { type Job, type JobKind, registeredJobs } from '../platform/jobs/defineJob.ts'
import config from '../../payload.config.ts'
import { readEnv } from '../config/env.ts'
import { LIVENESS_LOCK, registerLeaseHolder } from '../messaging/outbox/claim.ts'
import { catchLeftPromises } from './catchLeftPromises.ts'
import { bindJobs } from './jobs/bindJobs.ts'
import { closePayload } from '../database/pool.ts'
import { drainJobs } from './jobs/drainJobs.ts'
import { countRuns } from './jobs/countRuns.ts'
import { startHeartbeat } from './jobs/startHeartbeat.ts'
import { type Kept, keepRunning } from './processes/keepRunning.ts'
import { listen } from './listen.ts'
import { openMetrics } from './openMetrics.ts'
import { openAgenda } from './jobs/openAgenda.ts'
import { runJob } from './jobs/runJob.ts'
import { runRequested } from './jobs/runRequested.ts'
import { startWorkerHttp } from './workerHttp.ts'

export type Worker = { close: () => Promise<void> }

const DRAIN_MS = 30_000

/**
 * Starts a worker: scheduled jobs by Agenda, messages as soon as the database notifies it. On
 * stop it lets the work in progress end, for half a minute at most. `extraJobs` run beside those of
 * the plugins; proofs add some.
 */
export const startWorker = async (
  kinds: readonly JobKind[],
  extraJobs: Job[] = [],
): Promise<Worker> => {
  const env = readEnv()
  const payload = await getPayload({ config })
  const databaseUrl = env.DATABASE_URL ?? ''
  const stopCatching = catchLeftPromises(payload)
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal) // each message in progress listens
  const metrics = openMetrics(payload)
  const state = { isStarted: false }
  const isWorking = () => state.isStarted && !stopping.signal.aborted
  // Before any row is claimed: a port that is in use ends the process.
  const http = await startWorkerHttp({ env, isWorking, metrics, payload })

  const jobs = [...registeredJobs(payload), ...extraJobs]
    .filter(({ kind }) => kinds.includes(kind))
    .map(countRuns(metrics.registry))

  const { close: stopKeeping, kept } = await keepJobsRunning({
    databaseUrl,
    jobs,
    payload,
    signal: stopping.signal,
  })
  const onError = (error: unknown) => {
    payload.logger.error({ msg: 'job scheduler error', err: error })
  }
  const agenda = await openAgenda({ databaseUrl, jobsDatabaseUrl: env.JOBS_DATABASE_URL, onError })
  await bindJobs(agenda, jobs, async (job, data) => {
    const own = kept.get(job.name)
    if (own) own.wake()
    else await runBound(payload, job, data, stopping.signal)
  })
  await agenda.start()
  const beats = await startHeartbeat(payload, kinds.join(', '))
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
      stopCatching()
    },
  }
}

/** Runs the jobs that database notifications start. `close` waits for the runs in progress. */
const keepJobsRunning = async ({
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
  const holder = registerLeaseHolder(payload)
  const listener = await listen({
    databaseUrl,
    names,
    onName: wake,
    onConnect: (client) =>
      client.query('select pg_try_advisory_lock($1, $2)', [LIVENESS_LOCK, holder]),
  })
  const close = async () => {
    await listener.close()
    await Promise.all([requested, ...kept.values()].map((one) => one.stop()))
  }
  return { close, kept }
}

const runBound = async (payload: Payload, job: Job, data: unknown, signal: AbortSignal) => {
  const outcome = await runJob({ payload, job, data, signal, isScheduled: true })
  if (outcome.status !== 'failed') return
  payload.logger.error({ msg: 'job failed', job: job.name, err: outcome.error })
  throw outcome.error // so that Agenda retries it later
}
