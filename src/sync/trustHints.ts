import { sql } from '@payloadcms/db-postgres'

import { cashbackOf } from '../domain/cashback.ts'
import { isFurther } from '../domain/sale.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { Hint } from './keepHints.ts'
import { loadSales, type Sale } from './loadSales.ts'
import type { PostbackNetwork } from './postbackNetwork.ts'
import type { Batch } from './types.ts'

type Trusted = Pick<Batch, 'now' | 'observedAt'> & { network: PostbackNetwork; hints: Hint[] }

/**
 * Believes what a trusted network's postbacks say of members' sales, as far as its cap goes, until
 * its API speaks. A postback tells no time of change and may come late, so it only ever moves a sale
 * on, and never one that is payable by the API's word or was looked at since. What it does not tell
 * stays. Answers the ids of sales that it changed.
 */
export const trustHints = async (
  db: Database,
  { hints, network, now, observedAt }: Trusted,
): Promise<string[]> => {
  if (!network.isTrusted || network.trustedCapMinor === null) return []
  const sales = await salesOf(db, network.id, hints)
  const believed = hints.filter(({ externalId, ...hint }) => {
    const sale = sales.get(externalId)
    const isSale = sale !== undefined && hint.commissionMinor >= 0
    return isSale && isWithin(network, sale, hint) && isNews(hint, sale)
  })
  if (believed.length === 0) return []
  const at = now.toISOString()
  const body = JSON.stringify(believed.map((hint) => ({ ...hint, raw: null })))
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions t set status = h.status::enum_network_transactions_status,
      standing_status = null, raw_status = h."rawStatus", commission_minor = h."commissionMinor",
      sale_minor = coalesce(h."saleMinor", t.sale_minor), observed_at = ${observedAt.toISOString()},
      changed_at = null, content_hash = 'postback', updated_at = ${at}
    from jsonb_to_recordset(${body}::jsonb) as h ("externalId" text, status text, "rawStatus" text,
      "commissionMinor" bigint, "saleMinor" bigint)
    where t.network_id = ${network.id} and t.external_id = h."externalId"
      and t.observed_at <= ${observedAt.toISOString()}
    returning t.id::text as id`)
  return rows.map(({ id }) => id)
}

const isNews = ({ status }: Pick<Hint, 'status'>, sale: Sale): boolean =>
  sale.status !== 'approved' && isFurther(status, sale.status)

type Said = Pick<Hint, 'commissionMinor' | 'currency' | 'saleMinor'>

/** The member's whole share, and what of it is in the wallet, are within what the network may move. */
const isWithin = (network: PostbackNetwork, sale: Sale, said: Said): boolean => {
  const { currency, trustedCapMinor } = network
  const amountMinor = cashbackOf({
    commissionMinor: said.commissionMinor,
    returnedMinor: sale.returnedMinor,
    saleMinor: said.saleMinor ?? sale.saleMinor,
    rate: sale.rate,
  })
  const most = Math.max(amountMinor, sale.event?.creditedMinor ?? 0)
  return said.currency === currency && sale.currency === currency && most <= (trustedCapMinor ?? 0)
}

/** Sales of nobody, and returns, are not among them. */
const salesOf = async (
  db: Database,
  network: string,
  hints: Hint[],
): Promise<Map<string, Sale>> => {
  const ids = JSON.stringify(hints.map(({ externalId }) => externalId))
  const { rows } = await db.execute<{ id: string; externalId: string }>(sql`
    select id::text, external_id as "externalId" from network_transactions
    where network_id = ${network} and return_of is null and commission_minor >= 0
      and external_id in (select jsonb_array_elements_text(${ids}::jsonb))`)
  const names = new Map(rows.map(({ externalId, id }) => [id, externalId]))
  const sales = await loadSales(db, [...names.keys()])
  return new Map(
    sales.flatMap((sale) => {
      const name = names.get(sale.id)
      return name === undefined ? [] : [[name, sale]]
    }),
  )
}
