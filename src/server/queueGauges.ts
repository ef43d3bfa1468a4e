import { Gauge, type Registry } from 'prom-client'

import type { Database } from '../ledger/transactionOf.ts'
import { listWorkers } from '../operations/listWorkers.ts'
import { laneStats } from '../outbox/laneStats.ts'

const STATES = ['pending', 'sending', 'unknown', 'dead'] as const

/** Registers the numbers of the queue; what it answers reads them anew. */
export const queueGauges = (registry: Registry): ((db: Database, at: Date) => Promise<void>) => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `tributary_${name}`, help, labelNames, registers: [registry] })
  const messages = gauge('queue_messages', 'Messages that are not over.', [
    'lane',
    'channel',
    'state',
  ])
  const oldest = gauge('queue_oldest_seconds', 'Age of the oldest that waits; 0 where none does.', [
    'lane',
    'channel',
  ])
  const paused = gauge('queue_paused', '1 for a lane that an admin lets rest.', ['lane'])
  const workers = gauge('workers_alive', 'Workers seen within a minute.', [])
  const isUp = gauge('database_up', '1 when the database answers.', [])

  return async (db, at) => {
    for (const one of [messages, oldest, paused, workers]) one.reset()
    isUp.set(0)
    const [{ lanes }, seen] = [await laneStats(db, at), await listWorkers(db, at)]
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
