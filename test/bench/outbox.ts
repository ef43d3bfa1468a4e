import { freePort } from '../../src/server/postgres/freePort.ts'
import { spawnSimulator } from '../../src/server/processes/spawnSimulator.ts'
import { spawnProbeWorker } from '../support/workers/spawnProbeWorker.ts'
import { jobsPerSecond } from './jobs.ts'
import type { Figure } from './measure.ts'
import { messagesToInbox, messagesToProvider, wakeUp } from './messages.ts'
import type { World } from './world.ts'

/** Throughput of messages of one worker, the delay until it wakes, and throughput of jobs. */
export const outboxAndJobs = async (world: World): Promise<Figure[]> => {
  const simulator = await spawnSimulator()
  const overTheWire = {
    SENDGRID_API_KEY: 'SG.bench',
    FROM_EMAIL: 'rewards@bench.test',
    SENDGRID_BASE_URL: `${simulator.url}/sendgrid`,
    SENDGRID_PER_SECOND: '10000',
  }
  try {
    return [
      ...(await withWorker(world, {}, async () => [
        await messagesToInbox(world),
        await wakeUp(world),
        await jobsPerSecond(world),
      ])),
      ...(await withWorker(world, overTheWire, async () => [
        await messagesToProvider(world, simulator.url),
      ])),
    ]
  } finally {
    await simulator.stop()
  }
}

const withWorker = async (
  { product }: World,
  env: Record<string, string>,
  measure: () => Promise<Figure[]>,
): Promise<Figure[]> => {
  const { databaseUrl, secret } = product.web
  const worker = await spawnProbeWorker(await freePort(), {
    DATABASE_URL: databaseUrl,
    PAYLOAD_SECRET: secret,
    TRIBUTARY_MODE: 'test',
    ...env,
  })
  try {
    await worker.untilReady()
    return await measure()
  } finally {
    await worker.stop()
  }
}
