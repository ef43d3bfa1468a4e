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
const MOST = 1.2

/** A worker reads a little, and another ten times as much: neither keeps what it has read. */
export const syncMemory: Proof = {
  name: 'sync-memory',
  claim: 'reading ten times as many transactions takes no more memory',
  isOnEmbeddedOnly: true,
  isByNameOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const small = isQuick ? 10_000 : 100_000
    const cast = await startTestbed(postgres)
    try {
      await cast.killWorker()
      // One network, so that its pages, and not the number of networks, make the peak.
      await cast.product.query(`update networks set is_on = (name = 'vcommission')`)
      const before = await peakOf(cast, { rows: small, seed: 1, startAt: START })
      say(`${small} rows: ${before.peakKb} kB`)
      const later = new Date(START.getTime() + 200 * DAY_MS)
      const after = await peakOf(cast, { rows: small * 10, seed: 2, startAt: later })
      say(`${small * 10} rows: ${after.peakKb} kB`)
      return findings(small, before, after)
    } finally {
      await cast.stop()
    }
  },
}

type Peak = { peakKb: number; rows: number }
type Asked = { rows: number; seed: number; startAt: Date }

/** The most that a worker of its own ever had in memory while it read so many transactions. */
const peakOf = async (cast: Testbed, { rows, seed, startAt }: Asked): Promise<Peak> => {
  const { product, simulator } = cast
  const { url } = simulator
  const at = new Date(startAt.getTime() + 115 * DAY_MS)
  await control(url, '/clock', { now: at.toISOString(), isTicking: false })
  await control(url, '/orders/generate', {
    network: 'vcommission',
    count: rows,
    seed,
    from: startAt.toISOString(),
    // A list is read slice by slice, and remembers the ids of one.
    to: new Date(at.getTime() - DAY_MS).toISOString(),
    status: 'approved',
  })
  const known = await count(cast)
  const worker = spawnWorker(await freePort(), {
    ...settingsFor(url),
    DATABASE_URL: product.web.databaseUrl,
    PAYLOAD_SECRET: product.web.secret,
  })
  const client = await connect(product.web.databaseUrl)
  try {
    await worker.untilReady()
    await syncWholly(client, at)
    return { peakKb: await highWater(worker.process.pid ?? 0), rows: (await count(cast)) - known }
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
const highWater = async (pid: number): Promise<number> => {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN)
}

const findings = (small: number, before: Peak, after: Peak): Finding[] => [
  {
    guarantee: 'all of the transactions were read',
    holds: before.rows === small && after.rows === small * 10,
    seen: `${before.rows} and ${after.rows}`,
  },
  {
    guarantee: `ten times as many transactions take at most ${MOST} times the memory`,
    holds: after.peakKb <= before.peakKb * MOST,
    seen: `${before.peakKb} kB, then ${after.peakKb} kB: ${(after.peakKb / before.peakKb).toFixed(2)} times`,
  },
]
