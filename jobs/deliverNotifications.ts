import { readerOf } from '../src/ledger/readerOf.ts'
import type { Lane } from '../src/messaging/types.ts'
import { deliver } from '../src/outbox/deliver.ts'
import type { Delivery } from '../src/outbox/delivery.ts'
import { nextDue } from '../src/outbox/nextDue.ts'
import { reap } from '../src/outbox/reap.ts'
import { defineJob } from './defineJob.ts'

type Options = Pick<Delivery, 'channels' | 'settings' | 'wording'> & {
  name: string
  lanes: Lane[]
  /** Batches that are under way side by side. */
  pumps: number
}

/**
 * Sends what waits in the outbox. Safe to run at any time and in any number of workers: rows are
 * leased. First it looks after rows whose worker is gone.
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
      const db = await readerOf({ payload })
      const reaped = await reap(db, { now, unknownMs: settings.unknownMs })
      const pump = () => deliver({ channels, lanes, payload, settings, signal, wording })
      const running = Array.from({ length: pumps }, pump)
      await Promise.allSettled(running) // one that fails leaves no other behind that nobody waits for
      return { ...reaped, ...sum(await Promise.all(running)) }
    },

    nextDue: async ({ now, payload }) => nextDue(await readerOf({ payload }), { lanes, now }),
  })

const sum = (reports: Record<string, number>[]): Record<string, number> => {
  const total: Record<string, number> = {}
  for (const report of reports) {
    for (const [key, count] of Object.entries(report)) total[key] = (total[key] ?? 0) + count
  }
  return total
}
