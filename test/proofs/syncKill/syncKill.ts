import { setTimeout as wait } from 'node:timers/promises'

import type { Client } from 'pg'

import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import { control } from '../control.ts'
import { seededRandom } from '../seededRandom.ts'
import { settingsFor } from '../stories/networkSettings.ts'
import { type Testbed, startTestbed } from '../stories/startTestbed.ts'
import type { Finding, Proof } from '../types.ts'
import { requestSync, syncWholly, untilNot } from './requestSync.ts'
import { runBaseline, connect, type Baseline } from './runBaseline.ts'
import { hashBooks } from './hashBooks.ts'
import { twoAtOnce } from './twoAtOnce.ts'
import { aCrowd, planWaves, type Wave } from './waves.ts'

const START = new Date('2026-11-01T00:00:00Z')

/** Workers die while they read networks; another goes on. A twin of the database is read in peace. */
export const syncKill: Proof = {
  name: 'sync-kill',
  claim: 'whenever a worker is killed while it reads networks, the books end as if it had not been',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say, seed }) => {
    // Beside other proofs a run may take less time than the one in peace, and end before its kill.
    // The first money comes with the third wave.
    const plan = isQuick
      ? { rows: 3_000, waves: 3, kills: 2, clicks: 100, leastAtWork: 2 }
      : { rows: 100_000, waves: 10, kills: 10, clicks: 1_000, leastAtWork: 50 }
    say(`${plan.rows} rows`)
    const cast = await startTestbed(postgres)
    const client = await connect(cast.product.web.databaseUrl)
    try {
      const clicks = await aCrowd(cast, { members: 50, clicks: plan.clicks })
      await control(cast.simulator.url, '/clock', { now: START.toISOString(), isTicking: false })
      const waves = await planWaves(cast, { ...plan, count: plan.waves, clicks, startAt: START })
      const twin = await runBaseline(postgres, cast, settingsFor(cast.simulator.url))
      try {
        const state = { random: seededRandom(seed), kills: 0, atWork: 0 }
        for (const wave of waves) {
          await killThrough({ cast, client, twin, wave, kills: plan.kills, state })
          say(`${wave.at.toISOString().slice(0, 10)}: ${state.kills} kills`)
        }
        return [
          ...(await findings({ cast, client, plan, seed, state, twin })),
          await twoAtOnce(cast, client),
        ]
      } finally {
        await twin.stop()
      }
    } finally {
      await client.end()
      await cast.stop()
    }
  },
}

type State = { random: () => number; kills: number; atWork: number }
type Killing = {
  cast: Testbed
  client: Client
  twin: Baseline
  wave: Wave
  kills: number
  state: State
}

/** One wave: read in peace, which tells how long that takes; then read by workers that die. */
const killThrough = async ({ cast, client, kills, state, twin, wave }: Killing): Promise<void> => {
  await control(cast.simulator.url, '/clock', { now: wave.at.toISOString(), isTicking: false })
  const calmMs = await syncWholly(twin.client, wave.at)
  for (let kill = 0; kill < kills; kill += 1) {
    const id = await requestSync(client)
    await untilNot(client, id, ['requested'])
    await wait(state.random() * calmMs)
    await cast.replaceWorker()
    state.kills += 1
    const { rows } = await client.query<{ status: string }>(
      'select status::text from job_runs where id = $1',
      [id],
    )
    if (rows[0]?.status === 'running') state.atWork += 1
  }
  await syncWholly(client, wave.at)
}

type Found = {
  cast: Testbed
  client: Client
  twin: Baseline
  plan: { rows: number; waves: number; kills: number; leastAtWork: number }
  /** Of the moments at which workers are killed. */
  seed: number
  state: State
}

const findings = async ({ cast, client, plan, seed, state, twin }: Found): Promise<Finding[]> => {
  const [disturbed, calm] = [await hashBooks(client), await hashBooks(twin.client)]
  const differing = Object.keys(calm).filter((part) => disturbed[part] !== calm[part])
  const { problems, transfers } = await verifyWallets(cast.product.payload)
  return [
    {
      guarantee: 'workers were killed that often, and at work',
      holds: state.kills >= plan.waves * plan.kills && state.atWork >= plan.leastAtWork,
      seen: `${state.kills} kills, ${state.atWork} of them while a run was on, seed ${seed}`,
    },
    {
      guarantee:
        'transactions, events, transfers, balances and messages are those of a run in peace',
      holds: differing.length === 0,
      seen:
        differing.length === 0
          ? JSON.stringify(calm)
          : `${differing.join(', ')} differ: ${JSON.stringify({ calm, disturbed })}`,
    },
    {
      guarantee: 'the books add up',
      holds: problems.length === 0 && transfers > 0,
      seen: `${transfers} transfers, ${problems.length} problems`,
    },
  ]
}
