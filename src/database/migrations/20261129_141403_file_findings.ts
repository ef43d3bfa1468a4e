import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE INDEX "network_transactions_unmapped" ON "network_transactions" USING btree ("network_id") WHERE status = 'unknown';
  CREATE INDEX "network_transactions_below_zero" ON "network_transactions" USING btree ("network_id") WHERE commission_minor < 0;
  CREATE INDEX "statement_lines_unknown" ON "statement_lines" USING btree ("statement_id") WHERE result = 'unknown';`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP INDEX "network_transactions_unmapped";
  DROP INDEX "network_transactions_below_zero";
  DROP INDEX "statement_lines_unknown";`)
}
