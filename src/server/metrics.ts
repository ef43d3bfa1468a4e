import type { Payload } from 'payload'
import { collectDefaultMetrics, Registry } from 'prom-client'

import { now } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { networkGauges } from './networkGauges.ts'
import { queueGauges } from './queueGauges.ts'

export type Metrics = {
  /** For what a process counts itself. */
  registry: Registry
  contentType: string
  /** All numbers in Prometheus' text format, those of the database read anew. Never throws. */
  read: () => Promise<string>
}

/**
 * The numbers of this process, and of the queue and the networks, which all processes share: of those take the
 * maximum, not the sum. Without a database they are missing, and `tributary_database_up` is 0.
 */
export const openMetrics = (payload: Payload): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const refreshes = [queueGauges(registry), networkGauges(registry)]
  return {
    registry,
    contentType: registry.contentType,
    read: async () => {
      const [db, at] = [await readerOf({ payload }), now()]
      for (const refresh of refreshes) {
        await refresh(db, at).catch((error: unknown) => {
          payload.logger.error({ msg: 'no numbers of the database', err: error })
        })
      }
      return registry.metrics()
    },
  }
}
