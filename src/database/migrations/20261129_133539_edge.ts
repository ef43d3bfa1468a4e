import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "job_runs" ADD COLUMN "holder" numeric;
  ALTER TABLE "sync_requests" ADD COLUMN "lost_workers" numeric DEFAULT 0 NOT NULL;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "job_runs" DROP COLUMN "holder";
  ALTER TABLE "sync_requests" DROP COLUMN "lost_workers";`)
}
