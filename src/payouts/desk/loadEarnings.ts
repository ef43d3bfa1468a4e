import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { creditsBehind } from './creditsBehind.ts'

/** One credit behind a balance, in minor units, less what was taken back of it. */
export type Earning = {
  kind: 'adjustment' | 'cashback' | 'commission'
  /** The id of the commission, cashback event or adjustment. */
  id: string
  /** The payment of a commission. */
  payment: string | null
  /** What it came from: the payer, the shop, or the reason of the adjustment. */
  source: string
  /** The reference of the payment, or the order; empty without one. */
  reference: string
  at: string
  netMinor: number
  state: 'final' | 'refundable'
}

export type Earnings = {
  rows: Earning[]
  count: number
  totalMinor: number
  refundableMinor: number
  /** Sums by kind; a kind without credits is missing. */
  kinds: { kind: Earning['kind']; count: number; minor: number }[]
}

/** The earnings that are listed; the sums are of all. */
const MAX_EARNINGS = 50

type Wallet = { member: string; currency: string; now: Date }

/** Loads the earnings behind a member's balance of one currency, newest first. */
export const loadEarnings = async (
  db: Database,
  { currency, member, now }: Wallet,
): Promise<Earnings> => {
  const credits = creditsBehind({
    member: sql`${member}::uuid`,
    currency: sql`${currency}::text`,
    now,
  })
  const { rows } = await db.execute<Earning>(sql`
    select c.kind,
      c.cause::text as id,
      o.payment_id::text as payment,
      coalesce(
        payer.name, payer.email, m.name, s.merchant_name, j.reason, 'An entry') as source,
      coalesce(p.reference, s.order_id, s.external_id, '') as reference,
      to_json(c.at) #>> '{}' as at,
      c.net_minor::float8 as "netMinor",
      c.state
    from ${credits} c
    left join commissions o on c.kind = 'commission' and o.id = c.cause
    left join payments p on p.id = o.payment_id
    left join users payer on payer.id = o.payer_id
    left join cashback_events e on c.kind = 'cashback' and e.id = c.cause
    left join network_transactions s on s.id = e.transaction_id
    left join merchants m on m.id = e.merchant_id
    left join adjustments j on c.kind = 'adjustment' and j.id = c.cause
    order by c.at desc, c.cause`)
  return { ...sum(rows), rows: rows.slice(0, MAX_EARNINGS) }
}

const sum = (rows: readonly Earning[]): Omit<Earnings, 'rows'> => {
  const kinds = new Map<Earning['kind'], { count: number; minor: number }>()
  for (const { kind, netMinor } of rows) {
    const { count, minor } = kinds.get(kind) ?? { count: 0, minor: 0 }
    kinds.set(kind, { count: count + 1, minor: minor + netMinor })
  }
  const total = (some: readonly Earning[]) => some.reduce((minor, row) => minor + row.netMinor, 0)
  return {
    count: rows.length,
    totalMinor: total(rows),
    refundableMinor: total(rows.filter(({ state }) => state === 'refundable')),
    kinds: [...kinds].map(([kind, sums]) => ({ kind, ...sums })),
  }
}
