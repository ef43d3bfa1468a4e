import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Database } from '../../database/dbIn.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { openAccount } from '../methods/openAccount.ts'

/** Loads the order of one attempt, with its decrypted account. It stays in memory only. */
export const loadOrder = async (payload: Payload, key: string): Promise<PayoutOrder> => {
  const { drizzle } = payload.db as unknown as PostgresAdapter
  const [order] = await loadOrders(drizzle, { keys: [key], ...findPayouts(payload) })
  if (!order) throw new Error('The attempt is not there.')
  return order
}

type Ask = { keys: readonly string[]; encryptionKey: Buffer }

/** Loads the orders of attempts in the order of their keys, in one statement. */
export const loadOrders = async (
  db: Database,
  { encryptionKey, keys }: Ask,
): Promise<PayoutOrder[]> => {
  const { rows } = await db.execute<OrderRow>(sql`
    select a.key, ${columns}
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) with ordinality g (key, n)
    join payout_attempts a on a.key = g.key
    join withdrawals w on w.id = a.withdrawal_id
    join payout_methods m on m.id = w.method_id
    join users u on u.id = w.member_id
    order by g.n`)
  return rows.map((row) => toOrder(row, encryptionKey))
}

type DraftAsk = { withdrawals: readonly string[]; encryptionKey: Buffer }

/**
 * Loads orders as attempts of these withdrawals would have them, by the id of the withdrawal, to check
 * them before any attempt is made. The keys have the form of those of attempts.
 */
export const loadDraftOrders = async (
  db: Database,
  { encryptionKey, withdrawals }: DraftAsk,
): Promise<Map<string, PayoutOrder>> => {
  const { rows } = await db.execute<OrderRow & { id: string }>(sql`
    select w.id::text, 'pa' || replace(w.id::text, '-', '') as key, ${columns}
    from withdrawals w
    join payout_methods m on m.id = w.method_id
    join users u on u.id = w.member_id
    where w.id in (select jsonb_array_elements_text(${JSON.stringify(withdrawals)}::jsonb)::uuid)`)
  return new Map(rows.map(({ id, ...row }) => [id, toOrder(row, encryptionKey)]))
}

const columns = sql`
  w.net_minor::float8 as "amountMinor",
  w.currency,
  w.reference,
  m.id::text as method,
  m.sealed,
  u.id::text as "memberId",
  u.name,
  u.email,
  case when u.phone_verified_at is not null then u.phone end as phone`

type OrderRow = {
  key: string
  amountMinor: number
  currency: string
  reference: string
  method: string
  sealed: string
  memberId: string
  name: string | null
  email: string
  phone: string | null
}

const toOrder = (row: OrderRow, encryptionKey: Buffer): PayoutOrder => {
  const { amountMinor, currency, email, key, memberId, method, name, phone, reference, sealed } =
    row
  return {
    key,
    amountMinor,
    currency,
    account: openAccount({ encryptionKey, id: method, sealed }),
    narration: `Withdrawal ${reference}`.replaceAll(/[^a-zA-Z0-9 ]/g, '').slice(0, 30),
    recipient: { memberId, name: name ?? email, email, phone },
  }
}
