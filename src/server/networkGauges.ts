import { sql } from '@payloadcms/db-postgres'
import { Gauge, type Registry } from 'prom-client'

import type { Database } from '../ledger/transactionOf.ts'

type Row = { network: string; seconds: number; isFailing: boolean }

/** Registers the numbers of the networks that are on; what it answers reads them anew. */
export const networkGauges = (registry: Registry): ((db: Database, at: Date) => Promise<void>) => {
  const gauge = (name: string, help: string) =>
    new Gauge({
      name: `tributary_network_${name}`,
      help,
      labelNames: ['network'],
      registers: [registry],
    })
  const silent = gauge('silent_seconds', 'Since a network that is on was last read to the end.')
  const failing = gauge('failing', '1 for a network whose last run failed.')

  return async (db, at) => {
    silent.reset()
    failing.reset()
    const { rows } = await db.execute<Row>(sql`
      select name as network, last_problem is not null as "isFailing",
        extract(epoch from ${at.toISOString()}::timestamptz
          - coalesce(last_success_at, created_at))::float8 as seconds
      from networks where is_on and adapter <> 'csv'`)
    for (const { isFailing, network, seconds } of rows) {
      silent.set({ network }, Math.max(0, seconds))
      failing.set({ network }, isFailing ? 1 : 0)
    }
  }
}
