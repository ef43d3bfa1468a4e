import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { provideEnv } from '../../src/config/env.ts'
import { migrations } from '../../src/database/migrations/index.ts'
import { projectRoot } from '../../src/platform/projectRoot.ts'
import { buildOnce } from '../../src/server/buildOnce.ts'
import { migrate } from '../../src/database/migrate.ts'
import { ensureDatabase } from '../../src/server/postgres/ensureDatabase.ts'
import { startPostgres } from '../../src/server/postgres/startPostgres.ts'
import { createUser } from '../support/factories.ts'
import { startBuiltProduct } from '../support/startBuiltProduct.ts'
import { TEMPLATE } from '../support/startTestServer.ts'
import { awardThroughLocalApi, awardThroughRest, oneHotWallet } from './award.ts'
import { batchPosting } from './batch.ts'
import { clickOuts } from './clicks.ts'
import { commitsWithMessages } from './commits.ts'
import { type Figure, percentOf } from './measure.ts'
import { outboxAndJobs } from './outbox.ts'
import { statementAndLists, verifyMillion } from './scale.ts'
import { syncRows } from './sync.ts'
import { bulkWithdrawals } from './withdrawals.ts'
import { createWorld, type World } from './world.ts'

const PARTS = {
  awards: async (world: World) => [
    await awardThroughLocalApi(world),
    await awardThroughRest(world),
    await oneHotWallet(world),
    await batchPosting(world),
  ],
  reading: async (world: World) => [
    ...(await statementAndLists(world, await createUser(world.product.payload))),
    await verifyMillion(world),
  ],
  messages: outboxAndJobs,
  clicks: clickOuts,
  commits: commitsWithMessages,
  sync: syncRows,
  withdrawals: bulkWithdrawals,
}
type Part = keyof typeof PARTS

/**
 * `npm run bench [-- --quick] [awards] [reading] [messages] [clicks] [commits]
 * [sync] [withdrawals]`. Measures on a durable
 * PostgreSQL, as in production, and prints each figure with its raw comparison.
 */
const bench = async (parts: Part[], isQuick: boolean): Promise<Figure[]> => {
  provideEnv({
    TRIBUTARY_MODE: 'test',
    LOG_LEVEL: 'silent',
    DISABLE_PAYLOAD_HMR: 'true',
    DATABASE_POOL_MAX: '40',
    RATE_LIMITS: 'off',
  })
  await buildOnce()
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'tributary-bench-'))
  const postgres = await startPostgres({
    dataDir: path.join(dir, 'data'),
    password: randomBytes(16).toString('hex'),
  })
  try {
    await ensureDatabase(postgres.url('postgres'), TEMPLATE)
    await migrate({ databaseUrl: postgres.url(TEMPLATE), migrations })
    const product = await startBuiltProduct(postgres)
    const world = await createWorld(product, isQuick)
    const figures: Figure[] = []
    for (const part of parts) figures.push(...(await PARTS[part](world)))
    await Promise.all(world.clients.map((client) => client.end()))
    await product.stop()
    return figures
  } catch (error) {
    // Printed before the server stops: the errors of ended connections would hide this one.
    console.error(error)
    process.exit(1)
  } finally {
    await postgres.stop()
    await fs.rm(dir, { recursive: true, force: true })
  }
}

const isQuick = process.argv.includes('--quick')
const started = Date.now()
const all = Object.keys(PARTS) as Part[]
const chosen = all.filter((part) => process.argv.includes(part))
const figures = await bench(chosen.length > 0 ? chosen : all, isQuick)
for (const { goal, isMet, name, ours, raw, unit } of figures) {
  const comparison = raw === null ? '' : `, raw ${raw} (${percentOf(ours, raw)} %)`
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${name}: ${ours} ${unit}${comparison}; goal ${goal}`)
}
const seconds = Math.round((Date.now() - started) / 1000)
const file = path.join(projectRoot(), '.data/bench.json')
await fs.mkdir(path.dirname(file), { recursive: true })
await fs.writeFile(file, `${JSON.stringify({ isQuick, seconds, figures }, null, 2)}\n`)
console.log(`${seconds} s; also in ${path.relative(projectRoot(), file)}`)
process.exit()
