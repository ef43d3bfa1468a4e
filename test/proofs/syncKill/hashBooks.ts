import type { Client } from 'pg'

/**
 * Computes a digest of each part of the books, to compare two databases. Ids of rows differ between
 * them, so rows are identified by the network and its id of the transaction. Members have the same
 * ids.
 */
export const hashBooks = async (client: Client): Promise<Record<string, string>> => {
  const hashes: Record<string, string> = {}
  for (const [name, text] of Object.entries(PARTS)) {
    const { rows } = await client.query<{ digest: string; count: string }>(
      `select md5(coalesce(string_agg(line, E'\\n' order by line), '')) as digest, count(*) as count
       from (${text}) t (line)`,
    )
    hashes[name] = `${rows[0]?.count ?? '?'} ${rows[0]?.digest ?? ''}`
  }
  return hashes
}

const TRANSACTION = `from network_transactions s join networks n on n.id = s.network_id`
const EVENT = `from cashback_events e join network_transactions s on s.id = e.transaction_id
  join networks n on n.id = s.network_id`

const PARTS = {
  transactions: `select concat_ws('|', n.name, s.external_id, s.status, s.commission_minor, s.currency,
    s.member_id, s.content_hash) ${TRANSACTION}`,
  events: `select concat_ws('|', n.name, s.external_id, e.status, e.amount_minor, e.credited_minor,
    e.postings, e.currency, e.member_id) ${EVENT}`,
  transfers: `select concat_ws('|', n.name, s.external_id, split_part(t.key, ':', 3), t.kind,
    t.amount_minor, t.currency, f.owner_id, o.owner_id)
    from wallet_transactions t join cashback_events e on e.id = t.cashback_event_id
    join network_transactions s on s.id = e.transaction_id join networks n on n.id = s.network_id
    join wallets f on f.id = t.from_wallet_id join wallets o on o.id = t.to_wallet_id`,
  balances: `select concat_ws('|', owner_id, kind, currency, balance_minor, version) from wallets`,
  messages: `select concat_ws('|', user_id, template, channel, count(*)) from notifications
    where user_id is not null group by user_id, template, channel`,
}
