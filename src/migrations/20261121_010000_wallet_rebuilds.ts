import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Up to which version a wallet's history was balanced anew: see src/ledger/rebuildWallet.ts. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`alter table wallets add column rebuilt_version bigint default 0 not null`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`alter table wallets drop column rebuilt_version`)
}
