import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

import type { Database } from '../database/dbIn.ts'
import { readDb } from '../database/readDb.ts'
import { loadLaneStats } from '../messaging/outbox/stats.ts'
import { listWorkers } from '../operations/listWorkers.ts'
import { now } from '../platform/clock.ts'
import { readClusterMetrics, shareMetrics } from './startCluster.ts'

export type Metrics = {
  /** The registry for what a process counts itself. */
  registry: Registry
  contentType: string
  /**
   * All numbers in Prometheus' text format, with those of the database read at each call. Never
   * throws.
   */
  read: () => Promise<string>
}

/**
 * The numbers of this process (of a cluster: of its processes together), and those of the queue and
 * the networks, which all processes share: take their maximum over the processes, not their sum.
 * Without a database they are missing, and `tributary_database_up` is 0.
 */
export const openMetrics = (payload: Payload): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  shareMetrics(registry)
  const shared = new Registry()
  const refreshes = [registerQueueGauges(shared), registerNetworkGauges(shared)]
  return {
    registry,
    contentType: registry.contentType,
    read: async () => {
      const [db, at] = [await readDb({ payload }), now()]
      for (const refresh of refreshes) {
        await refresh(db, at).catch((error: unknown) => {
          payload.logger.error({ msg: 'database metrics could not be read', err: error })
        })
      }
      const own = (await readClusterMetrics()) ?? (await registry.metrics())
      return `${own}\n${await shared.metrics()}`
    },
  }
}

const STATES = ['pending', 'sending', 'unknown', 'dead'] as const

/** Registers the numbers of the queue. The returned function reads them again. */
const registerQueueGauges = (registry: Registry): ((db: Database, at: Date) => Promise<void>) => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `tributary_${name}`, help, labelNames, registers: [registry] })
  const messages = gauge('queue_messages', 'Messages that are not over.', [
    'lane',
    'channel',
    'state',
  ])
  const oldest = gauge('queue_oldest_seconds', 'Age of the oldest that waits; 0 if none waits.', [
    'lane',
    'channel',
  ])
  const paused = gauge('queue_paused', '1 for a lane that an admin paused.', ['lane'])
  const workers = gauge('workers_alive', 'Workers seen within a minute.', [])
  const isUp = gauge('database_up', '1 when the database answers.', [])

  return async (db, at) => {
    for (const one of [messages, oldest, paused, workers]) one.reset()
    isUp.set(0)
    const [{ lanes }, seen] = [await loadLaneStats(db, at), await listWorkers(db, at)]
    for (const row of lanes) {
      const { channel, isPaused, lane, oldestSeconds } = row
      for (const state of STATES) messages.set({ lane, channel, state }, row[state])
      oldest.set({ lane, channel }, oldestSeconds ?? 0)
      paused.set({ lane }, isPaused ? 1 : 0)
    }
    workers.set(seen.filter(({ isAlive }) => isAlive).length)
    isUp.set(1)
  }
}

type Row = { network: string; seconds: number; isFailing: boolean }

/** Registers the numbers of the networks that are on. The returned function reads them again. */
export const registerNetworkGauges = (
  registry: Registry,
): ((db: Database, at: Date) => Promise<void>) => {
  const gauge = (name: string, help: string) =>
    new Gauge({
      name: `tributary_network_${name}`,
      help,
      labelNames: ['network'],
      registers: [registry],
    })
  const unread = gauge('unread_seconds', 'Since a network that is on was last read to the end.')
  const failing = gauge('failing', '1 if the last run of the network failed.')

  return async (db, at) => {
    unread.reset()
    failing.reset()
    const { rows } = await db.execute<Row>(sql`
      select name as network, last_problem is not null as "isFailing",
        extract(epoch from ${at.toISOString()}::timestamptz
          - coalesce(last_success_at, created_at))::float8 as seconds
      from networks where is_on and adapter <> 'csv'`)
    for (const { isFailing, network, seconds } of rows) {
      unread.set({ network }, Math.max(0, seconds))
      failing.set({ network }, isFailing ? 1 : 0)
    }
  }
}
