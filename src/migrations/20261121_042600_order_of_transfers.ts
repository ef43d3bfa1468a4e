import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** The index that a member's list was slow along: see hooks/sortOwnTransfers.ts. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`drop index wallet_transactions_posted_at_idx`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql`create index wallet_transactions_posted_at_idx on wallet_transactions (posted_at)`,
  )
}
