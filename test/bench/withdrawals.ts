import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { createLocalReq, type Payload } from 'payload'
import type { Client } from 'pg'

import { dayIn } from '../../src/domain/zonedDay.ts'
import { createBatch } from '../../src/payouts/batches/createBatch.ts'
import { writeBatch, type WrittenBatch } from '../../src/payouts/batches/writeBatch.ts'
import { approveWithdrawals } from '../../src/payouts/withdrawals/approveWithdrawals.ts'
import { createUser } from '../support/factories.ts'
import { setPayoutRules } from '../support/payoutFactories.ts'
import { runIn } from '../support/payoutSteps.ts'
import { insertWithdrawals, PROFILE } from './insertWithdrawals.ts'
import { type Figure, median } from './measure.ts'
import { approveRaw, batchRaw } from './rawWithdrawals.ts'
import type { World } from './world.ts'

const APPROVALS_PER_SECOND = 2_500
const BATCH_PER_SECOND = 1_500
const MAX_MEMORY_PERCENT = 130

/**
 * Approves withdrawals in one transaction, then makes a batch of them and writes its file. Raw: the
 * same rows in statements written for speed alone, with the same triggers.
 */
export const bulkWithdrawals = async (world: World): Promise<Figure[]> => {
  const { payload, query } = world.product
  await setPayoutRules({ sql: (text) => query(text) }, [
    {
      kind: 'bank-in',
      driver: 'bank-file',
      bank_profile: PROFILE,
      actor_day_minor: Number.MAX_SAFE_INTEGER,
    },
  ])
  const { id: by } = await createUser(payload, { role: 'finance' })
  const client = world.clients[0] as Client
  const rows = world.isQuick ? 2_000 : 10_000
  const small = await runBoth(world, by, 1_000)
  const runs: Run[] = []
  const raw = { approve: [] as number[], batch: [] as number[] }
  for (let turn = 0; turn < 3; turn += 1) {
    const ids = await insertWithdrawals(world, rows)
    raw.approve.push(await rate(rows, () => approveRaw(client, ids, by)))
    raw.batch.push(await rate(rows, () => batchRaw(client, ids, by)))
    runs.push(await runBoth(world, by, rows))
  }
  const approve = { ours: median(runs.map((run) => run.approve)), raw: median(raw.approve) }
  const batch = { ours: median(runs.map((run) => run.batch)), raw: median(raw.batch) }
  const memory = Math.round((100 * median(runs.map((run) => run.memory))) / small.memory)
  return [
    speed(`approval of ${rows} withdrawals in one transaction`, approve, APPROVALS_PER_SECOND),
    speed(`batch of ${rows} withdrawals with its file`, batch, BATCH_PER_SECOND),
    {
      name: `memory in use while the file of ${rows} is written, of that of 1000`,
      unit: '%',
      ours: memory,
      raw: null,
      goal: `≤ ${MAX_MEMORY_PERCENT} %`,
      isMet: memory <= MAX_MEMORY_PERCENT,
    },
  ]
}

const speed = (name: string, { ours, raw }: { ours: number; raw: number }, least: number) => ({
  name,
  unit: 'rows/s',
  ours,
  raw,
  goal: `≥ ${least}/s`,
  isMet: ours >= least,
})

/** Rows per second, and the most memory in use after a collection, in bytes. */
type Run = { approve: number; batch: number; memory: number }

const runBoth = async (world: World, by: string, rows: number): Promise<Run> => {
  const { payload } = world.product
  const ids = await insertWithdrawals(world, rows)
  const approve = await rate(rows, async () => {
    const { approved } = await runIn(payload, (req) =>
      approveWithdrawals(req, { ids, by, now: new Date() }),
    )
    if (approved.length !== rows) throw new Error(`Only ${approved.length} were approved.`)
  })
  let batch = ''
  const batchRate = await rate(rows, async () => {
    batch = await createFor(payload, { ids, by })
    await read(await openBatch(payload, batch), () => undefined)
  })
  return { approve, batch: batchRate, memory: await measureMemory(payload, batch) }
}

const createFor = async (payload: Payload, { by, ids }: { ids: string[]; by: string }) => {
  const now = new Date()
  const payDate = dayIn(now, 'Asia/Kolkata')
  const { count, id } = await runIn(payload, (req) =>
    createBatch(req, { bankProfile: PROFILE, by, ids, now, payDate }),
  )
  if (count !== ids.length) throw new Error(`Only ${count} are in the batch.`)
  return id
}

const openBatch = async (payload: Payload, id: string) =>
  writeBatch(await createLocalReq({}, payload), { id, now: new Date() })

/** How many parts of the file are read between two collections. */
const PARTS = 5

/** The most memory that the heap has in use while a file is read, in bytes. */
const measureMemory = async (payload: Payload, batch: string): Promise<number> => {
  let most = 0
  await read(await openBatch(payload, batch), (part) => {
    if (part % PARTS > 0) return
    collectGarbage()
    most = Math.max(most, process.memoryUsage().heapUsed)
  })
  return most
}

/** Reads the file to its end. */
const read = async ({ content }: WrittenBatch, onPart: (part: number) => void): Promise<void> => {
  const parts = content[Symbol.asyncIterator]()
  for (let part = 1; !(await parts.next()).done; part += 1) onPart(part)
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const rate = async (rows: number, work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return Math.round(rows / ((performance.now() - started) / 1000))
}
