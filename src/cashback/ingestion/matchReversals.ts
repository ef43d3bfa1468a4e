import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import {
  allocateReversals,
  type OpenOrder,
  type UnmatchedReversal,
} from '../../domain/cashback/allocateReversals.ts'
import { attributionClick, isEffective, isOfProgram } from './transactionStore/transactionSql.ts'
import { linkReversals } from './transactionStore/linkReversals.ts'

/**
 * Matches unmatched reversals to orders of the same click, currency and programme, by
 * `allocateReversals`; one without a programme if the click has orders of one only. A click has one member and one rate, unless people assigned its orders to
 * others. So for any of its orders, the same amount comes back from the same wallet. All such
 * reversals of the clicks of these transactions are matched again, so that the order in which they
 * arrive does not matter. A reversal that the network itself matches keeps its order. Returns the
 * ids of the reversals that now have another order, or none, and of the transactions of their
 * former orders.
 */
export const matchReversals = async (db: Database, ids: string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const reversals = await loadUnmatchedReversals(db, ids)
  if (reversals.length === 0) return []
  const orders = await loadOpenOrders(db, [...new Set(reversals.map(({ click }) => click))])
  const changed = matchAll(withOnlyProgram(reversals, orders), orders)
    .filter(({ order, reversal }) => reversal.reversalOf !== order)
    .map(({ order, reversal }) => ({ id: reversal.id, was: reversal.reversalOf, order }))
  return linkReversals(db, changed)
}

/** An unmatched reversal, with the order of its last match. */
type StoredReversal = UnmatchedReversal & {
  id: string
  network: string
  click: string
  currency: string
  programId: string | null
  reversalOf: string | null
  /** False if it is declined, unknown or provisional: it then takes nothing off its order. */
  isCounted: boolean
}

/**
 * Loads the unmatched reversals of all clicks of these transactions, and of the clicks of orders
 * that these transactions reverse: each of them may now match another order.
 */
const loadUnmatchedReversals = async (db: Database, ids: string[]): Promise<StoredReversal[]> => {
  const { rows } = await db.execute<
    Omit<StoredReversal, 'takesMinor'> & { takesMinor: string }
  >(sql`
    with given as materialized (
      select network_id, ${attributionClick(sql`t`)} as click_id, reversal_of
      from network_transactions t
      where id in (
        select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
      )
    ), clicked as materialized (
      select network_id, click_id from given where click_id is not null
      union
      select o.network_id, ${attributionClick(sql`o`)}
      from given t
      join network_transactions o
        on o.network_id = t.network_id and o.order_id = t.reversal_of
          and ${attributionClick(sql`o`)} is not null
    )
    select r.id::text,
      r.external_id as "externalId",
      r.network_id::text as network,
      r.click_id::text as click,
      r.currency,
      r.program_id as "programId",
      r.reversal_of as "reversalOf",
      -r.commission_minor as "takesMinor",
      to_json(r.event_at) #>> '{}' as "eventAt",
      ${isEffective(sql`r`)} as "isCounted"
    from clicked
    join network_transactions r on r.click_id = clicked.click_id and r.network_id = clicked.network_id
    where r.commission_minor < 0 and r.order_id is null
      and (r.reversal_of is null or r.is_reversal_inferred)`)
  return rows.map((row) => ({ ...row, takesMinor: Number(row.takesMinor) }))
}

/** An order of a click, in one currency and of one programme. */
type StoredOrder = OpenOrder & {
  network: string
  click: string
  currency: string
  programId: string | null
}

/**
 * Loads the orders of these attribution clicks. `leftMinor` is the commission of all transactions
 * of the order, less the reversals that the network itself matches to it. The time of an order is
 * that of its first transaction. The union uses the index of each of the two click columns.
 */
const loadOpenOrders = async (db: Database, clicks: string[]): Promise<StoredOrder[]> => {
  const { rows } = await db.execute<Omit<StoredOrder, 'leftMinor'> & { leftMinor: string }>(sql`
    with wanted as materialized (
      select value::uuid as click_id
      from jsonb_array_elements_text(${JSON.stringify(clicks)}::jsonb)
    ), found as materialized (
      select s.id, s.click_id
      from wanted
      join network_transactions s on s.click_id = wanted.click_id
      where s.reported_click_id is null
      union all
      select s.id, s.reported_click_id
      from wanted
      join network_transactions s on s.reported_click_id = wanted.click_id
    )
    select o.network_id::text as network,
      found.click_id::text as click,
      o.currency,
      o.program_id as "programId",
      o.order_id as "orderId",
      to_json(min(o.event_at)) #>> '{}' as "eventAt",
      sum(o.commission_minor) + least(0, coalesce((
        select sum(x.commission_minor)
        from network_transactions x
        where x.network_id = o.network_id
          and x.reversal_of = o.order_id
          and x.is_reversal_inferred is not true
          and x.currency = o.currency
          and ${isOfProgram({ reversal: sql`x`, order: sql`o` })}
          and ${isEffective(sql`x`)}
      ), 0)) as "leftMinor"
    from found
    join network_transactions o on o.id = found.id
    where o.reversal_of is null and o.order_id is not null and o.commission_minor > 0
      and ${isEffective(sql`o`)}
    group by o.network_id, found.click_id, o.currency, o.program_id, o.order_id`)
  return rows.map((row) => ({ ...row, leftMinor: Number(row.leftMinor) }))
}

/**
 * A reversal without a programme is of the programme of its click's orders, if they all have the
 * same one.
 */
const withOnlyProgram = (reversals: StoredReversal[], orders: StoredOrder[]): StoredReversal[] => {
  const keyOf = ({ click, currency, network }: Omit<Group, 'programId'>) =>
    JSON.stringify([network, click, currency])
  const programs = new Map<string, Set<string | null>>()
  for (const order of orders) {
    const known = programs.get(keyOf(order)) ?? new Set()
    programs.set(keyOf(order), known.add(order.programId))
  }
  return reversals.map((reversal) => {
    const [only = null, ...others] = programs.get(keyOf(reversal)) ?? []
    if (reversal.programId !== null || others.length > 0) return reversal
    return { ...reversal, programId: only }
  })
}

type Match = { reversal: StoredReversal; order: string | null }

const matchAll = (reversals: StoredReversal[], orders: StoredOrder[]): Match[] => {
  const ordersOfGroup = groupForMatching(orders)
  return [...groupForMatching(reversals)].flatMap(([key, group]) => {
    const open = ordersOfGroup.get(key) ?? []
    const counted = group.filter(({ isCounted }) => isCounted)
    const allocated = allocateReversals({ orders: open, reversals: counted })
    return group.map((reversal) => {
      // A reversal that does not count reserves nothing but is still listed with its order.
      const own = reversal.isCounted
        ? allocated
        : allocateReversals({ orders: open, reversals: [reversal] })
      return { reversal, order: own.get(reversal.externalId) ?? null }
    })
  })
}

type Group = Pick<StoredOrder, 'click' | 'currency' | 'network' | 'programId'>

const groupForMatching = <T extends Group>(all: T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = JSON.stringify([one.network, one.click, one.currency, one.programId])
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
