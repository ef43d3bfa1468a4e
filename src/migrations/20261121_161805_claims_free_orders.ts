import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** A claim that was rejected keeps its order from nobody. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    alter table "cashback_claims" alter column "order_key" drop not null;
    update "cashback_claims" set order_key = null where status = 'rejected'`)
}

/** Orders that were claimed again meanwhile stay free: a rejected claim has its own id instead. */
export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    update "cashback_claims" set order_key = id::text where order_key is null;
    alter table "cashback_claims" alter column "order_key" set not null`)
}
