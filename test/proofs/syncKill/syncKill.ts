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
import { proveOneReader } from './proveOneReader.ts'
import { createCrowd, planWaves, type Wave } from './waves.ts'

const START = new Date('2026-11-01T00:00:00Z')

/** Kills workers while they read networks. The baseline reads the same without kills. */
export const syncKill: Proof = {
  name: 'sync-kill',
  claim: 'when workers are killed while they read networks, the books end as without kills',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say, seed }) => {
    // Beside other proofs a run may be faster than the baseline and end before its kill.
    // The third wave credits the first cashback.
    const plan = isQuick
      ? { rows: 3_000, waves: 3, kills: 2, clicks: 100, leastAtWork: 2 }
      : { rows: 100_000, waves: 10, kills: 10, clicks: 1_000, leastAtWork: 50 }
    say(`${plan.rows} rows`)
    const testbed = await startTestbed(postgres)
    const client = await connect(testbed.product.web.databaseUrl)
    try {
      const clicks = await createCrowd(testbed, { members: 50, clicks: plan.clicks })
      await control(testbed.simulator.url, '/clock', { now: START.toISOString(), isTicking: false })
      const waves = await planWaves(testbed, { ...plan, count: plan.waves, clicks, startAt: START })
      const baseline = await runBaseline(postgres, testbed, settingsFor(testbed.simulator.url))
      try {
        const state = { random: seededRandom(seed), kills: 0, atWork: 0 }
        for (const wave of waves) {
          await killThrough({ testbed, client, baseline, wave, kills: plan.kills, state })
          say(`${wave.at.toISOString().slice(0, 10)}: ${state.kills} kills`)
        }
        return [
          ...(await findings({ testbed, client, plan, seed, state, baseline })),
          await proveOneReader(testbed, client),
        ]
      } finally {
        await baseline.stop()
      }
    } finally {
      await client.end()
      await testbed.stop()
    }
  },
}

type State = { random: () => number; kills: number; atWork: number }
type Killing = {
  testbed: Testbed
  client: Client
  baseline: Baseline
  wave: Wave
  kills: number
  state: State
}

/**
 * Reads a wave in the baseline, which measures its duration, and then with workers that are killed.
 */
const killThrough = async ({
  testbed,
  client,
  kills,
  state,
  baseline,
  wave,
}: Killing): Promise<void> => {
  await control(testbed.simulator.url, '/clock', { now: wave.at.toISOString(), isTicking: false })
  const baselineMs = await syncWholly(baseline.client, wave.at)
  for (let kill = 0; kill < kills; kill += 1) {
    const id = await requestSync(client)
    await untilNot(client, id, ['requested'])
    await wait(state.random() * baselineMs)
    await testbed.replaceWorker()
    state.kills += 1
    // The next worker may have closed it as lost already.
    const { rows } = await client.query<{ wasAtWork: boolean }>(
      `select status = 'running' or coalesce(error, '') like 'worker-lost%' as "wasAtWork"
       from job_runs where id = $1`,
      [id],
    )
    if (rows[0]?.wasAtWork) state.atWork += 1
  }
  await syncWholly(client, wave.at)
}

type Found = {
  testbed: Testbed
  client: Client
  baseline: Baseline
  plan: { rows: number; waves: number; kills: number; leastAtWork: number }
  /** The seed of the moments at which workers are killed. */
  seed: number
  state: State
}

const findings = async ({
  testbed,
  client,
  plan,
  seed,
  state,
  baseline,
}: Found): Promise<Finding[]> => {
  const [disturbed, expected] = [await hashBooks(client), await hashBooks(baseline.client)]
  const differing = Object.keys(expected).filter((part) => disturbed[part] !== expected[part])
  const { problems, transfers } = await verifyWallets(testbed.product.payload)
  return [
    {
      guarantee: 'workers were killed as often as planned, and often enough during a run',
      holds: state.kills >= plan.waves * plan.kills && state.atWork >= plan.leastAtWork,
      seen: `${state.kills} kills, ${state.atWork} of them during a run, seed ${seed}`,
    },
    {
      guarantee:
        'transactions, events, transfers, balances and messages equal those of the baseline',
      holds: differing.length === 0,
      seen:
        differing.length === 0
          ? JSON.stringify(expected)
          : `${differing.join(', ')} differ: ${JSON.stringify({ expected, disturbed })}`,
    },
    {
      guarantee: 'the books add up',
      holds: problems.length === 0 && transfers > 0,
      seen: `${transfers} transfers, ${problems.length} problems`,
    },
  ]
}
