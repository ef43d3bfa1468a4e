import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_file_imports_status" AS ENUM('held', 'applied', 'approved', 'rejected');
  CREATE TYPE "public"."enum_held_credits_status" AS ENUM('held', 'released', 'rejected', 'superseded');
  CREATE TYPE "public"."enum_cashback_events_hold" AS ENUM('held', 'rejected');
  CREATE TYPE "public"."enum_account_changes_change" AS ENUM('created', 'role', 'password', 'email');
  CREATE TYPE "public"."enum_change_requests_status" AS ENUM('requested', 'applied', 'rejected', 'cancelled', 'superseded');
  CREATE TABLE "file_imports" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"run_id" uuid NOT NULL,
  	"status" "enum_file_imports_status" DEFAULT 'held' NOT NULL,
  	"reasons" jsonb,
  	"requested_by_id" uuid,
  	"decided_by_id" uuid,
  	"decided_at" timestamp(3) with time zone,
  	"reason" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "file_imports_second_person" CHECK ("file_imports"."status"::text <> 'approved'
            or ("file_imports"."decided_by_id" is not null and "file_imports"."decided_by_id" is distinct from "file_imports"."requested_by_id")),
  	CONSTRAINT "file_imports_applied_within_limits" CHECK ("file_imports"."status"::text <> 'applied' or "file_imports"."reasons" is null)
  );
  
  CREATE TABLE "held_credits" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"file_import_id" uuid,
  	"assignment_id" uuid,
  	"transaction_id" uuid NOT NULL,
  	"member_id" uuid NOT NULL,
  	"requested_by_id" uuid,
  	"from_minor" bigint NOT NULL,
  	"to_minor" bigint NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"status" "enum_held_credits_status" DEFAULT 'held' NOT NULL,
  	"decided_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "held_credits_amount_is_growth" CHECK ("held_credits"."amount_minor" > 0 and "held_credits"."amount_minor" = "held_credits"."to_minor" - "held_credits"."from_minor"),
  	CONSTRAINT "held_credits_one_cause" CHECK (num_nonnulls("held_credits"."file_import_id", "held_credits"."assignment_id") = 1)
  );
  
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
  
  CREATE TABLE "finance_config_credits" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"per_import_minor" bigint DEFAULT 0 NOT NULL,
  	"per_member_minor" bigint DEFAULT 0 NOT NULL,
  	"per_actor_minor" bigint DEFAULT 0 NOT NULL
  );
  
  CREATE TABLE "_finance_config_v_version_credits" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"per_import_minor" bigint DEFAULT 0 NOT NULL,
  	"per_member_minor" bigint DEFAULT 0 NOT NULL,
  	"per_actor_minor" bigint DEFAULT 0 NOT NULL,
  	"_uuid" varchar
  );
  
  CREATE TABLE "cashback_config_largest_amounts" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"largest_minor" bigint NOT NULL
  );
  
  CREATE TABLE "_cashback_config_v_version_largest_amounts" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"largest_minor" bigint NOT NULL,
  	"_uuid" varchar
  );
  
  DROP INDEX "merchant_orderKey_idx";
  ALTER TABLE "users" ADD COLUMN "email_verified_at" timestamp(3) with time zone;
  ALTER TABLE "job_runs" ADD COLUMN "holder" numeric;
  ALTER TABLE "networks" ADD COLUMN "trusted_day_cap_minor" bigint DEFAULT 1000000 NOT NULL;
  ALTER TABLE "networks" ADD COLUMN "pays_above_sale" boolean DEFAULT false;
  ALTER TABLE "sync_requests" ADD COLUMN "lost_workers" numeric DEFAULT 0 NOT NULL;
  ALTER TABLE "network_transactions" ADD COLUMN "is_accepted" boolean DEFAULT false;
  ALTER TABLE "network_transactions" ADD COLUMN "accepted_at" timestamp(3) with time zone;
  ALTER TABLE "network_transactions" ADD COLUMN "accepted_minor" bigint;
  ALTER TABLE "network_transactions" ADD COLUMN "withdrawn_at" timestamp(3) with time zone;
  ALTER TABLE "transaction_assignments" ADD COLUMN "seen_minor" bigint DEFAULT 0 NOT NULL;
  ALTER TABLE "transaction_assignments" ADD COLUMN "refused_minor" bigint;
  ALTER TABLE "cashback_events" ADD COLUMN "credit_ceiling_minor" bigint;
  ALTER TABLE "cashback_events" ADD COLUMN "hold" "enum_cashback_events_hold";
  ALTER TABLE "finance_config_second_person" ADD COLUMN "actor_above_minor" bigint;
  ALTER TABLE "finance_config" ADD COLUMN "cool_down_days" bigint DEFAULT 3 NOT NULL;
  ALTER TABLE "_finance_config_v_version_second_person" ADD COLUMN "actor_above_minor" bigint;
  ALTER TABLE "_finance_config_v" ADD COLUMN "version_cool_down_days" numeric DEFAULT 3 NOT NULL;
  ALTER TABLE "affiliation_config" ADD COLUMN "confirmed_only" boolean DEFAULT true;
  ALTER TABLE "_affiliation_config_v" ADD COLUMN "version_confirmed_only" boolean DEFAULT true;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_runs"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_file_import_id_file_imports_id_fk" FOREIGN KEY ("file_import_id") REFERENCES "public"."file_imports"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_assignment_id_transaction_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."transaction_assignments"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_transaction_id_network_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."network_transactions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "finance_config_credits" ADD CONSTRAINT "finance_config_credits_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."finance_config"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_finance_config_v_version_credits" ADD CONSTRAINT "_finance_config_v_version_credits_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_finance_config_v"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "cashback_config_largest_amounts" ADD CONSTRAINT "cashback_config_largest_amounts_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."cashback_config"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_cashback_config_v_version_largest_amounts" ADD CONSTRAINT "_cashback_config_v_version_largest_amounts_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_cashback_config_v"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "file_imports_network_idx" ON "file_imports" USING btree ("network_id");
  CREATE INDEX "file_imports_run_idx" ON "file_imports" USING btree ("run_id");
  CREATE INDEX "file_imports_status_idx" ON "file_imports" USING btree ("status");
  CREATE INDEX "file_imports_requested_by_idx" ON "file_imports" USING btree ("requested_by_id");
  CREATE INDEX "file_imports_decided_by_idx" ON "file_imports" USING btree ("decided_by_id");
  CREATE INDEX "file_imports_updated_at_idx" ON "file_imports" USING btree ("updated_at");
  CREATE INDEX "file_imports_created_at_idx" ON "file_imports" USING btree ("created_at");
  CREATE INDEX "held_credits_file_import_idx" ON "held_credits" USING btree ("file_import_id");
  CREATE INDEX "held_credits_assignment_idx" ON "held_credits" USING btree ("assignment_id");
  CREATE INDEX "held_credits_transaction_idx" ON "held_credits" USING btree ("transaction_id");
  CREATE INDEX "held_credits_member_idx" ON "held_credits" USING btree ("member_id");
  CREATE INDEX "held_credits_requested_by_idx" ON "held_credits" USING btree ("requested_by_id");
  CREATE INDEX "held_credits_status_idx" ON "held_credits" USING btree ("status");
  CREATE INDEX "held_credits_updated_at_idx" ON "held_credits" USING btree ("updated_at");
  CREATE INDEX "held_credits_created_at_idx" ON "held_credits" USING btree ("created_at");
  CREATE UNIQUE INDEX "held_credits_one_held" ON "held_credits" USING btree ("transaction_id") WHERE status = 'held';
  CREATE INDEX "account_changes_updated_at_idx" ON "account_changes" USING btree ("updated_at");
  CREATE INDEX "account_changes_created_at_idx" ON "account_changes" USING btree ("created_at");
  CREATE INDEX "changedBy_at_idx" ON "account_changes" USING btree ("changed_by","at");
  CREATE INDEX "change_requests_status_idx" ON "change_requests" USING btree ("status");
  CREATE INDEX "change_requests_requested_by_idx" ON "change_requests" USING btree ("requested_by_id");
  CREATE INDEX "change_requests_decided_by_idx" ON "change_requests" USING btree ("decided_by_id");
  CREATE INDEX "change_requests_updated_at_idx" ON "change_requests" USING btree ("updated_at");
  CREATE INDEX "change_requests_created_at_idx" ON "change_requests" USING btree ("created_at");
  CREATE INDEX "subject_subjectId_idx" ON "change_requests" USING btree ("subject","subject_id");
  CREATE INDEX "finance_config_credits_order_idx" ON "finance_config_credits" USING btree ("_order");
  CREATE INDEX "finance_config_credits_parent_id_idx" ON "finance_config_credits" USING btree ("_parent_id");
  CREATE INDEX "_finance_config_v_version_credits_order_idx" ON "_finance_config_v_version_credits" USING btree ("_order");
  CREATE INDEX "_finance_config_v_version_credits_parent_id_idx" ON "_finance_config_v_version_credits" USING btree ("_parent_id");
  CREATE INDEX "cashback_config_largest_amounts_order_idx" ON "cashback_config_largest_amounts" USING btree ("_order");
  CREATE INDEX "cashback_config_largest_amounts_parent_id_idx" ON "cashback_config_largest_amounts" USING btree ("_parent_id");
  CREATE INDEX "_cashback_config_v_version_largest_amounts_order_idx" ON "_cashback_config_v_version_largest_amounts" USING btree ("_order");
  CREATE INDEX "_cashback_config_v_version_largest_amounts_parent_id_idx" ON "_cashback_config_v_version_largest_amounts" USING btree ("_parent_id");
  CREATE INDEX "network_transactions_accepted" ON "network_transactions" USING btree ("network_id") WHERE accepted_at is not null;
  CREATE INDEX "network_transactions_unmapped" ON "network_transactions" USING btree ("network_id") WHERE status = 'unknown';
  CREATE INDEX "network_transactions_below_zero" ON "network_transactions" USING btree ("network_id") WHERE commission_minor < 0;
  CREATE UNIQUE INDEX "merchant_orderKey_member_idx" ON "cashback_claims" USING btree ("merchant_id","order_key","member_id");
  CREATE UNIQUE INDEX "cashback_claims_one_accepted" ON "cashback_claims" USING btree ("merchant_id","order_key") WHERE status = 'accepted';
  CREATE INDEX "statement_lines_unknown" ON "statement_lines" USING btree ("statement_id") WHERE result = 'unknown';
  ALTER TABLE "cashback_events" ADD CONSTRAINT "cashback_events_credited_within_ceiling" CHECK ("cashback_events"."credited_minor" <= "cashback_events"."credit_ceiling_minor");
  ALTER TABLE "finance_config" ADD CONSTRAINT "finance_config_cool_down_days" CHECK ("finance_config"."cool_down_days" between 1 and 90);`)
  await db.execute(sql.raw(CONTACTS))
  await db.execute(sql.raw(LIMITS))
  // The triggers that woke workers within the commit; workers are woken after it now (ADR 15).
  await db.execute(sql`drop function if exists notify_listeners() cascade`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`drop table member_contacts; drop table email_changes`)
  await db.execute(sql`
   ALTER TABLE "file_imports" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "held_credits" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "account_changes" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "change_requests" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "finance_config_credits" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_finance_config_v_version_credits" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "cashback_config_largest_amounts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_cashback_config_v_version_largest_amounts" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "file_imports" CASCADE;
  DROP TABLE "held_credits" CASCADE;
  DROP TABLE "account_changes" CASCADE;
  DROP TABLE "change_requests" CASCADE;
  DROP TABLE "finance_config_credits" CASCADE;
  DROP TABLE "_finance_config_v_version_credits" CASCADE;
  DROP TABLE "cashback_config_largest_amounts" CASCADE;
  DROP TABLE "_cashback_config_v_version_largest_amounts" CASCADE;
  ALTER TABLE "cashback_events" DROP CONSTRAINT "cashback_events_credited_within_ceiling";
  ALTER TABLE "finance_config" DROP CONSTRAINT "finance_config_cool_down_days";
  DROP INDEX "network_transactions_accepted";
  DROP INDEX "network_transactions_unmapped";
  DROP INDEX "network_transactions_below_zero";
  DROP INDEX "merchant_orderKey_member_idx";
  DROP INDEX "cashback_claims_one_accepted";
  DROP INDEX "statement_lines_unknown";
  CREATE UNIQUE INDEX "merchant_orderKey_idx" ON "cashback_claims" USING btree ("merchant_id","order_key");
  ALTER TABLE "users" DROP COLUMN "email_verified_at";
  ALTER TABLE "job_runs" DROP COLUMN "holder";
  ALTER TABLE "networks" DROP COLUMN "trusted_day_cap_minor";
  ALTER TABLE "networks" DROP COLUMN "pays_above_sale";
  ALTER TABLE "sync_requests" DROP COLUMN "lost_workers";
  ALTER TABLE "network_transactions" DROP COLUMN "is_accepted";
  ALTER TABLE "network_transactions" DROP COLUMN "accepted_at";
  ALTER TABLE "network_transactions" DROP COLUMN "accepted_minor";
  ALTER TABLE "network_transactions" DROP COLUMN "withdrawn_at";
  ALTER TABLE "transaction_assignments" DROP COLUMN "seen_minor";
  ALTER TABLE "transaction_assignments" DROP COLUMN "refused_minor";
  ALTER TABLE "cashback_events" DROP COLUMN "credit_ceiling_minor";
  ALTER TABLE "cashback_events" DROP COLUMN "hold";
  ALTER TABLE "finance_config_second_person" DROP COLUMN "actor_above_minor";
  ALTER TABLE "finance_config" DROP COLUMN "cool_down_days";
  ALTER TABLE "_finance_config_v_version_second_person" DROP COLUMN "actor_above_minor";
  ALTER TABLE "_finance_config_v" DROP COLUMN "version_cool_down_days";
  ALTER TABLE "affiliation_config" DROP COLUMN "confirmed_only";
  ALTER TABLE "_affiliation_config_v" DROP COLUMN "version_confirmed_only";
  DROP TYPE "public"."enum_file_imports_status";
  DROP TYPE "public"."enum_held_credits_status";
  DROP TYPE "public"."enum_cashback_events_hold";
  DROP TYPE "public"."enum_account_changes_change";
  DROP TYPE "public"."enum_change_requests_status";`)
}

/** Tables that no collection writes: their one writer is `src/members`. */
const CONTACTS = `
  create table member_contacts (
    id bigint generated always as identity primary key,
    user_id uuid not null references users (id) on delete cascade,
    kind varchar(5) not null check (kind in ('email', 'phone')),
    value varchar not null,
    key varchar not null,
    is_confirmed boolean not null,
    created_at timestamptz not null,
    constraint member_contacts_once unique (user_id, kind, value, is_confirmed)
  );
  create index member_contacts_key on member_contacts (kind, key);

  create table email_changes (
    user_id uuid primary key references users (id) on delete cascade,
    email varchar not null,
    token_hash varchar(64) not null unique,
    expires_at timestamptz not null,
    created_at timestamptz not null
  );
`

/** The limits that an installation begins with. */
const LIMITS = `
  insert into finance_config_credits (_order, _parent_id, id, currency, per_import_minor,
      per_member_minor, per_actor_minor)
    select n, id, gen_random_uuid()::text, currency, member * 5, member, member * 5
    from finance_config, (values
      (1, 'INR', 500000), (2, 'USD', 6000), (3, 'EUR', 6000), (4, 'GBP', 5000)
    ) as limits (n, currency, member);
  insert into cashback_config_largest_amounts (_order, _parent_id, id, currency, largest_minor)
    select 1, id, gen_random_uuid()::text, 'INR', 1000000000 from cashback_config;
`
