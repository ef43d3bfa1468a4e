import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { provideEnv } from '../../config/env.ts'
import { readDb } from '../../database/readDb.ts'
import {
  buildOrders,
  createSimulatedNetwork,
  type SimulatedNetwork,
} from '../../../test/support/networks/simulatedNetwork.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { loadNetwork } from './networkStore.ts'
import { archivePages, loadPage, type PageArchiveStep } from './pageArchive.ts'
import { dryRun } from './sync/dryRun.ts'
import { replayPages } from './sync/replayPages.ts'
import { syncNetwork, withSyncLock } from './sync/syncNetwork.ts'

let product: Product
let dir: string
let network: SimulatedNetwork
const simulator = useSimulator()
beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'pages-'))
  provideEnv({ ARCHIVE_DIR: dir })
  product = await startProduct()
  const adapter = 'vcommission'
  network = await createSimulatedNetwork(product, { adapter, simulator })
  const { clickId } = network
  await simulator.control('/orders', {
    orders: buildOrders(adapter, { clickId, count: 2, status: 'approved' }),
  })
  expect(await syncNetwork(await options())).toEqual({ status: 'completed' })
})
afterAll(async () => {
  await product.close()
  await fs.rm(dir, { recursive: true, force: true })
})

const { signal } = new AbortController()
const options = async () => ({
  payload: product.payload,
  network: await loadNetwork(await readDb(product), network.name),
  signal,
})
const replay = async () => {
  const all = await options()
  return withSyncLock({ ...all, networkId: network.id }, () => replayPages(all))
}
/** Archives every page that there is. */
const archive = (onStep?: (step: PageArchiveStep) => void) =>
  archivePages(product.payload, { dir, keepDays: 1, now: new Date(Date.now() + 2 * DAY), onStep })
const DAY = 86_400_000

type Row = { id: string; body: string | null; file: string | null; sha: string | null }
const readRows = () =>
  product.sql<Row>(`select id::text, body::text, archive_file as file, archive_sha256 as sha
    from network_pages where network_id = '${network.id}' order by observed_at, id`)
const books = () =>
  product.sql(`select t.external_id, t.status::text, t.updated_at, e.credited_minor, e.updated_at as at
    from network_transactions t join cashback_events e on e.transaction_id = t.id order by 1`)

it('a page younger than the days to keep stays in the table', async () => {
  const now = new Date()
  expect(await archivePages(product.payload, { dir, keepDays: 1, now })).toEqual({ pages: 0 })
})

it.each(['written', 'verified'] as const)(
  'a process that ends after the step "%s" keeps the body in the table',
  async (end) => {
    const before = await readRows()
    await expect(
      archive((step) => {
        if (step === end) throw new Error('ended')
      }),
    ).rejects.toThrow('ended')
    expect(await readRows()).toEqual(before)
  },
)

it('a page is emptied once its file is verified, also when the process ends just then; repeats change nothing', async () => {
  const before = await readRows()
  await expect(
    archive((step) => {
      if (step === 'emptied') throw new Error('ended')
    }),
  ).rejects.toThrow('ended')
  expect(await archive()).toEqual({ pages: before.length - 1 })
  expect(await archive()).toEqual({ pages: 0 })
  const after = await readRows()
  for (const [index, { body, file, id, sha }] of after.entries()) {
    expect([body, file, sha]).toEqual([
      null,
      expect.stringMatching(new RegExp(`^pages/${network.id}/\\d{4}-\\d{2}/${id}\\.json\\.gz$`)),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ])
    const stored = await loadPage(product.payload, id)
    expect(stored.body).toEqual(JSON.parse(before[index]?.body ?? ''))
  }
})

it('archived pages are replayed, and tried out in a dry run, with the same result', async () => {
  const before = await books()
  expect(before).toHaveLength(2)
  expect(await replay()).toEqual({ status: 'completed' })
  expect(await dryRun({ ...(await options()), isReplay: true })).toMatchObject({
    status: 'completed',
    counts: { created: 0, changed: 0 },
  })
  expect(await books()).toEqual(before)
})

it.each([
  ['missing', (file: string) => fs.rm(file)],
  ['changed', (file: string) => fs.appendFile(file, 'x')],
] as const)('a replay fails on a file that is %s, and moves nothing', async (what, harm) => {
  const [row] = await readRows()
  const file = path.join(dir, row?.file ?? '')
  const bytes = await fs.readFile(file)
  const before = await books()
  await harm(file)
  expect(await replay()).toMatchObject({ status: 'failed' })
  await expect(loadPage(product.payload, row?.id ?? '')).rejects.toThrow(what)
  expect(await books()).toEqual(before)
  await fs.writeFile(file, bytes)
  expect(await replay()).toEqual({ status: 'completed' })
})

it('a body cannot be emptied without the name of its file', async () => {
  await product.sql(`insert into network_pages (id, network_id, number, rows, body, observed_at)
    values (time_ordered_uuid(), '${network.id}', 1, 1, '{}', now())`)
  await expect(
    product.sql('update network_pages set body = null where body is not null'),
  ).rejects.toMatchObject({ cause: { constraint: 'network_pages_body_kept' } })
})
