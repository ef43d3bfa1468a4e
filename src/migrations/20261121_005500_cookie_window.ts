import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "affiliation_config" ADD COLUMN "cookie_days" numeric DEFAULT 30 NOT NULL;
  ALTER TABLE "_affiliation_config_v" ADD COLUMN "version_cookie_days" numeric DEFAULT 30 NOT NULL;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "affiliation_config" DROP COLUMN "cookie_days";
  ALTER TABLE "_affiliation_config_v" DROP COLUMN "version_cookie_days";`)
}
