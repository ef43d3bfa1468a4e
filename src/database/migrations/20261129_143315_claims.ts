import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   DROP INDEX "merchant_orderKey_idx";
  CREATE UNIQUE INDEX "merchant_orderKey_member_idx" ON "cashback_claims" USING btree ("merchant_id","order_key","member_id");
  CREATE UNIQUE INDEX "cashback_claims_one_accepted" ON "cashback_claims" USING btree ("merchant_id","order_key") WHERE status = 'accepted';`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP INDEX "merchant_orderKey_member_idx";
  DROP INDEX "cashback_claims_one_accepted";
  CREATE UNIQUE INDEX "merchant_orderKey_idx" ON "cashback_claims" USING btree ("merchant_id","order_key");`)
}
