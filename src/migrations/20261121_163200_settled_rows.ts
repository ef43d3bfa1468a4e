import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Rows in quarantine can be settled; those that are there get the page of their run that has them. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_quarantined_rows_settled_by" AS ENUM('replay', 'person');
  ALTER TABLE "quarantined_rows" ADD COLUMN "page_id" uuid;
  ALTER TABLE "quarantined_rows" ADD COLUMN "settled_at" timestamp(3) with time zone;
  ALTER TABLE "quarantined_rows" ADD COLUMN "settled_by" "enum_quarantined_rows_settled_by";
  ALTER TABLE "quarantined_rows" ADD COLUMN "person_id" uuid;
  ALTER TABLE "quarantined_rows" ADD COLUMN "reason" varchar;
  ALTER TABLE "quarantined_rows" ADD CONSTRAINT "quarantined_rows_page_id_network_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."network_pages"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "quarantined_rows" ADD CONSTRAINT "quarantined_rows_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "quarantined_rows_page_idx" ON "quarantined_rows" USING btree ("page_id");
  CREATE INDEX "quarantined_rows_person_idx" ON "quarantined_rows" USING btree ("person_id");
  CREATE INDEX "network_settledAt_idx" ON "quarantined_rows" USING btree ("network_id","settled_at");
  UPDATE "quarantined_rows" q SET page_id = p.id FROM "network_pages" p
    WHERE p.run_id = q.run_id AND position(q.raw::text in p.body::text) > 0;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "quarantined_rows" DROP CONSTRAINT "quarantined_rows_page_id_network_pages_id_fk";
  
  ALTER TABLE "quarantined_rows" DROP CONSTRAINT "quarantined_rows_person_id_users_id_fk";
  
  DROP INDEX "quarantined_rows_page_idx";
  DROP INDEX "quarantined_rows_person_idx";
  DROP INDEX "network_settledAt_idx";
  ALTER TABLE "quarantined_rows" DROP COLUMN "page_id";
  ALTER TABLE "quarantined_rows" DROP COLUMN "settled_at";
  ALTER TABLE "quarantined_rows" DROP COLUMN "settled_by";
  ALTER TABLE "quarantined_rows" DROP COLUMN "person_id";
  ALTER TABLE "quarantined_rows" DROP COLUMN "reason";
  DROP TYPE "public"."enum_quarantined_rows_settled_by";`)
}
