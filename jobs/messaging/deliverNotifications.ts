import { readDb } from '../../src/database/readDb.ts'
import type { Lane } from '../../src/messaging/types.ts'
import { deliver } from '../../src/messaging/outbox/deliver.ts'
import type { Delivery } from '../../src/messaging/outbox/types.ts'
import { findNextDue, reapRows } from '../../src/messaging/outbox/claim.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** A process that ends right after its commit wakes no worker. A code must not wait a minute. */
const CODES_MS = 5_000

type Options = Pick<Delivery, 'channels' | 'settings' | 'wording'> & {
  name: string
  lanes: Lane[]
  /** How many batches are sent in parallel. */
  pumps: number
}

/**
 * Sends the due rows of the outbox. Safe to run at any time and in any number of workers, because
 * rows are leased. First it handles the rows of lost workers.
 */
export const deliverNotifications = ({
  channels,
  lanes,
  name,
  pumps,
  settings,
  wording,
}: Options) =>
  defineJob({
    name,
    kind: 'notifications',
    schedule: '* * * * *',
    wakeOn: 'outbox',

    async run({ now, payload, signal }) {
      const db = await readDb({ payload })
      const reaped = await reapRows(db, { now, unknownMs: settings.unknownMs })
      const pump = () => deliver({ channels, lanes, payload, settings, signal, wording })
      const running = Array.from({ length: pumps }, pump)
      await Promise.allSettled(running) // all pumps end before the error of one is thrown
      return { ...reaped, ...sum(await Promise.all(running)) }
    },

    nextDue: async ({ now, payload }) => {
      const due = await findNextDue(await readDb({ payload }), { lanes, now })
      return lanes.includes('otp') ? Math.min(due ?? CODES_MS, CODES_MS) : due
    },
  })

const sum = (reports: Record<string, number>[]): Record<string, number> => {
  const total: Record<string, number> = {}
  for (const report of reports) {
    for (const [key, count] of Object.entries(report)) total[key] = (total[key] ?? 0) + count
  }
  return total
}
