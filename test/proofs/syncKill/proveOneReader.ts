import type { Client } from 'pg'

import { freePort } from '../../../src/server/postgres/freePort.ts'
import { spawnWorker } from '../../../src/server/processes/spawnWorker.ts'
import { control } from '../control.ts'
import { NETWORKS, settingsFor } from '../stories/networkSettings.ts'
import type { Testbed } from '../stories/startTestbed.ts'
import type { Finding } from '../types.ts'
import { requestSync, untilNot } from './requestSync.ts'

/** Longer than the second worker needs to start its run on a busy machine. */
const SLOW_SECONDS = 5

/**
 * Requests two runs of all networks from two workers. The first pages are slow, so that the runs
 * overlap.
 */
export const proveOneReader = async (testbed: Testbed, client: Client): Promise<Finding> => {
  const { product, simulator } = testbed
  const second = spawnWorker(await freePort(), {
    ...settingsFor(simulator.url),
    DATABASE_URL: product.web.databaseUrl,
    PAYLOAD_SECRET: product.web.secret,
  })
  try {
    await second.untilReady()
    for (const provider of NETWORKS) {
      await control(simulator.url, '/faults', {
        provider,
        fault: 'slow',
        times: 1,
        seconds: SLOW_SECONDS,
      })
    }
    const ids: string[] = []
    while (ids.length < 2) {
      const id = await requestSync(client)
      await untilNot(client, id, ['requested'])
      ids.push(id)
    }
    const reports: Record<string, string>[] = []
    for (const id of ids) reports.push((await untilNot(client, id, ['running'])).report ?? {})
    const holds = NETWORKS.every((network) => {
      const ends = reports.map((report) => report[network] ?? '').sort()
      return ends[0] === 'completed' && ends[1] === 'skipped: another run is reading it'
    })
    return {
      guarantee:
        'of two concurrent runs one reads each network, and the other skips it with the reason',
      holds,
      seen: JSON.stringify(reports),
    }
  } finally {
    await second.stop()
  }
}
