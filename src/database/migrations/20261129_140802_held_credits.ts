import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_file_imports_status" AS ENUM('held', 'applied', 'approved', 'rejected');
  CREATE TYPE "public"."enum_held_credits_status" AS ENUM('held', 'released', 'rejected', 'superseded');
  CREATE TYPE "public"."enum_cashback_events_hold" AS ENUM('held', 'rejected');
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
  
  ALTER TABLE "networks" ADD COLUMN "trusted_day_cap_minor" bigint DEFAULT 1000000 NOT NULL;
  ALTER TABLE "networks" ADD COLUMN "pays_above_sale" boolean DEFAULT false;
  ALTER TABLE "network_transactions" ADD COLUMN "is_accepted" boolean DEFAULT false;
  ALTER TABLE "network_transactions" ADD COLUMN "accepted_at" timestamp(3) with time zone;
  ALTER TABLE "network_transactions" ADD COLUMN "accepted_minor" bigint;
  ALTER TABLE "network_transactions" ADD COLUMN "withdrawn_at" timestamp(3) with time zone;
  ALTER TABLE "transaction_assignments" ADD COLUMN "seen_minor" bigint DEFAULT 0 NOT NULL;
  ALTER TABLE "transaction_assignments" ADD COLUMN "refused_minor" bigint;
  ALTER TABLE "cashback_events" ADD COLUMN "credit_ceiling_minor" bigint;
  ALTER TABLE "cashback_events" ADD COLUMN "hold" "enum_cashback_events_hold";
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_runs"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_file_import_id_file_imports_id_fk" FOREIGN KEY ("file_import_id") REFERENCES "public"."file_imports"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_assignment_id_transaction_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."transaction_assignments"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_transaction_id_network_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."network_transactions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "held_credits" ADD CONSTRAINT "held_credits_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
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
  CREATE INDEX "finance_config_credits_order_idx" ON "finance_config_credits" USING btree ("_order");
  CREATE INDEX "finance_config_credits_parent_id_idx" ON "finance_config_credits" USING btree ("_parent_id");
  CREATE INDEX "_finance_config_v_version_credits_order_idx" ON "_finance_config_v_version_credits" USING btree ("_order");
  CREATE INDEX "_finance_config_v_version_credits_parent_id_idx" ON "_finance_config_v_version_credits" USING btree ("_parent_id");
  CREATE INDEX "cashback_config_largest_amounts_order_idx" ON "cashback_config_largest_amounts" USING btree ("_order");
  CREATE INDEX "cashback_config_largest_amounts_parent_id_idx" ON "cashback_config_largest_amounts" USING btree ("_parent_id");
  CREATE INDEX "_cashback_config_v_version_largest_amounts_order_idx" ON "_cashback_config_v_version_largest_amounts" USING btree ("_order");
  CREATE INDEX "_cashback_config_v_version_largest_amounts_parent_id_idx" ON "_cashback_config_v_version_largest_amounts" USING btree ("_parent_id");
  CREATE INDEX "network_transactions_accepted" ON "network_transactions" USING btree ("network_id") WHERE accepted_at is not null;
  ALTER TABLE "cashback_events" ADD CONSTRAINT "cashback_events_credited_within_ceiling" CHECK ("cashback_events"."credited_minor" <= "cashback_events"."credit_ceiling_minor");`)
  await db.execute(sql.raw(LIMITS))
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "file_imports" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "held_credits" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "finance_config_credits" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_finance_config_v_version_credits" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "cashback_config_largest_amounts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_cashback_config_v_version_largest_amounts" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "file_imports" CASCADE;
  DROP TABLE "held_credits" CASCADE;
  DROP TABLE "finance_config_credits" CASCADE;
  DROP TABLE "_finance_config_v_version_credits" CASCADE;
  DROP TABLE "cashback_config_largest_amounts" CASCADE;
  DROP TABLE "_cashback_config_v_version_largest_amounts" CASCADE;
  ALTER TABLE "cashback_events" DROP CONSTRAINT "cashback_events_credited_within_ceiling";
  DROP INDEX "network_transactions_accepted";
  ALTER TABLE "networks" DROP COLUMN "trusted_day_cap_minor";
  ALTER TABLE "networks" DROP COLUMN "pays_above_sale";
  ALTER TABLE "network_transactions" DROP COLUMN "is_accepted";
  ALTER TABLE "network_transactions" DROP COLUMN "accepted_at";
  ALTER TABLE "network_transactions" DROP COLUMN "accepted_minor";
  ALTER TABLE "network_transactions" DROP COLUMN "withdrawn_at";
  ALTER TABLE "transaction_assignments" DROP COLUMN "seen_minor";
  ALTER TABLE "transaction_assignments" DROP COLUMN "refused_minor";
  ALTER TABLE "cashback_events" DROP COLUMN "credit_ceiling_minor";
  ALTER TABLE "cashback_events" DROP COLUMN "hold";
  DROP TYPE "public"."enum_file_imports_status";
  DROP TYPE "public"."enum_held_credits_status";
  DROP TYPE "public"."enum_cashback_events_hold";`)
}

/** The first limits, of the currency that the globals begin with. */
const LIMITS = `
  insert into finance_config_credits (_order, _parent_id, id, currency, per_import_minor,
      per_member_minor, per_actor_minor)
    select 1, id, gen_random_uuid()::text, 'INR', 2500000, 500000, 2500000 from finance_config;
  insert into cashback_config_largest_amounts (_order, _parent_id, id, currency, largest_minor)
    select 1, id, gen_random_uuid()::text, 'INR', 1000000000 from cashback_config;
`
