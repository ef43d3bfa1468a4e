import type { Payload } from 'payload'
import type { Client } from 'pg'

import type { Network } from '../../src/cashback/networks/types.ts'
import { createMerchant, createNetwork, ingestPageAt } from '../support/cashbackFactories.ts'
import { insertClicks } from '../support/insertRows.ts'
import { type Figure, median } from './measure.ts'
import { createRawTransactions, upsertRawTransactions } from './rawTransactions.ts'
import { fetchPages, withReport } from './report.ts'
import type { World } from './world.ts'

const LABELS = {
  strangers: 'without a member',
  members: 'of members, with events, money and messages',
} as const
type Owners = keyof typeof LABELS

/**
 * Ingests the pages of a network's report from JSON to cashback events and transfers, one database
 * transaction for each page. Raw: the parsed rows are upserted into a bare table with the same
 * columns.
 */
export const syncRows = (world: World): Promise<Figure[]> =>
  withReport(async (report) => {
    const client = world.clients[0] as Client
    await createRawTransactions(client)
    const figures: Figure[] = []
    for (const owners of ['strangers', 'members'] as const) {
      const taken = { fresh: [] as number[], unchanged: [] as number[], raw: [] as number[] }
      for (let turn = 0; turn < 3; turn += 1) {
        const { id, clickIds } = await createAccount(world, owners)
        const pages = await fetchPages(report, { clickIds, rows: world.isQuick ? 5_000 : 20_000 })
        taken.raw.push(
          await measurePages(pages, (page) =>
            upsertRawTransactions(client, id, report.read(page).rows),
          ),
        )
        const ingest = ingestInto(world.product.payload, report.network, id)
        taken.fresh.push(await measurePages(pages, ingest))
        taken.unchanged.push(await measurePages(pages, ingest))
      }
      figures.push(
        figure({ owners, kind: 'fresh', taken, least: 8_000 }),
        figure({ owners, kind: 'unchanged', taken, least: 20_000 }),
      )
    }
    return figures
  })

type Taken = Record<'fresh' | 'raw' | 'unchanged', number[]>
type FigureInput = { owners: Owners; kind: 'fresh' | 'unchanged'; taken: Taken; least: number }

const figure = ({ kind, least, taken, owners }: FigureInput): Figure => {
  const ours = median(taken[kind])
  return {
    name: `a network's pages, ${kind} transactions ${LABELS[owners]}`,
    unit: 'rows/s',
    ours,
    raw: median(taken.raw),
    goal: `≥ ${least}/s`,
    isMet: ours >= least,
  }
}

type Page = { text: string; rows: number }

const measurePages = async (pages: Page[], work: (page: string) => Promise<unknown>) => {
  const rows = pages.reduce((sum, page) => sum + page.rows, 0)
  const started = performance.now()
  for (const { text } of pages) await work(text)
  return Math.round(rows / ((performance.now() - started) / 1000))
}

const ingestInto = (payload: Payload, network: Network, id: string) => async (text: string) => {
  const page = network.readPage(JSON.parse(text))
  await ingestPageAt({ payload }, { network: id, at: new Date(), page })
}

/**
 * Creates a new account for each turn, so that its transactions are new, and clicks of members at
 * it.
 */
const createAccount = async (world: World, owners: Owners) => {
  const { payload, query: sql } = world.product
  const { id } = await createNetwork(payload)
  const merchant = await createMerchant(payload)
  const clickIds = await insertClicks(
    { sql },
    {
      count: owners === 'members' ? 2_000 : 0,
      members: world.payers,
      merchant: merchant.id,
      network: id,
    },
  )
  return { id, clickIds }
}
