import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_account_changes_change" AS ENUM('created', 'role', 'password', 'email');
  CREATE TYPE "public"."enum_change_requests_status" AS ENUM('requested', 'applied', 'rejected', 'cancelled', 'superseded');
  CREATE TABLE "account_changes" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"account" varchar NOT NULL,
  	"changed_by" varchar NOT NULL,
  	"change" "enum_account_changes_change" NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "change_requests" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"subject" varchar NOT NULL,
  	"subject_id" varchar,
  	"title" varchar NOT NULL,
  	"changes" jsonb NOT NULL,
  	"secret" varchar,
  	"status" "enum_change_requests_status" DEFAULT 'requested' NOT NULL,
  	"requested_by_id" uuid NOT NULL,
  	"requested_at" timestamp(3) with time zone NOT NULL,
  	"takes_effect_at" timestamp(3) with time zone,
  	"decided_by_id" uuid,
  	"decided_at" timestamp(3) with time zone,
  	"by_operator" boolean DEFAULT false NOT NULL,
  	"reason" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "change_requests_decided_has_time" CHECK (("change_requests"."status"::text = 'requested') = ("change_requests"."decided_at" is null)),
  	CONSTRAINT "change_requests_two_people" CHECK ("change_requests"."status"::text <> 'applied' or "change_requests"."decided_by_id" <> "change_requests"."requested_by_id"),
  	CONSTRAINT "change_requests_applied_has_cause" CHECK ("change_requests"."status"::text <> 'applied' or "change_requests"."decided_by_id" is not null or "change_requests"."by_operator"
              or ("change_requests"."takes_effect_at" is not null and "change_requests"."takes_effect_at" <= "change_requests"."decided_at"))
  );
  
  ALTER TABLE "finance_config_second_person" ADD COLUMN "actor_above_minor" bigint;
  ALTER TABLE "finance_config" ADD COLUMN "cool_down_days" bigint DEFAULT 3 NOT NULL;
  ALTER TABLE "_finance_config_v_version_second_person" ADD COLUMN "actor_above_minor" bigint;
  ALTER TABLE "_finance_config_v" ADD COLUMN "version_cool_down_days" numeric DEFAULT 3 NOT NULL;
  ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  CREATE INDEX "account_changes_updated_at_idx" ON "account_changes" USING btree ("updated_at");
  CREATE INDEX "account_changes_created_at_idx" ON "account_changes" USING btree ("created_at");
  CREATE INDEX "changedBy_at_idx" ON "account_changes" USING btree ("changed_by","at");
  CREATE INDEX "change_requests_status_idx" ON "change_requests" USING btree ("status");
  CREATE INDEX "change_requests_requested_by_idx" ON "change_requests" USING btree ("requested_by_id");
  CREATE INDEX "change_requests_decided_by_idx" ON "change_requests" USING btree ("decided_by_id");
  CREATE INDEX "change_requests_updated_at_idx" ON "change_requests" USING btree ("updated_at");
  CREATE INDEX "change_requests_created_at_idx" ON "change_requests" USING btree ("created_at");
  CREATE INDEX "subject_subjectId_idx" ON "change_requests" USING btree ("subject","subject_id");
  ALTER TABLE "finance_config" ADD CONSTRAINT "finance_config_cool_down_days" CHECK ("finance_config"."cool_down_days" between 1 and 90);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "account_changes" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "change_requests" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "account_changes" CASCADE;
  DROP TABLE "change_requests" CASCADE;
  ALTER TABLE "finance_config" DROP CONSTRAINT "finance_config_cool_down_days";
  ALTER TABLE "finance_config_second_person" DROP COLUMN "actor_above_minor";
  ALTER TABLE "finance_config" DROP COLUMN "cool_down_days";
  ALTER TABLE "_finance_config_v_version_second_person" DROP COLUMN "actor_above_minor";
  ALTER TABLE "_finance_config_v" DROP COLUMN "version_cool_down_days";
  DROP TYPE "public"."enum_account_changes_change";
  DROP TYPE "public"."enum_change_requests_status";`)
}
