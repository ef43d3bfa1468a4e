import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { Pool } from 'pg'

import type { Database } from './dbIn.ts'

/** Set on a transaction: the channels to notify once it is committed. */
const WAITING = Symbol.for('tributary.wake.waiting')
/** Set on a process's pool: what notifies for it. By `Symbol.for`, since Next has its own copy. */
const NOTIFIER = Symbol.for('tributary.wake.notifier')

/** Notifications of a channel within this time of each other are sent as one. */
const GATHER_MS = 20
const RETRY_MS = 500
const TIMEOUT_MS = 5_000

type Transaction = { [WAITING]?: Set<string> }
type NotifyingPool = PostgresAdapter['pool'] & { [NOTIFIER]?: Notifier }
type Notifier = { notify: (channels: Iterable<string>) => void; close: () => Promise<void> }

/**
 * Wakes the workers that listen on the channel: at once, or when the transaction of `db` is
 * committed. The notification is sent afterwards, by a connection of its own. A NOTIFY within the
 * transaction takes a lock of the whole server and keeps it while the commit is written and a
 * synchronous standby answers, so that all commits would wait for each other. A process that ends
 * between the commit and the notification wakes no one: workers also look by their schedule.
 */
export const wakeWorkers = (db: Database, channel: string): void => {
  const waiting = (db as Transaction)[WAITING]
  if (waiting) {
    waiting.add(channel)
    return
  }
  const pool = (db as { $client?: PostgresAdapter['pool'] }).$client
  if (!pool) throw new Error('Workers are woken over a connection of readDb or dbIn.')
  findNotifier(pool).notify([channel])
}

/** Lets `wakeWorkers` gather the channels of a transaction. Call the result after its commit. */
export const gatherWakes = (transaction: object, pool: PostgresAdapter['pool']): (() => void) => {
  const waiting = new Set<string>()
  ;(transaction as Transaction)[WAITING] = waiting
  return () => {
    if (waiting.size > 0) findNotifier(pool).notify(waiting)
  }
}

/** Sends the notifications that still wait, and closes their connection. */
export const stopWaking = async (pool: PostgresAdapter['pool']): Promise<void> => {
  await (pool as NotifyingPool)[NOTIFIER]?.close()
}

const findNotifier = (pool: NotifyingPool): Notifier =>
  (pool[NOTIFIER] ??= createNotifier(pool.options))

const createNotifier = (options: PostgresAdapter['pool']['options']): Notifier => {
  const own = new Pool({
    ...options,
    max: 1,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    allowExitOnIdle: true,
  })
  own.on('error', () => undefined) // it connects again for the next notification
  const waiting = new Set<string>()
  let sending: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    timer = undefined
    if (sending || waiting.size === 0) return
    const channels = [...waiting]
    waiting.clear()
    sending = own
      .query(NOTIFY, [channels])
      .then(
        () => GATHER_MS,
        () => {
          for (const channel of channels) waiting.add(channel)
          return RETRY_MS
        },
      )
      .then((pauseMs) => {
        sending = null
        timer = setTimeout(flush, pauseMs).unref()
      })
  }
  return {
    notify: (channels) => {
      for (const channel of channels) waiting.add(channel)
      if (!timer) flush()
    },
    close: async () => {
      clearTimeout(timer)
      await sending
      clearTimeout(timer)
      // Without it, the workers' own schedule finds what waits.
      if (waiting.size > 0) await own.query(NOTIFY, [[...waiting]]).catch(() => undefined)
      await own.end()
    },
  }
}

/** Nothing is lost with this transaction, so it waits neither for the disk nor for a standby. */
const NOTIFY = `
  select set_config('synchronous_commit', 'off', true), pg_notify(channel, '')
  from unnest($1::text[]) channel`
