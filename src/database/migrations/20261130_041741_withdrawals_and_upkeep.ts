import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_withdrawals_method_kind" AS ENUM('upi', 'bank-in', 'iban', 'paypal', 'gift-card');
  CREATE TYPE "public"."enum_withdrawals_status" AS ENUM('requested', 'on-hold', 'approved', 'sent', 'in-doubt', 'settled', 'failed', 'returned', 'rejected', 'cancelled');
  CREATE TYPE "public"."enum_payout_methods_kind" AS ENUM('upi', 'bank-in', 'iban', 'paypal', 'gift-card');
  CREATE TYPE "public"."enum_payout_methods_name_match" AS ENUM('match', 'partial', 'mismatch', 'unknown');
  CREATE TYPE "public"."enum_payout_methods_status" AS ENUM('unverified', 'active', 'removed');
  CREATE TYPE "public"."enum_payout_attempts_status" AS ENUM('sending', 'sent', 'in-doubt', 'settled', 'failed', 'returned');
  CREATE TYPE "public"."enum_payout_batches_status" AS ENUM('open', 'answered');
  CREATE TYPE "public"."enum_payout_config_rules_kind" AS ENUM('upi', 'bank-in', 'iban', 'paypal', 'gift-card');
  CREATE TYPE "public"."enum_payout_config_rules_fee_bearer" AS ENUM('member', 'platform');
  CREATE TYPE "public"."enum_payout_config_deductions_applies_to" AS ENUM('whole', 'excess');
  CREATE TYPE "public"."enum_payout_config_deductions_base" AS ENUM('payout', 'credit');
  CREATE TYPE "public"."enum__payout_config_v_version_rules_kind" AS ENUM('upi', 'bank-in', 'iban', 'paypal', 'gift-card');
  CREATE TYPE "public"."enum__payout_config_v_version_rules_fee_bearer" AS ENUM('member', 'platform');
  CREATE TYPE "public"."enum__payout_config_v_version_deductions_applies_to" AS ENUM('whole', 'excess');
  CREATE TYPE "public"."enum__payout_config_v_version_deductions_base" AS ENUM('payout', 'credit');
  CREATE TABLE "ledger_proofs" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"day" varchar NOT NULL,
  	"transfers" bigint NOT NULL,
  	"transfers_hash" varchar NOT NULL,
  	"audit_rows" bigint NOT NULL,
  	"audit_hash" varchar NOT NULL,
  	"previous_seal" varchar NOT NULL,
  	"seal" varchar NOT NULL,
  	"sealed_at" timestamp(3) with time zone NOT NULL,
  	"archived_at" timestamp(3) with time zone,
  	"archive_file" varchar,
  	"archive_sha256" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "ledger_proofs_day" CHECK ("ledger_proofs"."day" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  	CONSTRAINT "ledger_proofs_hashes" CHECK (concat_ws(',', "ledger_proofs"."transfers_hash", "ledger_proofs"."audit_hash", "ledger_proofs"."previous_seal", "ledger_proofs"."seal")
              ~ '^([0-9a-f]{64},){3}[0-9a-f]{64}$'),
  	CONSTRAINT "ledger_proofs_archive_complete" CHECK (num_nulls("ledger_proofs"."archived_at", "ledger_proofs"."archive_file", "ledger_proofs"."archive_sha256") in (0, 3))
  );
  
  CREATE TABLE "withdrawals" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"member_id" uuid NOT NULL,
  	"method_id" uuid NOT NULL,
  	"method_kind" "enum_withdrawals_method_kind" NOT NULL,
  	"driver" varchar NOT NULL,
  	"bank_profile" varchar,
  	"status" "enum_withdrawals_status" DEFAULT 'requested' NOT NULL,
  	"gross_minor" bigint NOT NULL,
  	"fee_minor" bigint NOT NULL,
  	"deduction_minor" bigint NOT NULL,
  	"net_minor" bigint NOT NULL,
  	"platform_fee_minor" bigint DEFAULT 0 NOT NULL,
  	"currency" varchar NOT NULL,
  	"quote" jsonb,
  	"tax_id_id" uuid,
  	"approvals_needed" bigint NOT NULL,
  	"round" bigint DEFAULT 1 NOT NULL,
  	"is_auto_approved" boolean DEFAULT false,
  	"approved_at" timestamp(3) with time zone,
  	"reason" varchar,
  	"advice" varchar,
  	"held_by_id" uuid,
  	"hold_owner_id" uuid,
  	"hold_lifted_by_id" uuid,
  	"hold_until" timestamp(3) with time zone,
  	"attempt_count" bigint DEFAULT 0 NOT NULL,
  	"next_attempt_at" timestamp(3) with time zone,
  	"is_paid_late" boolean DEFAULT false,
  	"bank_reference" varchar,
  	"sent_at" timestamp(3) with time zone,
  	"ended_at" timestamp(3) with time zone,
  	"returned_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "withdrawals_net_positive" CHECK ("withdrawals"."net_minor" > 0),
  	CONSTRAINT "withdrawals_gross_adds_up" CHECK ("withdrawals"."gross_minor" = "withdrawals"."net_minor" + "withdrawals"."fee_minor" + "withdrawals"."deduction_minor"
              and "withdrawals"."fee_minor" >= 0 and "withdrawals"."deduction_minor" >= 0 and "withdrawals"."platform_fee_minor" >= 0),
  	CONSTRAINT "withdrawals_gross_countable" CHECK ("withdrawals"."gross_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "withdrawals_hold_has_reason" CHECK ("withdrawals"."status"::text <> 'on-hold'
              or ("withdrawals"."reason" is not null and "withdrawals"."hold_owner_id" is not null and "withdrawals"."hold_until" is not null)),
  	CONSTRAINT "withdrawals_refusal_has_reason" CHECK ("withdrawals"."status"::text not in ('rejected', 'failed', 'returned') or "withdrawals"."reason" is not null)
  );
  
  CREATE TABLE "withdrawal_approvals" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"withdrawal_id" uuid NOT NULL,
  	"by_id" uuid NOT NULL,
  	"round" bigint NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "withdrawal_approvals_once" UNIQUE("withdrawal_id","round","by_id")
  );
  
  CREATE TABLE "payout_methods" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"member_id" uuid NOT NULL,
  	"kind" "enum_payout_methods_kind" NOT NULL,
  	"display" varchar NOT NULL,
  	"holder_name" varchar NOT NULL,
  	"name_match" "enum_payout_methods_name_match" NOT NULL,
  	"bank_code" varchar,
  	"bank_name" varchar,
  	"product" varchar,
  	"status" "enum_payout_methods_status" NOT NULL,
  	"verified_by" varchar,
  	"verified_at" timestamp(3) with time zone,
  	"usable_from" timestamp(3) with time zone,
  	"removed_at" timestamp(3) with time zone,
  	"fingerprint" varchar,
  	"sealed" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "payout_methods_active_is_verified" CHECK ("payout_methods"."status"::text <> 'active' or ("payout_methods"."verified_at" is not null and "payout_methods"."usable_from" is not null))
  );
  
  CREATE TABLE "payout_attempts" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"withdrawal_id" uuid NOT NULL,
  	"number" bigint NOT NULL,
  	"key" varchar NOT NULL,
  	"driver" varchar NOT NULL,
  	"batch_id" uuid,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"status" "enum_payout_attempts_status" NOT NULL,
  	"provider_id" varchar,
  	"bank_reference" varchar,
  	"code" varchar,
  	"detail" varchar,
  	"remedy" varchar,
  	"provider_fee_minor" bigint,
  	"sent_at" timestamp(3) with time zone,
  	"in_doubt_since" timestamp(3) with time zone,
  	"settled_at" timestamp(3) with time zone,
  	"failed_at" timestamp(3) with time zone,
  	"returned_at" timestamp(3) with time zone,
  	"next_look_at" timestamp(3) with time zone,
  	"look_count" bigint DEFAULT 0 NOT NULL,
  	"lease_until" timestamp(3) with time zone,
  	"late_status" varchar,
  	"late_at" timestamp(3) with time zone,
  	"late_answered_by_id" uuid,
  	"late_reason" varchar,
  	"lease_token" varchar,
  	"sealed_cards" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "payout_attempts_numbered" UNIQUE("withdrawal_id","number"),
  	CONSTRAINT "payout_attempts_amount_positive" CHECK ("payout_attempts"."amount_minor" > 0),
  	CONSTRAINT "payout_attempts_amount_countable" CHECK ("payout_attempts"."amount_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "payout_attempts_late_known" CHECK ("payout_attempts"."late_status" is null or "payout_attempts"."late_status" in ('open', 'paid', 'not-paid'))
  );
  
  CREATE TABLE "payout_batches" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"bank_profile" varchar NOT NULL,
  	"profile" jsonb NOT NULL,
  	"status" "enum_payout_batches_status" NOT NULL,
  	"count" bigint NOT NULL,
  	"total_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"pay_date" timestamp(3) with time zone NOT NULL,
  	"file_name" varchar NOT NULL,
  	"sha256" varchar,
  	"created_by_id" uuid,
  	"downloaded_at" timestamp(3) with time zone,
  	"sealed_contacts" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "payout_batches_not_empty" CHECK ("payout_batches"."count" > 0 and "payout_batches"."total_minor" > 0)
  );
  
  CREATE TABLE "payout_result_files" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"bank_profile" varchar NOT NULL,
  	"sha256" varchar NOT NULL,
  	"imported_by_id" uuid NOT NULL,
  	"counts" jsonb NOT NULL,
  	"lines" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "payout_result_files_once" UNIQUE("sha256")
  );
  
  CREATE TABLE "tax_ids" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"member_id" uuid NOT NULL,
  	"country" varchar NOT NULL,
  	"display" varchar NOT NULL,
  	"removed_at" timestamp(3) with time zone,
  	"fingerprint" varchar,
  	"sealed" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payout_config_rules" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"kind" "enum_payout_config_rules_kind" NOT NULL,
  	"is_on" boolean DEFAULT false,
  	"driver" varchar NOT NULL,
  	"bank_profile" varchar,
  	"min_minor" bigint DEFAULT 0 NOT NULL,
  	"max_minor" bigint DEFAULT 0 NOT NULL,
  	"member_day_minor" bigint DEFAULT 0 NOT NULL,
  	"actor_day_minor" bigint DEFAULT 0 NOT NULL,
  	"four_eyes_above_minor" bigint DEFAULT 0 NOT NULL,
  	"auto_approve_below_minor" bigint DEFAULT 0 NOT NULL,
  	"auto_approve_after_days" numeric DEFAULT 90 NOT NULL,
  	"auto_approve_after_settled" numeric DEFAULT 3 NOT NULL,
  	"cool_off_hours" numeric DEFAULT 72 NOT NULL,
  	"fee_fixed_minor" bigint DEFAULT 0 NOT NULL,
  	"fee_percent_bps" numeric DEFAULT 0 NOT NULL,
  	"fee_bearer" "enum_payout_config_rules_fee_bearer" DEFAULT 'member' NOT NULL,
  	CONSTRAINT "payout_config_rules_min_minor" CHECK ("payout_config_rules"."min_minor" between 0 and 9007199254740991),
  	CONSTRAINT "payout_config_rules_max_minor" CHECK ("payout_config_rules"."max_minor" between 0 and 9007199254740991),
  	CONSTRAINT "payout_config_rules_member_day_minor" CHECK ("payout_config_rules"."member_day_minor" between 0 and 9007199254740991),
  	CONSTRAINT "payout_config_rules_actor_day_minor" CHECK ("payout_config_rules"."actor_day_minor" between 0 and 9007199254740991),
  	CONSTRAINT "payout_config_rules_four_eyes_above_minor" CHECK ("payout_config_rules"."four_eyes_above_minor" between 0 and 9007199254740991),
  	CONSTRAINT "payout_config_rules_auto_approve_below_minor" CHECK ("payout_config_rules"."auto_approve_below_minor" between 0 and 9007199254740991),
  	CONSTRAINT "payout_config_rules_fee_fixed_minor" CHECK ("payout_config_rules"."fee_fixed_minor" between 0 and 9007199254740991)
  );
  
  CREATE TABLE "payout_config_deductions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"label" varchar NOT NULL,
  	"section" varchar,
  	"currency" varchar NOT NULL,
  	"from" timestamp(3) with time zone NOT NULL,
  	"to" timestamp(3) with time zone,
  	"rate_bps" numeric NOT NULL,
  	"rate_without_tax_id_bps" numeric NOT NULL,
  	"yearly_threshold_minor" bigint DEFAULT 0 NOT NULL,
  	"applies_to" "enum_payout_config_deductions_applies_to" DEFAULT 'whole' NOT NULL,
  	"base" "enum_payout_config_deductions_base" DEFAULT 'payout' NOT NULL,
  	"year_start" varchar DEFAULT '04-01' NOT NULL,
  	"time_zone" varchar DEFAULT 'Asia/Kolkata' NOT NULL
  );
  
  CREATE TABLE "payout_config" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"bank_profiles" jsonb,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  CREATE TABLE "_payout_config_v_version_rules" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"kind" "enum__payout_config_v_version_rules_kind" NOT NULL,
  	"is_on" boolean DEFAULT false,
  	"driver" varchar NOT NULL,
  	"bank_profile" varchar,
  	"min_minor" bigint DEFAULT 0 NOT NULL,
  	"max_minor" bigint DEFAULT 0 NOT NULL,
  	"member_day_minor" bigint DEFAULT 0 NOT NULL,
  	"actor_day_minor" bigint DEFAULT 0 NOT NULL,
  	"four_eyes_above_minor" bigint DEFAULT 0 NOT NULL,
  	"auto_approve_below_minor" bigint DEFAULT 0 NOT NULL,
  	"auto_approve_after_days" numeric DEFAULT 90 NOT NULL,
  	"auto_approve_after_settled" numeric DEFAULT 3 NOT NULL,
  	"cool_off_hours" numeric DEFAULT 72 NOT NULL,
  	"fee_fixed_minor" bigint DEFAULT 0 NOT NULL,
  	"fee_percent_bps" numeric DEFAULT 0 NOT NULL,
  	"fee_bearer" "enum__payout_config_v_version_rules_fee_bearer" DEFAULT 'member' NOT NULL,
  	"_uuid" varchar,
  	CONSTRAINT "_payout_config_v_version_rules_min_minor" CHECK ("_payout_config_v_version_rules"."min_minor" between 0 and 9007199254740991),
  	CONSTRAINT "_payout_config_v_version_rules_max_minor" CHECK ("_payout_config_v_version_rules"."max_minor" between 0 and 9007199254740991),
  	CONSTRAINT "_payout_config_v_version_rules_member_day_minor" CHECK ("_payout_config_v_version_rules"."member_day_minor" between 0 and 9007199254740991),
  	CONSTRAINT "_payout_config_v_version_rules_actor_day_minor" CHECK ("_payout_config_v_version_rules"."actor_day_minor" between 0 and 9007199254740991),
  	CONSTRAINT "_payout_config_v_version_rules_four_eyes_above_minor" CHECK ("_payout_config_v_version_rules"."four_eyes_above_minor" between 0 and 9007199254740991),
  	CONSTRAINT "_payout_config_v_version_rules_auto_approve_below_minor" CHECK ("_payout_config_v_version_rules"."auto_approve_below_minor" between 0 and 9007199254740991),
  	CONSTRAINT "_payout_config_v_version_rules_fee_fixed_minor" CHECK ("_payout_config_v_version_rules"."fee_fixed_minor" between 0 and 9007199254740991)
  );
  
  CREATE TABLE "_payout_config_v_version_deductions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"label" varchar NOT NULL,
  	"section" varchar,
  	"currency" varchar NOT NULL,
  	"from" timestamp(3) with time zone NOT NULL,
  	"to" timestamp(3) with time zone,
  	"rate_bps" numeric NOT NULL,
  	"rate_without_tax_id_bps" numeric NOT NULL,
  	"yearly_threshold_minor" bigint DEFAULT 0 NOT NULL,
  	"applies_to" "enum__payout_config_v_version_deductions_applies_to" DEFAULT 'whole' NOT NULL,
  	"base" "enum__payout_config_v_version_deductions_base" DEFAULT 'payout' NOT NULL,
  	"year_start" varchar DEFAULT '04-01' NOT NULL,
  	"time_zone" varchar DEFAULT 'Asia/Kolkata' NOT NULL,
  	"_uuid" varchar
  );
  
  CREATE TABLE "_payout_config_v" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"version_bank_profiles" jsonb,
  	"version_updated_at" timestamp(3) with time zone,
  	"version_created_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "catalogue_version" (
  	"id" integer PRIMARY KEY NOT NULL,
  	"version" bigint NOT NULL,
  	"raised_at" timestamp(3) with time zone NOT NULL,
  	CONSTRAINT "catalogue_version_one_row" CHECK ("catalogue_version"."id" = 1)
  );
  
  CREATE TABLE "sitemap_files" (
  	"number" integer PRIMARY KEY NOT NULL,
  	"urls" integer NOT NULL,
  	"body" "bytea" NOT NULL,
  	"sha256" text NOT NULL,
  	"built_at" timestamp(3) with time zone NOT NULL
  );
  
  ALTER TABLE "wallet_transactions" DROP CONSTRAINT "wallet_transactions_no_overdraft";
  ALTER TABLE "otp_challenges" ALTER COLUMN "phone" DROP NOT NULL;
  ALTER TABLE "network_pages" ALTER COLUMN "body" DROP NOT NULL;
  ALTER TABLE "users" ADD COLUMN "review_reason" varchar;
  ALTER TABLE "users" ADD COLUMN "review_until" timestamp(3) with time zone;
  ALTER TABLE "users" ADD COLUMN "review_owner_id" uuid;
  ALTER TABLE "wallet_transactions" ADD COLUMN "withdrawal_id" uuid;
  ALTER TABLE "otp_challenges" ADD COLUMN "purpose" varchar DEFAULT 'phone' NOT NULL;
  ALTER TABLE "otp_challenges" ADD COLUMN "subject" varchar;
  ALTER TABLE "otp_challenges" ADD COLUMN "email" varchar;
  ALTER TABLE "network_pages" ADD COLUMN "archived_at" timestamp(3) with time zone;
  ALTER TABLE "network_pages" ADD COLUMN "archive_file" varchar;
  ALTER TABLE "network_pages" ADD COLUMN "archive_sha256" varchar;
  ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_method_id_payout_methods_id_fk" FOREIGN KEY ("method_id") REFERENCES "public"."payout_methods"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_tax_id_id_tax_ids_id_fk" FOREIGN KEY ("tax_id_id") REFERENCES "public"."tax_ids"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_held_by_id_users_id_fk" FOREIGN KEY ("held_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_hold_owner_id_users_id_fk" FOREIGN KEY ("hold_owner_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_hold_lifted_by_id_users_id_fk" FOREIGN KEY ("hold_lifted_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawal_approvals" ADD CONSTRAINT "withdrawal_approvals_withdrawal_id_withdrawals_id_fk" FOREIGN KEY ("withdrawal_id") REFERENCES "public"."withdrawals"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "withdrawal_approvals" ADD CONSTRAINT "withdrawal_approvals_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_methods" ADD CONSTRAINT "payout_methods_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_attempts" ADD CONSTRAINT "payout_attempts_withdrawal_id_withdrawals_id_fk" FOREIGN KEY ("withdrawal_id") REFERENCES "public"."withdrawals"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_attempts" ADD CONSTRAINT "payout_attempts_batch_id_payout_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."payout_batches"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_attempts" ADD CONSTRAINT "payout_attempts_late_answered_by_id_users_id_fk" FOREIGN KEY ("late_answered_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_result_files" ADD CONSTRAINT "payout_result_files_imported_by_id_users_id_fk" FOREIGN KEY ("imported_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "tax_ids" ADD CONSTRAINT "tax_ids_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payout_config_rules" ADD CONSTRAINT "payout_config_rules_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."payout_config"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payout_config_deductions" ADD CONSTRAINT "payout_config_deductions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."payout_config"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_payout_config_v_version_rules" ADD CONSTRAINT "_payout_config_v_version_rules_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_payout_config_v"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_payout_config_v_version_deductions" ADD CONSTRAINT "_payout_config_v_version_deductions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_payout_config_v"("id") ON DELETE cascade ON UPDATE no action;
  CREATE UNIQUE INDEX "ledger_proofs_day_idx" ON "ledger_proofs" USING btree ("day");
  CREATE UNIQUE INDEX "ledger_proofs_previous_seal_idx" ON "ledger_proofs" USING btree ("previous_seal");
  CREATE UNIQUE INDEX "ledger_proofs_seal_idx" ON "ledger_proofs" USING btree ("seal");
  CREATE INDEX "ledger_proofs_updated_at_idx" ON "ledger_proofs" USING btree ("updated_at");
  CREATE INDEX "ledger_proofs_created_at_idx" ON "ledger_proofs" USING btree ("created_at");
  CREATE UNIQUE INDEX "withdrawals_reference_idx" ON "withdrawals" USING btree ("reference");
  CREATE INDEX "withdrawals_member_idx" ON "withdrawals" USING btree ("member_id");
  CREATE INDEX "withdrawals_method_idx" ON "withdrawals" USING btree ("method_id");
  CREATE INDEX "withdrawals_method_kind_idx" ON "withdrawals" USING btree ("method_kind");
  CREATE INDEX "withdrawals_status_idx" ON "withdrawals" USING btree ("status");
  CREATE INDEX "withdrawals_tax_id_idx" ON "withdrawals" USING btree ("tax_id_id");
  CREATE INDEX "withdrawals_held_by_idx" ON "withdrawals" USING btree ("held_by_id");
  CREATE INDEX "withdrawals_hold_owner_idx" ON "withdrawals" USING btree ("hold_owner_id");
  CREATE INDEX "withdrawals_hold_lifted_by_idx" ON "withdrawals" USING btree ("hold_lifted_by_id");
  CREATE INDEX "withdrawals_updated_at_idx" ON "withdrawals" USING btree ("updated_at");
  CREATE INDEX "withdrawals_created_at_idx" ON "withdrawals" USING btree ("created_at");
  CREATE INDEX "withdrawal_approvals_withdrawal_idx" ON "withdrawal_approvals" USING btree ("withdrawal_id");
  CREATE INDEX "withdrawal_approvals_by_idx" ON "withdrawal_approvals" USING btree ("by_id");
  CREATE INDEX "withdrawal_approvals_at_idx" ON "withdrawal_approvals" USING btree ("at");
  CREATE INDEX "withdrawal_approvals_updated_at_idx" ON "withdrawal_approvals" USING btree ("updated_at");
  CREATE INDEX "withdrawal_approvals_created_at_idx" ON "withdrawal_approvals" USING btree ("created_at");
  CREATE INDEX "payout_methods_member_idx" ON "payout_methods" USING btree ("member_id");
  CREATE INDEX "payout_methods_kind_idx" ON "payout_methods" USING btree ("kind");
  CREATE INDEX "payout_methods_name_match_idx" ON "payout_methods" USING btree ("name_match");
  CREATE INDEX "payout_methods_status_idx" ON "payout_methods" USING btree ("status");
  CREATE INDEX "payout_methods_fingerprint_idx" ON "payout_methods" USING btree ("fingerprint");
  CREATE INDEX "payout_methods_updated_at_idx" ON "payout_methods" USING btree ("updated_at");
  CREATE INDEX "payout_methods_created_at_idx" ON "payout_methods" USING btree ("created_at");
  CREATE UNIQUE INDEX "payout_methods_once" ON "payout_methods" USING btree ("member_id","fingerprint") WHERE status <> 'removed';
  CREATE INDEX "payout_attempts_withdrawal_idx" ON "payout_attempts" USING btree ("withdrawal_id");
  CREATE UNIQUE INDEX "payout_attempts_key_idx" ON "payout_attempts" USING btree ("key");
  CREATE INDEX "payout_attempts_batch_idx" ON "payout_attempts" USING btree ("batch_id");
  CREATE INDEX "payout_attempts_status_idx" ON "payout_attempts" USING btree ("status");
  CREATE INDEX "payout_attempts_provider_id_idx" ON "payout_attempts" USING btree ("provider_id");
  CREATE INDEX "payout_attempts_late_status_idx" ON "payout_attempts" USING btree ("late_status");
  CREATE INDEX "payout_attempts_late_answered_by_idx" ON "payout_attempts" USING btree ("late_answered_by_id");
  CREATE INDEX "payout_attempts_updated_at_idx" ON "payout_attempts" USING btree ("updated_at");
  CREATE INDEX "payout_attempts_created_at_idx" ON "payout_attempts" USING btree ("created_at");
  CREATE UNIQUE INDEX "payout_attempts_one_at_a_time" ON "payout_attempts" USING btree ("withdrawal_id") WHERE status in ('sending', 'sent', 'in-doubt', 'settled');
  CREATE UNIQUE INDEX "payout_batches_reference_idx" ON "payout_batches" USING btree ("reference");
  CREATE INDEX "payout_batches_status_idx" ON "payout_batches" USING btree ("status");
  CREATE INDEX "payout_batches_created_by_idx" ON "payout_batches" USING btree ("created_by_id");
  CREATE INDEX "payout_batches_updated_at_idx" ON "payout_batches" USING btree ("updated_at");
  CREATE INDEX "payout_batches_created_at_idx" ON "payout_batches" USING btree ("created_at");
  CREATE INDEX "payout_result_files_imported_by_idx" ON "payout_result_files" USING btree ("imported_by_id");
  CREATE INDEX "payout_result_files_updated_at_idx" ON "payout_result_files" USING btree ("updated_at");
  CREATE INDEX "payout_result_files_created_at_idx" ON "payout_result_files" USING btree ("created_at");
  CREATE INDEX "tax_ids_member_idx" ON "tax_ids" USING btree ("member_id");
  CREATE INDEX "tax_ids_fingerprint_idx" ON "tax_ids" USING btree ("fingerprint");
  CREATE INDEX "tax_ids_updated_at_idx" ON "tax_ids" USING btree ("updated_at");
  CREATE INDEX "tax_ids_created_at_idx" ON "tax_ids" USING btree ("created_at");
  CREATE UNIQUE INDEX "tax_ids_one_current" ON "tax_ids" USING btree ("member_id") WHERE removed_at is null;
  CREATE INDEX "payout_config_rules_order_idx" ON "payout_config_rules" USING btree ("_order");
  CREATE INDEX "payout_config_rules_parent_id_idx" ON "payout_config_rules" USING btree ("_parent_id");
  CREATE INDEX "payout_config_deductions_order_idx" ON "payout_config_deductions" USING btree ("_order");
  CREATE INDEX "payout_config_deductions_parent_id_idx" ON "payout_config_deductions" USING btree ("_parent_id");
  CREATE INDEX "_payout_config_v_version_rules_order_idx" ON "_payout_config_v_version_rules" USING btree ("_order");
  CREATE INDEX "_payout_config_v_version_rules_parent_id_idx" ON "_payout_config_v_version_rules" USING btree ("_parent_id");
  CREATE INDEX "_payout_config_v_version_deductions_order_idx" ON "_payout_config_v_version_deductions" USING btree ("_order");
  CREATE INDEX "_payout_config_v_version_deductions_parent_id_idx" ON "_payout_config_v_version_deductions" USING btree ("_parent_id");
  CREATE INDEX "_payout_config_v_created_at_idx" ON "_payout_config_v" USING btree ("created_at");
  CREATE INDEX "_payout_config_v_updated_at_idx" ON "_payout_config_v" USING btree ("updated_at");
  ALTER TABLE "users" ADD CONSTRAINT "users_review_owner_id_users_id_fk" FOREIGN KEY ("review_owner_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_withdrawal_id_withdrawals_id_fk" FOREIGN KEY ("withdrawal_id") REFERENCES "public"."withdrawals"("id") ON DELETE restrict ON UPDATE no action;
  CREATE INDEX "users_review_owner_idx" ON "users" USING btree ("review_owner_id");
  CREATE INDEX "wallet_transactions_withdrawal_idx" ON "wallet_transactions" USING btree ("withdrawal_id");
  CREATE INDEX "wallet_transactions_posted" ON "wallet_transactions" USING brin ("posted_at");
  CREATE INDEX "network_pages_unarchived" ON "network_pages" USING btree ("observed_at") WHERE body is not null;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_no_overdraft" CHECK ("wallet_transactions"."from_balance_after" >= 0 or "wallet_transactions"."kind" in ('clawback', 'payout-late'));
  ALTER TABLE "network_pages" ADD CONSTRAINT "network_pages_body_kept" CHECK ("network_pages"."body" is not null
              or num_nulls("network_pages"."archived_at", "network_pages"."archive_file", "network_pages"."archive_sha256") = 0);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "ledger_proofs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "withdrawals" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "withdrawal_approvals" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_methods" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_attempts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_batches" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_result_files" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "tax_ids" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_config_rules" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_config_deductions" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "payout_config" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_payout_config_v_version_rules" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_payout_config_v_version_deductions" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_payout_config_v" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "catalogue_version" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "sitemap_files" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "ledger_proofs" CASCADE;
  DROP TABLE "withdrawals" CASCADE;
  DROP TABLE "withdrawal_approvals" CASCADE;
  DROP TABLE "payout_methods" CASCADE;
  DROP TABLE "payout_attempts" CASCADE;
  DROP TABLE "payout_batches" CASCADE;
  DROP TABLE "payout_result_files" CASCADE;
  DROP TABLE "tax_ids" CASCADE;
  DROP TABLE "payout_config_rules" CASCADE;
  DROP TABLE "payout_config_deductions" CASCADE;
  DROP TABLE "payout_config" CASCADE;
  DROP TABLE "_payout_config_v_version_rules" CASCADE;
  DROP TABLE "_payout_config_v_version_deductions" CASCADE;
  DROP TABLE "_payout_config_v" CASCADE;
  DROP TABLE "catalogue_version" CASCADE;
  DROP TABLE "sitemap_files" CASCADE;
  ALTER TABLE "wallet_transactions" DROP CONSTRAINT "wallet_transactions_no_overdraft";
  ALTER TABLE "network_pages" DROP CONSTRAINT "network_pages_body_kept";
  ALTER TABLE "users" DROP CONSTRAINT "users_review_owner_id_users_id_fk";
  
  ALTER TABLE "wallet_transactions" DROP CONSTRAINT "wallet_transactions_withdrawal_id_withdrawals_id_fk";
  
  DROP INDEX "users_review_owner_idx";
  DROP INDEX "wallet_transactions_withdrawal_idx";
  DROP INDEX "wallet_transactions_posted";
  DROP INDEX "network_pages_unarchived";
  DELETE FROM "otp_challenges" WHERE "phone" IS NULL; -- codes live for ten minutes
  ALTER TABLE "otp_challenges" ALTER COLUMN "phone" SET NOT NULL;
  ALTER TABLE "network_pages" ALTER COLUMN "body" SET NOT NULL;
  ALTER TABLE "users" DROP COLUMN "review_reason";
  ALTER TABLE "users" DROP COLUMN "review_until";
  ALTER TABLE "users" DROP COLUMN "review_owner_id";
  ALTER TABLE "wallet_transactions" DROP COLUMN "withdrawal_id";
  ALTER TABLE "otp_challenges" DROP COLUMN "purpose";
  ALTER TABLE "otp_challenges" DROP COLUMN "subject";
  ALTER TABLE "otp_challenges" DROP COLUMN "email";
  ALTER TABLE "network_pages" DROP COLUMN "archived_at";
  ALTER TABLE "network_pages" DROP COLUMN "archive_file";
  ALTER TABLE "network_pages" DROP COLUMN "archive_sha256";
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_no_overdraft" CHECK ("wallet_transactions"."from_balance_after" >= 0 or "wallet_transactions"."kind" = 'clawback');
  DROP TYPE "public"."enum_withdrawals_method_kind";
  DROP TYPE "public"."enum_withdrawals_status";
  DROP TYPE "public"."enum_payout_methods_kind";
  DROP TYPE "public"."enum_payout_methods_name_match";
  DROP TYPE "public"."enum_payout_methods_status";
  DROP TYPE "public"."enum_payout_attempts_status";
  DROP TYPE "public"."enum_payout_batches_status";
  DROP TYPE "public"."enum_payout_config_rules_kind";
  DROP TYPE "public"."enum_payout_config_rules_fee_bearer";
  DROP TYPE "public"."enum_payout_config_deductions_applies_to";
  DROP TYPE "public"."enum_payout_config_deductions_base";
  DROP TYPE "public"."enum__payout_config_v_version_rules_kind";
  DROP TYPE "public"."enum__payout_config_v_version_rules_fee_bearer";
  DROP TYPE "public"."enum__payout_config_v_version_deductions_applies_to";
  DROP TYPE "public"."enum__payout_config_v_version_deductions_base";`)
}
