import { randomUUID } from 'node:crypto'

import { type Payload, createLocalReq } from 'payload'
import type { Client } from 'pg'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { Network } from '../../src/cashback/networks/types.ts'
import { ingestPage } from '../../src/cashback/ingestion/ingestPage.ts'
import { type Figure, median } from './measure.ts'
import { openRawTransactions, upsertRaw } from './rawSales.ts'
import { pagesOf, withReport } from './report.ts'
import type { World } from './world.ts'

const WORDS = {
  strangers: 'of strangers',
  members: 'of members, with events, money and messages',
} as const
type Whose = keyof typeof WORDS

/**
 * Pages of a network's report as JSON, up to events and money, page by page in a transaction; raw:
 * the rows of these pages, already read, upserted into a bare table with the same columns.
 */
export const syncRows = (world: World): Promise<Figure[]> =>
  withReport(async (report) => {
    const client = world.clients[0] as Client
    await openRawTransactions(client)
    const figures: Figure[] = []
    for (const whose of ['strangers', 'members'] as const) {
      const taken = { fresh: [] as number[], unchanged: [] as number[], raw: [] as number[] }
      for (let turn = 0; turn < 3; turn += 1) {
        const { id, clickIds } = await anAccount(world, whose)
        const pages = await pagesOf(report, { clickIds, rows: world.isQuick ? 5_000 : 20_000 })
        taken.raw.push(await rateOf(pages, (page) => upsertRaw(client, id, report.read(page).rows)))
        const reduce = reducer(world.product.payload, report.network, id)
        taken.fresh.push(await rateOf(pages, reduce))
        taken.unchanged.push(await rateOf(pages, reduce))
      }
      figures.push(
        figure({ whose, kind: 'fresh', taken, least: 8_000 }),
        figure({ whose, kind: 'unchanged', taken, least: 20_000 }),
      )
    }
    return figures
  })

type Taken = Record<'fresh' | 'raw' | 'unchanged', number[]>
type Shown = { whose: Whose; kind: 'fresh' | 'unchanged'; taken: Taken; least: number }

const figure = ({ kind, least, taken, whose }: Shown): Figure => {
  const ours = median(taken[kind])
  return {
    name: `a network's pages, ${kind} transactions ${WORDS[whose]}`,
    unit: 'rows/s',
    ours,
    raw: median(taken.raw),
    goal: `≥ ${least}/s`,
    isMet: ours >= least,
  }
}

type Page = { text: string; rows: number }

const rateOf = async (pages: Page[], work: (page: string) => Promise<unknown>) => {
  const rows = pages.reduce((sum, page) => sum + page.rows, 0)
  const started = performance.now()
  for (const { text } of pages) await work(text)
  return Math.round(rows / ((performance.now() - started) / 1000))
}

const reducer = (payload: Payload, network: Network, id: string) => async (text: string) => {
  const page = network.readPage(JSON.parse(text))
  const req = await createLocalReq({}, payload)
  const batch = { network: id, run: null, number: 1, observedAt: new Date(), now: new Date() }
  await inTransaction(req, () => ingestPage(req, { ...batch, page }))
}

/** An account of its own for each turn, so that its transactions are new; and clicks of members at it. */
const anAccount = async (world: World, whose: Whose) => {
  const { payload, query } = world.product
  const name = randomUUID()
  const { id } = await payload.create({
    collection: 'networks',
    data: { name, adapter: 'vcommission' } as never,
    depth: 0,
  })
  const merchant = await payload.create({
    collection: 'merchants',
    data: { name: 'Bench', slug: `bench-${name}` } as never,
    depth: 0,
  })
  const clickIds = Array.from({ length: whose === 'members' ? 2_000 : 0 }, () =>
    randomUUID().replaceAll('-', '').slice(0, 27),
  )
  await query(
    `insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps, url)
     select time_ordered_uuid(), c.id, ($2::uuid[])[1 + c.n % 200], $3, $4, 'commission', 7000, 'x'
     from unnest($1::text[]) with ordinality as c (id, n)`,
    [clickIds, world.payers, merchant.id, id],
  )
  return { id, clickIds }
}
