import { createMerchant, createNetwork } from '../support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../support/factories.ts'
import { insertClick } from '../support/insertRows.ts'
import type { Product } from '../support/startProduct.ts'

type LineError = { line: number; code: string; detail: string }
type UnmappedStatus = { status: string; count: number }
export type Imported = {
  rows: number
  changed: number
  refused: number
  errors: LineError[]
  unmappedStatuses: UnmappedStatus[]
}
type Transaction = {
  status: string
  commission: number
  sale: number | null
  orderId: string | null
  eventAt: string
  changedAt: string | null
  member: string | null
  event: string | null
  credit: number
}

/** Before all orders of the cases: an order follows its click. */
const CLICKED_AT = '2026-10-01T00:00:00Z'
const CLICKS = 6

/**
 * Creates a network that is read from files with these settings, and a member with six clicks
 * there, who earns 70 %. The texts that it imports name the clicks as `{{click1}}` and so on.
 */
export const openFileNetwork = async (product: Product, settings: object) => {
  const { payload } = product
  const member = (await createUser(payload)).id
  const { id: network, name } = await createNetwork(payload, { adapter: 'csv', settings })
  const merchant = (await createMerchant(payload)).id
  const finance = await signIn(payload, await createUser(payload, { role: 'finance' }))
  const clicks: string[] = []
  for (let n = 0; n < CLICKS; n += 1) {
    const click = { member, merchant, network, at: CLICKED_AT }
    clicks.push((await insertClick(product, click)).clickId)
  }
  const fill = (text: string): string =>
    text
      .replaceAll(/\{\{click(\d)\}\}/g, (_all, n: string) => clicks[Number(n) - 1] ?? '')
      .replaceAll(/\{\{CLICK(\d)\}\}/g, (_all, n: string) =>
        (clicks[Number(n) - 1] ?? '').toUpperCase(),
      )
  const post = <Body>(path: string, text: string) =>
    product.rest<Body>('POST', `/api/networks/${network}/${path}`, {
      authorization: finance,
      body: fill(text),
      headers: { 'Content-Type': 'text/csv' },
    })
  return {
    network,
    name,
    member,
    finance,
    /** Imports a text as finance does; `query` is such as `?dryRun=true`. */
    importText: (text: string, query = '') => post<Imported>(`import${query}`, text),
    payStatement: <Body>(text: string, query: string) => post<Body>(`statements?${query}`, text),
    wallet: (currency: string) => readBalance(payload, member, currency),
    /** The stored transaction with this id, and its cashback. Amounts in minor units. */
    transaction: async (externalId: string): Promise<Transaction | undefined> =>
      (
        await product.sql<Transaction>(
          `select t.status::text,
             t.commission_minor::int as commission,
             t.sale_minor::int as sale,
             t.order_id as "orderId",
             to_char(t.event_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "eventAt",
             to_char(t.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "changedAt",
             t.member_id::text as member,
             e.status::text as event,
             coalesce(e.credited_minor, 0)::int as credit
           from network_transactions t left join cashback_events e on e.transaction_id = t.id
           where t.network_id = '${network}' and t.external_id = '${externalId}'`,
        )
      )[0],
    /** The messages about cashback that the member gets, with their amounts, in order. */
    messages: () =>
      product.sql<{ template: string; data: Record<string, unknown> }>(
        `select template, data from notifications
         where user_id = '${member}' and template like 'cashback-%' order by created_at, id`,
      ),
  }
}

/** The code of the refused line of a file; null if the line was read. */
export const codeOfLine = ({ errors }: Imported, line: number): string | null =>
  errors.find((error) => error.line === line)?.code ?? null
