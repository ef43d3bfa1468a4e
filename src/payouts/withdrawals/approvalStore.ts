import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** Stores approvals by one person of the present rounds of withdrawals. */
export const insertApprovals = async (
  db: Database,
  { by, now, withdrawals }: { by: string; withdrawals: readonly string[]; now: Date },
): Promise<void> => {
  if (withdrawals.length === 0) return
  const at = now.toISOString()
  await db.execute(sql`
    insert into withdrawal_approvals (id, withdrawal_id, by_id, round, at, created_at, updated_at)
    select time_ordered_uuid(), w.id, ${by}, w.round, ${at}, ${at}, ${at}
    from jsonb_array_elements_text(${JSON.stringify(withdrawals)}::jsonb) given
    join withdrawals w on w.id = given::uuid`)
}

/** Returns who ever approved a withdrawal, in any round. */
export const loadApprovers = async (db: Database, withdrawal: string): Promise<string[]> => {
  const { rows } = await db.execute<{ by: string }>(sql`
    select distinct by_id::text as by from withdrawal_approvals
    where withdrawal_id = ${withdrawal}`)
  return rows.map(({ by }) => by)
}
