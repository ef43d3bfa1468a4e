import type { Product } from './startProduct.ts'

type PastTransfer = {
  /** When it was posted, as ISO 8601. */
  at: string
  /** Minor units: in above zero, out below. */
  deltaMinor: number
  kind?: string
  reason?: string
}

/**
 * Inserts transfers of an owner's wallet at instants of the past, after those it has; the ledger
 * itself posts at the present instant only. Returns the wallet's id.
 */
export const insertWalletHistory = async (
  { sql }: Pick<Product, 'sql'>,
  owner: string,
  moves: PastTransfer[],
  { currency = 'INR', kind = 'available' } = {},
): Promise<string> => {
  const [ids] = await sql<{ wallet: string; platform: string }>(
    `select wallet_for('${owner}', '${kind}', '${currency}') as wallet,
      wallet_for(null, 'commission-expense', '${currency}') as platform`,
  )
  if (!ids) throw new Error('No wallet was made.')
  const rows = JSON.stringify(moves).replaceAll("'", "''")
  await sql(`
    insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id,
      amount_minor, currency, from_balance_after, from_version, to_balance_after, to_version, reason,
      occurred_at, posted_at, created_at, updated_at)
    select time_ordered_uuid(), 'history:' || gen_random_uuid(), 'none', m.kind,
      case when m.delta > 0 then '${ids.platform}' else '${ids.wallet}' end::uuid,
      case when m.delta > 0 then '${ids.wallet}' else '${ids.platform}' end::uuid,
      abs(m.delta), '${currency}',
      case when m.delta < 0 then m.after end, case when m.delta < 0 then m.version end,
      case when m.delta > 0 then m.after end, case when m.delta > 0 then m.version end,
      m.reason, m.at, m.at, m.at, m.at
    from (
      select (g.move ->> 'deltaMinor')::bigint as delta, (g.move ->> 'at')::timestamptz as at,
        coalesce(g.move ->> 'kind', case when (g.move ->> 'deltaMinor')::bigint > 0
          then 'commission' else 'clawback' end) as kind, g.move ->> 'reason' as reason,
        w.version + g.n as version,
        w.balance_minor + sum((g.move ->> 'deltaMinor')::bigint) over (order by g.n) as after
      from jsonb_array_elements('${rows}'::jsonb) with ordinality g (move, n),
        wallets w where w.id = '${ids.wallet}'
    ) m`)
  await sql(`
    update wallets w set balance_minor = w.balance_minor + m.sum, version = w.version + m.count,
      last_posted_at = m.at
    from (select sum((move ->> 'deltaMinor')::bigint) as sum, count(*) as count,
      max((move ->> 'at')::timestamptz) as at from jsonb_array_elements('${rows}'::jsonb) move) m
    where w.id = '${ids.wallet}'`)
  return ids.wallet
}
