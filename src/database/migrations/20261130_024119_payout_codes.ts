import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "otp_challenges" ALTER COLUMN "phone" DROP NOT NULL;
  ALTER TABLE "otp_challenges" ADD COLUMN "purpose" varchar DEFAULT 'phone' NOT NULL;
  ALTER TABLE "otp_challenges" ADD COLUMN "subject" varchar;
  ALTER TABLE "otp_challenges" ADD COLUMN "email" varchar;`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DELETE FROM "otp_challenges" WHERE "phone" IS NULL; -- codes live for ten minutes
  ALTER TABLE "otp_challenges" ALTER COLUMN "phone" SET NOT NULL;
  ALTER TABLE "otp_challenges" DROP COLUMN "purpose";
  ALTER TABLE "otp_challenges" DROP COLUMN "subject";
  ALTER TABLE "otp_challenges" DROP COLUMN "email";`)
}
