import { setTimeout as wait } from 'node:timers/promises'

import { requestJson } from './requestJson.ts'
import type { Testbed } from './startTestbed.ts'

type Run = { status: string; startedAt: string; report: Record<string, string> | null }

const GIVE_UP_MS = 180_000
const POLL_MS = 50

/**
 * Requests a run of a job as an admin and waits for its end. Requests it again until a run started
 * at `since` or later: a process follows the simulator's clock with a short delay.
 */
export const runJob = async (testbed: Testbed, name: string, since: Date): Promise<Run> => {
  for (;;) {
    const run = await runOnce(testbed, name)
    if (Date.parse(run.startedAt) >= since.getTime()) return run
  }
}

const runOnce = async ({ admin, product }: Testbed, name: string): Promise<Run> => {
  const { baseUrl } = product.web
  const options = { authorization: admin, body: {} }
  const { id } = await requestJson<{ id: string }>(
    `${baseUrl}/api/v1/queue/jobs/${name}/run`,
    options,
  )
  const giveUp = Date.now() + GIVE_UP_MS
  while (Date.now() < giveUp) {
    const run = await requestJson<Run>(`${baseUrl}/api/job-runs/${id}?depth=0`, {
      authorization: admin,
    })
    if (run.status !== 'requested' && run.status !== 'running') return run
    await wait(POLL_MS)
  }
  throw new Error(`The job ${name} did not end within ${GIVE_UP_MS / 1000} s.`)
}
