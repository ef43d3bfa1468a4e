import { randomUUID } from 'node:crypto'

import { createLocalReq, type Payload } from 'payload'

import { ingestPage } from '../../src/cashback/ingestion/ingestPage.ts'
import type { TransactionPage, TransactionRow } from '../../src/cashback/networks/types.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import type { Merchant, Network } from '../../src/payload-types.ts'
import { hoursAgo, instantOf } from './instants.ts'
import type { Product } from './startProduct.ts'

/** Creates a network of VCommission by default; a test states only what it is about. */
export const createNetwork = (payload: Payload, over: object = {}): Promise<Network> =>
  payload.create({
    collection: 'networks',
    data: { name: randomUUID(), adapter: 'vcommission', ...over } as never,
    depth: 0,
  })

/** Creates a merchant that no network leads to. */
export const createMerchant = (payload: Payload, over: object = {}): Promise<Merchant> =>
  payload.create({
    collection: 'merchants',
    data: { name: 'Corner & Co', slug: `m-${randomUUID()}`, ...over } as never,
    depth: 0,
  })

/** A merchant and its network, by their ids, and the merchant's slug. */
export type MerchantIds = { merchant: string; network: string; slug: string }

/** Creates a network and a merchant with programme 31 there; `over` changes the merchant. */
export const createMerchantAtNetwork = async (
  payload: Payload,
  over: Partial<Pick<Merchant, 'categories' | 'isActive' | 'rateBasis' | 'rateBps'>> = {},
): Promise<{ merchant: Merchant; network: Network; ids: MerchantIds }> => {
  const network = await createNetwork(payload)
  const merchant = await createMerchant(payload, {
    programs: [
      {
        network: network.id,
        programId: PROGRAM_ID,
        trackingUrl: 'https://track.example.test/go?a=1',
      },
    ],
    deepLinkHosts: ['shop.example', 'www.shop.example'],
    ...over,
  })
  const ids = { merchant: merchant.id, network: network.id, slug: merchant.slug }
  return { merchant, network, ids }
}

const PROGRAM_ID = '31'

/** Builds a row of a page: an approved transaction of day 0, with a commission of 50.00. */
export const buildTransactionRow = (over: Partial<TransactionRow> = {}): TransactionRow => ({
  externalId: '1',
  isIdGenerated: false,
  orderId: '1',
  subId: null,
  programId: null,
  programName: 'Corner & Co',
  status: 'approved',
  rawStatus: 'approved',
  saleMinor: 100_000,
  commissionMinor: 5_000,
  currency: 'INR',
  eventAt: instantOf(0).toISOString(),
  clickedAt: null,
  changedAt: null,
  reversalOf: null,
  comment: null,
  raw: null,
  ...over,
})

/** Ingests a page of a network as if it was read at that instant. */
export const ingestPageAt = async (
  { payload }: Pick<Product, 'payload'>,
  { at, network, page }: { at: Date; network: string; page: TransactionPage },
) => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, () =>
    ingestPage(req, { networkId: network, runId: null, number: 1, page, observedAt: at, now: at }),
  )
}

/** Ingests these rows as one page of a network, as if it was read at that instant. */
export const ingestRowsAt = (
  product: Pick<Product, 'payload'>,
  { at, network, rows }: { at: Date; network: string; rows: TransactionRow[] },
) =>
  ingestPageAt(product, {
    at,
    network,
    page: { rows, rejected: [], raw: rows, total: rows.length },
  })

/**
 * Ingests transactions of the merchant of `createMerchantAtNetwork` in one page, read now: of two
 * hours ago, with a commission of 124.95 and without an order number, unless they name others.
 */
export const ingestTransactions = async (
  product: Product,
  { network }: Pick<MerchantIds, 'network'>,
  transactions: Partial<TransactionRow>[],
): Promise<void> => {
  // One time for all rows: a reversal is never earlier than its order.
  const eventAt = hoursAgo(2)
  const rows = transactions.map((transaction) =>
    buildTransactionRow({
      externalId: 'o1',
      orderId: null,
      programId: PROGRAM_ID,
      // Above the commission, which would be quarantined otherwise.
      saleMinor: Math.max(249_900, 10 * (transaction.commissionMinor ?? 0)),
      commissionMinor: 12_495,
      eventAt,
      ...transaction,
    }),
  )
  await ingestRowsAt(product, { network, rows, at: new Date() })
}

/** Ingests one such transaction, by default unattributed. Returns the id of its row. */
export const ingestTransaction = async (
  product: Product,
  merchant: Pick<MerchantIds, 'network'>,
  over: Partial<TransactionRow> = {},
): Promise<string> => {
  const externalId = over.externalId ?? randomUUID()
  await ingestTransactions(product, merchant, [{ externalId, ...over }])
  const [row] = await product.sql<{ id: string }>(
    `select id from network_transactions where external_id = '${externalId}'`,
  )
  return row?.id ?? ''
}
