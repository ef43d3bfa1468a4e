import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import { openAgenda } from '../../src/server/jobs/openAgenda.ts'
import { type Figure, median } from './measure.ts'
import type { World } from './world.ts'

/** Jobs requested one by one. Raw: the same on Agenda alone, without our row for each run. */
export const jobsPerSecond = async (world: World): Promise<Figure> => {
  const count = world.isQuick ? 200 : 1_000
  const { databaseUrl } = world.product.web
  const agenda = await openAgenda({ databaseUrl, onError: () => undefined })
  await agenda.start()
  const ours = await medianRate(count, async (run) => {
    for (let n = 0; n < count; n += 1) await agenda.now('leave-sign', { n: `${run}:${n}` })
    await untilCount(
      world,
      `select count(*)::int from inbound_events where event_id like '${run}:%'`,
      count,
    )
  })
  const raw = await medianRate(count, async (run) => {
    const name = `raw-${run}`
    const state = { done: 0 }
    agenda.define(
      name,
      async () => {
        await world.product.query('select 1')
        state.done += 1
      },
      { concurrency: 20, lockLifetime: 60_000 },
    )
    for (let n = 0; n < count; n += 1) await agenda.now(name, { n })
    while (state.done < count) await wait(20)
  })
  await agenda.stop()
  return {
    name: 'jobs requested one by one, with a row for each run (raw: Agenda alone)',
    unit: 'jobs/s',
    ours,
    raw,
    goal: '≥ 50 % of raw',
    isMet: ours >= raw / 2,
  }
}

const medianRate = async (count: number, work: (run: string) => Promise<void>): Promise<number> => {
  const rates: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const started = performance.now()
    await work(randomUUID())
    rates.push(Math.round(count / ((performance.now() - started) / 1000)))
  }
  return median(rates)
}

const untilCount = async ({ product }: World, text: string, count: number) => {
  for (;;) {
    const [row] = await product.query<{ count: number }>(text)
    if ((row?.count ?? 0) >= count) return
    await wait(20)
  }
}
