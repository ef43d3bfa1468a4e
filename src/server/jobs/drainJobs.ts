import type { Agenda } from 'agenda'

const LOOK_EVERY_MS = 25

/**
 * Takes no more jobs and waits for those that run, `ms` at most. Agenda 6.2.6 checks right after a
 * job has ended, when one that is removed on completion still counts as running, and then waits for
 * the whole time. So we poll, and abort its wait.
 */
export const drainJobs = async (agenda: Agenda, ms: number): Promise<void> => {
  const over = new AbortController()
  const timer = setInterval(() => {
    agenda
      .getRunningStats()
      .then(({ runningJobs }) => {
        const count = typeof runningJobs === 'number' ? runningJobs : runningJobs.length
        if (count === 0) over.abort()
      })
      .catch(() => {
        over.abort() // it is over
      })
  }, LOOK_EVERY_MS)
  try {
    await agenda.drain({ timeout: ms, signal: over.signal })
  } finally {
    clearInterval(timer)
  }
}
