import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_adjustments_effect" AS ENUM('credit', 'debit', 'rebuild');
  CREATE TYPE "public"."enum_adjustments_status" AS ENUM('pending', 'posted', 'rejected');
  CREATE TYPE "public"."enum_job_runs_status" AS ENUM('running', 'completed', 'failed', 'skipped');
  CREATE TABLE "refunds" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"payment_id" uuid NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar,
  	"reason" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "refunds_amount_positive" CHECK ("refunds"."amount_minor" > 0),
  	CONSTRAINT "refunds_amount_countable" CHECK ("refunds"."amount_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "adjustments" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"member_id" uuid NOT NULL,
  	"effect" "enum_adjustments_effect" DEFAULT 'credit' NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar DEFAULT 'INR' NOT NULL,
  	"reason" varchar NOT NULL,
  	"status" "enum_adjustments_status" DEFAULT 'pending' NOT NULL,
  	"requested_by_id" uuid,
  	"decided_by_id" uuid,
  	"decided_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "adjustments_amount_fits_effect" CHECK (case when "adjustments"."effect"::text = 'rebuild' then "adjustments"."amount_minor" = 0 else "adjustments"."amount_minor" > 0 end),
  	CONSTRAINT "adjustments_amount_countable" CHECK ("adjustments"."amount_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "audit_logs" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"actor_id" uuid,
  	"actor_email" varchar,
  	"actor_role" varchar,
  	"action" varchar NOT NULL,
  	"subject" varchar NOT NULL,
  	"subject_id" varchar,
  	"reason" varchar,
  	"before" jsonb,
  	"after" jsonb,
  	"ip" varchar,
  	"user_agent" varchar,
  	"request_id" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "idempotency_keys" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"sender" varchar NOT NULL,
  	"key" varchar NOT NULL,
  	"request_hash" varchar NOT NULL,
  	"status" numeric NOT NULL,
  	"answer" jsonb NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "job_runs" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"job" varchar NOT NULL,
  	"status" "enum_job_runs_status" NOT NULL,
  	"started_at" timestamp(3) with time zone NOT NULL,
  	"ended_at" timestamp(3) with time zone,
  	"report" jsonb,
  	"error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "finance_config_second_person" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"above_minor" bigint DEFAULT 0 NOT NULL
  );
  
  CREATE TABLE "finance_config" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  CREATE TABLE "_finance_config_v_version_second_person" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"above_minor" bigint DEFAULT 0 NOT NULL,
  	"_uuid" varchar
  );
  
  CREATE TABLE "_finance_config_v" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"version_updated_at" timestamp(3) with time zone,
  	"version_created_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "wallets" ADD COLUMN "frozen_reason" varchar;
  ALTER TABLE "wallets" ADD COLUMN "verified_version" bigint DEFAULT 0 NOT NULL;
  ALTER TABLE "wallets" ADD COLUMN "verified_balance_minor" bigint DEFAULT 0 NOT NULL;
  ALTER TABLE "wallets" ADD COLUMN "verified_at" timestamp(3) with time zone;
  ALTER TABLE "wallet_transactions" ADD COLUMN "refund_id" uuid;
  ALTER TABLE "wallet_transactions" ADD COLUMN "adjustment_id" uuid;
  ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "finance_config_second_person" ADD CONSTRAINT "finance_config_second_person_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."finance_config"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_finance_config_v_version_second_person" ADD CONSTRAINT "_finance_config_v_version_second_person_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_finance_config_v"("id") ON DELETE cascade ON UPDATE no action;
  CREATE UNIQUE INDEX "refunds_reference_idx" ON "refunds" USING btree ("reference");
  CREATE INDEX "refunds_payment_idx" ON "refunds" USING btree ("payment_id");
  CREATE INDEX "refunds_updated_at_idx" ON "refunds" USING btree ("updated_at");
  CREATE INDEX "refunds_created_at_idx" ON "refunds" USING btree ("created_at");
  CREATE INDEX "adjustments_member_idx" ON "adjustments" USING btree ("member_id");
  CREATE INDEX "adjustments_effect_idx" ON "adjustments" USING btree ("effect");
  CREATE INDEX "adjustments_status_idx" ON "adjustments" USING btree ("status");
  CREATE INDEX "adjustments_requested_by_idx" ON "adjustments" USING btree ("requested_by_id");
  CREATE INDEX "adjustments_decided_by_idx" ON "adjustments" USING btree ("decided_by_id");
  CREATE INDEX "adjustments_updated_at_idx" ON "adjustments" USING btree ("updated_at");
  CREATE INDEX "adjustments_created_at_idx" ON "adjustments" USING btree ("created_at");
  CREATE INDEX "audit_logs_at_idx" ON "audit_logs" USING btree ("at");
  CREATE INDEX "audit_logs_actor_idx" ON "audit_logs" USING btree ("actor_id");
  CREATE INDEX "audit_logs_action_idx" ON "audit_logs" USING btree ("action");
  CREATE INDEX "audit_logs_subject_idx" ON "audit_logs" USING btree ("subject");
  CREATE INDEX "audit_logs_subject_id_idx" ON "audit_logs" USING btree ("subject_id");
  CREATE INDEX "audit_logs_updated_at_idx" ON "audit_logs" USING btree ("updated_at");
  CREATE INDEX "audit_logs_created_at_idx" ON "audit_logs" USING btree ("created_at");
  CREATE INDEX "idempotency_keys_updated_at_idx" ON "idempotency_keys" USING btree ("updated_at");
  CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys" USING btree ("created_at");
  CREATE UNIQUE INDEX "sender_key_idx" ON "idempotency_keys" USING btree ("sender","key");
  CREATE INDEX "job_runs_job_idx" ON "job_runs" USING btree ("job");
  CREATE INDEX "job_runs_status_idx" ON "job_runs" USING btree ("status");
  CREATE INDEX "job_runs_started_at_idx" ON "job_runs" USING btree ("started_at");
  CREATE INDEX "job_runs_updated_at_idx" ON "job_runs" USING btree ("updated_at");
  CREATE INDEX "job_runs_created_at_idx" ON "job_runs" USING btree ("created_at");
  CREATE INDEX "finance_config_second_person_order_idx" ON "finance_config_second_person" USING btree ("_order");
  CREATE INDEX "finance_config_second_person_parent_id_idx" ON "finance_config_second_person" USING btree ("_parent_id");
  CREATE INDEX "_finance_config_v_version_second_person_order_idx" ON "_finance_config_v_version_second_person" USING btree ("_order");
  CREATE INDEX "_finance_config_v_version_second_person_parent_id_idx" ON "_finance_config_v_version_second_person" USING btree ("_parent_id");
  CREATE INDEX "_finance_config_v_created_at_idx" ON "_finance_config_v" USING btree ("created_at");
  CREATE INDEX "_finance_config_v_updated_at_idx" ON "_finance_config_v" USING btree ("updated_at");
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_adjustment_id_adjustments_id_fk" FOREIGN KEY ("adjustment_id") REFERENCES "public"."adjustments"("id") ON DELETE restrict ON UPDATE no action;
  CREATE INDEX "wallet_transactions_refund_idx" ON "wallet_transactions" USING btree ("refund_id");
  CREATE INDEX "wallet_transactions_adjustment_idx" ON "wallet_transactions" USING btree ("adjustment_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "refunds" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "adjustments" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "audit_logs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "idempotency_keys" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "job_runs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "finance_config_second_person" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "finance_config" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_finance_config_v_version_second_person" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_finance_config_v" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "refunds" CASCADE;
  DROP TABLE "adjustments" CASCADE;
  DROP TABLE "audit_logs" CASCADE;
  DROP TABLE "idempotency_keys" CASCADE;
  DROP TABLE "job_runs" CASCADE;
  DROP TABLE "finance_config_second_person" CASCADE;
  DROP TABLE "finance_config" CASCADE;
  DROP TABLE "_finance_config_v_version_second_person" CASCADE;
  DROP TABLE "_finance_config_v" CASCADE;
  ALTER TABLE "wallet_transactions" DROP CONSTRAINT "wallet_transactions_refund_id_refunds_id_fk";
  
  ALTER TABLE "wallet_transactions" DROP CONSTRAINT "wallet_transactions_adjustment_id_adjustments_id_fk";
  
  DROP INDEX "wallet_transactions_refund_idx";
  DROP INDEX "wallet_transactions_adjustment_idx";
  ALTER TABLE "wallets" DROP COLUMN "frozen_reason";
  ALTER TABLE "wallets" DROP COLUMN "verified_version";
  ALTER TABLE "wallets" DROP COLUMN "verified_balance_minor";
  ALTER TABLE "wallets" DROP COLUMN "verified_at";
  ALTER TABLE "wallet_transactions" DROP COLUMN "refund_id";
  ALTER TABLE "wallet_transactions" DROP COLUMN "adjustment_id";
  DROP TYPE "public"."enum_adjustments_effect";
  DROP TYPE "public"."enum_adjustments_status";
  DROP TYPE "public"."enum_job_runs_status";`)
}
