import { setTimeout as wait } from 'node:timers/promises'

import { ask } from './ask.ts'
import type { Testbed } from './startTestbed.ts'

type Run = { status: string; startedAt: string; report: Record<string, string> | null }

const GIVE_UP_MS = 180_000
const LOOK_MS = 50

/**
 * Lets the worker run a job now, as an admin asks for it, and waits for its end. Asked again until
 * it began at the time of the story or later: a process follows the clock a moment behind.
 */
export const runJob = async (cast: Testbed, name: string, since: Date): Promise<Run> => {
  for (;;) {
    const run = await runOnce(cast, name)
    if (Date.parse(run.startedAt) >= since.getTime()) return run
  }
}

const runOnce = async ({ admin, product }: Testbed, name: string): Promise<Run> => {
  const { baseUrl } = product.web
  const asked = { authorization: admin, body: {} }
  const { id } = await ask<{ id: string }>(`${baseUrl}/api/v1/queue/jobs/${name}/run`, asked)
  const giveUp = Date.now() + GIVE_UP_MS
  while (Date.now() < giveUp) {
    const run = await ask<Run>(`${baseUrl}/api/job-runs/${id}?depth=0`, { authorization: admin })
    if (run.status !== 'requested' && run.status !== 'running') return run
    await wait(LOOK_MS)
  }
  throw new Error(`The job ${name} did not end.`)
}
