import fs from 'node:fs/promises'

import { freePort } from '../../src/server/postgres/freePort.ts'
import { spawnWorker } from '../../src/server/processes/spawnWorker.ts'
import { control } from './control.ts'
import { settingsFor } from './stories/networkSettings.ts'
import { type Testbed, startTestbed } from './stories/startTestbed.ts'
import { syncWholly } from './syncKill/requestSync.ts'
import { connect } from './syncKill/runBaseline.ts'
import type { Finding, Proof } from './types.ts'

const DAY_MS = 86_400_000
const START = new Date('2026-11-01T00:00:00Z')
const MAX_RATIO = 1.2

/**
 * Compares the peak memory of a worker that reads a report with one that reads ten times as many
 * rows.
 */
export const syncMemory: Proof = {
  name: 'sync-memory',
  claim: `reading ten times as many transactions takes at most ${MAX_RATIO} times the memory`,
  isOnEmbeddedOnly: true,
  isByNameOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const small = isQuick ? 10_000 : 100_000
    const testbed = await startTestbed(postgres)
    try {
      await testbed.killWorker()
      // One network only, so that the peak depends on its pages and not on the number of networks.
      await testbed.product.query(`update networks set is_on = (name = 'vcommission')`)
      const before = await measurePeak(testbed, { rows: small, seed: 1, startAt: START })
      say(`${small} rows: ${before.peakKb} kB`)
      const later = new Date(START.getTime() + 200 * DAY_MS)
      const after = await measurePeak(testbed, { rows: small * 10, seed: 2, startAt: later })
      say(`${small * 10} rows: ${after.peakKb} kB`)
      return findings(small, before, after)
    } finally {
      await testbed.stop()
    }
  },
}

type Peak = { peakKb: number; rows: number }
type Report = { rows: number; seed: number; startAt: Date }

/** Reads the transactions with a new worker. Returns its peak memory and the number of new rows. */
const measurePeak = async (testbed: Testbed, { rows, seed, startAt }: Report): Promise<Peak> => {
  const { product, simulator } = testbed
  const { url } = simulator
  const at = new Date(startAt.getTime() + 115 * DAY_MS)
  await control(url, '/clock', { now: at.toISOString(), isTicking: false })
  await control(url, '/orders/generate', {
    network: 'vcommission',
    count: rows,
    seed,
    from: startAt.toISOString(),
    // A list is read in slices, and the adapter remembers the ids of one slice.
    to: new Date(at.getTime() - DAY_MS).toISOString(),
    status: 'approved',
  })
  const known = await count(testbed)
  const worker = spawnWorker(await freePort(), {
    ...settingsFor(url),
    DATABASE_URL: product.web.databaseUrl,
    PAYLOAD_SECRET: product.web.secret,
  })
  const client = await connect(product.web.databaseUrl)
  try {
    await worker.untilReady()
    await syncWholly(client, at)
    return {
      peakKb: await readPeakKb(worker.process.pid ?? 0),
      rows: (await count(testbed)) - known,
    }
  } finally {
    await client.end()
    await worker.stop()
  }
}

const count = async ({ product }: Testbed): Promise<number> => {
  const [row] = await product.query<{ count: number }>(
    'select count(*)::int as count from network_transactions',
  )
  return row?.count ?? 0
}

/** Linux keeps the highest resident size of each process (proc(5), VmHWM), in kB. */
const readPeakKb = async (pid: number): Promise<number> => {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN)
}

const findings = (small: number, before: Peak, after: Peak): Finding[] => [
  {
    guarantee: 'all transactions were read',
    holds: before.rows === small && after.rows === small * 10,
    seen: `${before.rows} and ${after.rows}`,
  },
  {
    guarantee: `ten times as many transactions take at most ${MAX_RATIO} times the memory`,
    holds: after.peakKb <= before.peakKb * MAX_RATIO,
    seen: `${before.peakKb} kB, then ${after.peakKb} kB: ${(after.peakKb / before.peakKb).toFixed(2)} times`,
  },
]
