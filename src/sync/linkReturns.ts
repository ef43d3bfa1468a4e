import { sql } from '@payloadcms/db-postgres'

import { layReturns } from '../domain/layReturns.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { loadLoneReturns, type StoredReturn } from './loadLoneReturns.ts'
import { loadOrdersLeft, type StoredOrder } from './loadOrdersLeft.ts'

/**
 * Finds what returns take from where a network names no order: orders of the same click, currency
 * and shop, by `layReturns`. A click has one member and one rate, unless people gave its orders to
 * others, so whichever it was, the same comes back out of the same wallet. All such returns of the
 * clicks that these sales are of are laid anew, so that what came first does not matter; what a
 * network says itself stays as it is. Answers the ids of returns that have another place now, or
 * none, and of sales that they left.
 */
export const linkReturns = async (db: Database, ids: string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const returns = await loadLoneReturns(db, ids)
  if (returns.length === 0) return []
  const orders = await loadOrdersLeft(db, [...new Set(returns.map(({ click }) => click))])
  const moved = placed(returns, orders).filter(({ one, order }) => one.returnOf !== order)
  return moved.length > 0 ? save(db, moved) : []
}

type Placed = { one: StoredReturn; order: string | null }

const placed = (returns: StoredReturn[], orders: StoredOrder[]): Placed[] => {
  const rooms = groupsOf(orders)
  return [...groupsOf(returns)].flatMap(([key, all]) => {
    const room = rooms.get(key) ?? []
    const laid = layReturns({ orders: room, returns: all.filter((one) => one.isCounted) })
    return all.map((one) => {
      // What takes nothing stands in nobody's way, and is shown at an order all the same.
      const own = one.isCounted ? laid : layReturns({ orders: room, returns: [one] })
      return { one, order: own.get(one.externalId) ?? null }
    })
  })
}

type Group = Pick<StoredOrder, 'click' | 'currency' | 'network' | 'programId'>

const groupsOf = <T extends Group>(all: T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = JSON.stringify([one.network, one.click, one.currency, one.programId])
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

const save = async (db: Database, moved: Placed[]): Promise<string[]> => {
  const body = moved.map(({ one, order }) => ({ id: one.id, was: one.returnOf, order }))
  const { rows } = await db.execute<{ id: string }>(sql`
    with moved as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(body)}::jsonb) as m (id uuid, was text, "order" text)
    ), laid as (
      update network_transactions r
      set return_of = m."order", is_return_inferred = m."order" is not null
      from moved m where r.id = m.id returning r.id, r.network_id, m.was
    )
    select id::text from laid
    union select o.id::text from laid join network_transactions o
      on o.network_id = laid.network_id and o.order_id = laid.was`)
  return rows.map(({ id }) => id)
}
