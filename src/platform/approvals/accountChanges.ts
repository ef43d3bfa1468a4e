import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import {
  ACCOUNT_CHANGES,
  type AccountChange,
  type AccountLink,
} from '../../domain/approvals/refuseApprover.ts'
import { type Database, dbIn } from '../../database/dbIn.ts'

/**
 * Records what one person did to the account of another, in the transaction that does it. The rows
 * are append-only and decide who counts as a second person.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const recordAccountChanges = async (
  req: PayloadRequest,
  { account, at, by, changes }: { account: string; by: string; changes: AccountChange[]; at: Date },
): Promise<void> => {
  if (changes.length === 0 || by === account) return
  const db = await dbIn(req)
  await db.execute(sql`
    insert into account_changes (id, account, changed_by, change, at, created_at, updated_at)
    select time_ordered_uuid(), ${account}, ${by}, c::enum_account_changes_change,
      ${at.toISOString()}, ${at.toISOString()}, ${at.toISOString()}
    from jsonb_array_elements_text(${JSON.stringify(changes)}::jsonb) c`)
}

/**
 * Returns the latest change of an account by a person since an instant; also through accounts that
 * the person changed in the same time, as whoever makes an account can act with it. Null without one.
 * `kinds` limits the changes of the account itself.
 */
export const findAccountLink = async (
  db: Database,
  {
    account,
    by,
    kinds = ACCOUNT_CHANGES,
    since,
  }: { account: string; by: string; since: Date; kinds?: readonly AccountChange[] },
): Promise<AccountLink | null> => {
  const from = since.toISOString()
  const { rows } = await db.execute<{ change: AccountChange; at: string }>(sql`
    with recursive reached as (
      select account, change, at from account_changes where changed_by = ${by} and at > ${from}
      union
      select c.account, c.change, c.at
      from account_changes c
      join reached r on c.changed_by = r.account
      where c.at > ${from}
    )
    select change::text, to_json(at) #>> '{}' as at from reached
    where account = ${account}
      and change::text in (select jsonb_array_elements_text(${JSON.stringify(kinds)}::jsonb))
    order by reached.at desc
    limit 1`)
  const [row] = rows
  return row ? { change: row.change, at: new Date(row.at) } : null
}
