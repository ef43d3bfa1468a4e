import type { Payload } from 'payload'

import type { Job } from '../../platform/jobs/defineJob.ts'
import { now } from '../../platform/clock.ts'
import { runUnrecorded } from '../jobs/runJob.ts'

export type Kept = {
  /** Requests a run, because there may be work. Several calls during a run cause one more run. */
  wake: () => void
  /** Resolves when the run under way has ended. */
  stop: () => Promise<void>
}

const LONGEST_WAIT_MS = 60_000
/** The wait after a fault, such as a database that does not answer. */
const AFTER_FAULT_MS = 1_000

/**
 * Runs a job whenever `wake` is called, and when its `nextDue` has passed. One run at a time in
 * this process.
 */
export const keepRunning = (payload: Payload, job: Job, signal: AbortSignal): Kept => {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let isAgain = false

  const wake = (): void => {
    if (signal.aborted) return
    if (running) {
      isAgain = true
      return
    }
    clearTimeout(timer)
    running = runOnce().finally(() => {
      running = null
      if (isAgain) {
        isAgain = false
        wake()
      }
    })
  }

  const runOnce = async (): Promise<void> => {
    const outcome = await runUnrecorded({ payload, job, signal }, now())
    const isFault = outcome.status === 'failed'
    if (isFault) payload.logger.error({ msg: 'job failed', job: job.name, err: outcome.error })
    const due = isFault ? AFTER_FAULT_MS : await dueIn()
    if (!signal.aborted) timer = setTimeout(wake, Math.min(LONGEST_WAIT_MS, Math.ceil(due) + 1))
  }

  const dueIn = async (): Promise<number> => {
    try {
      return (await job.nextDue?.({ payload, now: now() })) ?? LONGEST_WAIT_MS
    } catch {
      return AFTER_FAULT_MS
    }
  }

  return {
    wake,
    stop: async () => {
      clearTimeout(timer)
      await running
      clearTimeout(timer)
    },
  }
}
