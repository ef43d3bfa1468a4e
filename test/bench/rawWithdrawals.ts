import { randomUUID } from 'node:crypto'

import type { Client } from 'pg'

/** Writes the rows of an approval by one person, in three statements and nothing else. */
export const approveRaw = (client: Client, ids: string[], by: string): Promise<void> =>
  inOne(client, async () => {
    await client.query(
      `insert into withdrawal_approvals (id, withdrawal_id, by_id, round, at, created_at, updated_at)
       select gen_random_uuid(), id, $2, 1, now(), now(), now() from unnest($1::uuid[]) id`,
      [ids, by],
    )
    await client.query(
      `update withdrawals set status = 'approved', approved_at = now(), updated_at = now()
       where id = any ($1::uuid[])`,
      [ids],
    )
    await client.query(
      `insert into audit_logs (id, at, actor_role, action, subject, subject_id, created_at, updated_at)
       select gen_random_uuid(), now(), 'system', 'approve', 'withdrawals', id, now(), now()
       from unnest($1::uuid[]) id`,
      [ids],
    )
  })

/** Writes the rows of a batch: attempts, withdrawals, transfers, wallets and messages. */
export const batchRaw = (client: Client, ids: string[], by: string): Promise<void> =>
  inOne(client, async () => {
    const batch = randomUUID()
    await client.query(
      `insert into payout_batches (id, reference, bank_profile, profile, status, count, total_minor,
         currency, pay_date, file_name, created_by_id, created_at, updated_at)
       select $2::uuid, $2::text, 'raw', '{}', 'open', count(*), sum(w.net_minor), 'INR', now(), 'raw', $3,
         now(), now()
       from withdrawals w where w.id = any ($1::uuid[])`,
      [ids, batch, by],
    )
    await client.query(
      `insert into payout_attempts (id, withdrawal_id, number, key, driver, batch_id, amount_minor,
         currency, status, look_count, sent_at, created_at, updated_at)
       select gen_random_uuid(), w.id, 1, 'pa' || replace(gen_random_uuid()::text, '-', ''),
         w.driver, $2, w.net_minor, w.currency, 'sent', 0, now(), now(), now()
       from withdrawals w where w.id = any ($1::uuid[])`,
      [ids, batch],
    )
    await client.query(
      `update withdrawals set status = 'sent', sent_at = now(), attempt_count = 1,
         updated_at = now() where id = any ($1::uuid[])`,
      [ids],
    )
    await client.query(
      `update wallets l set balance_minor = l.balance_minor - w.net_minor, version = l.version + 1,
         last_posted_at = now(), updated_at = now()
       from withdrawals w
       where w.id = any ($1::uuid[]) and l.owner_id = w.member_id and l.kind = 'held'`,
      [ids],
    )
    await client.query(
      `insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id,
         amount_minor, currency, from_balance_after, from_version, withdrawal_id, occurred_at,
         posted_at, created_at, updated_at)
       select gen_random_uuid(), 'raw:' || w.id, '', 'payout', l.id, wallet_for(null, 'payouts', 'INR'),
         w.net_minor, w.currency, l.balance_minor, l.version, w.id, now(), now(), now(), now()
       from withdrawals w
       join wallets l on l.owner_id = w.member_id and l.kind = 'held' and l.currency = w.currency
       where w.id = any ($1::uuid[])`,
      [ids],
    )
    await client.query(
      `insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale,
         user_id, "to", data, attempt_count, next_attempt_at, created_at, updated_at)
       select gen_random_uuid(), 'raw:' || w.id, 'money', 'pending', 'email', 'raw', 'withdrawals',
         'en', u.id, u.email, '{}', 0, now(), now(), now()
       from withdrawals w join users u on u.id = w.member_id where w.id = any ($1::uuid[])`,
      [ids],
    )
  })

const inOne = async (client: Client, work: () => Promise<void>): Promise<void> => {
  await client.query('begin')
  await work()
  await client.query('commit')
}
