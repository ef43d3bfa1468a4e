import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_merchants_rate_basis" AS ENUM('commission', 'sale');
  CREATE TYPE "public"."enum_clicks_rate_basis" AS ENUM('commission', 'sale');
  CREATE TYPE "public"."enum_sync_runs_status" AS ENUM('running', 'completed', 'failed', 'stopped');
  CREATE TYPE "public"."enum_sync_requests_mode" AS ENUM('ask', 'replay');
  CREATE TYPE "public"."enum_sync_requests_status" AS ENUM('waiting', 'running', 'completed', 'failed', 'stopped');
  CREATE TYPE "public"."enum_network_transactions_status" AS ENUM('pending', 'confirmed', 'approved', 'paid', 'declined', 'unknown');
  CREATE TYPE "public"."enum_network_transactions_hint_status" AS ENUM('pending', 'confirmed', 'approved', 'paid', 'declined', 'unknown');
  CREATE TYPE "public"."enum_sale_assignments_status" AS ENUM('pending', 'applied', 'rejected');
  CREATE TYPE "public"."enum_cashback_events_status" AS ENUM('pending', 'approved', 'paid', 'declined', 'reversed');
  CREATE TYPE "public"."enum_cashback_events_rate_basis" AS ENUM('commission', 'sale');
  CREATE TYPE "public"."enum_cashback_claims_status" AS ENUM('open', 'accepted', 'rejected');
  CREATE TYPE "public"."enum_statement_lines_verdict" AS ENUM('matched', 'differs', 'not-approved', 'paid-before', 'unknown');
  CREATE TYPE "public"."enum_cashback_config_rate_basis" AS ENUM('commission', 'sale');
  CREATE TYPE "public"."enum_cashback_config_auto_approve" AS ENUM('when-network-allows', 'by-age-with-cap', 'off');
  CREATE TYPE "public"."enum__cashback_config_v_version_rate_basis" AS ENUM('commission', 'sale');
  CREATE TYPE "public"."enum__cashback_config_v_version_auto_approve" AS ENUM('when-network-allows', 'by-age-with-cap', 'off');
  CREATE TABLE "networks" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"adapter" varchar NOT NULL,
  	"is_on" boolean DEFAULT true,
  	"settings" jsonb,
  	"credentials" jsonb,
  	"tokens" varchar,
  	"confirmed_is_final" boolean DEFAULT false,
  	"is_trusted" boolean DEFAULT false,
  	"trusted_cap_minor" bigint,
  	"currency" varchar DEFAULT 'INR',
  	"sync_every_hours" numeric DEFAULT 24 NOT NULL,
  	"overlap_hours" numeric DEFAULT 48 NOT NULL,
  	"expected_freshness_hours" numeric DEFAULT 72 NOT NULL,
  	"event_watermark" timestamp(3) with time zone,
  	"change_watermark" timestamp(3) with time zone,
  	"last_run_at" timestamp(3) with time zone,
  	"last_success_at" timestamp(3) with time zone,
  	"last_problem" varchar,
  	"postback_version" numeric DEFAULT 1 NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "merchants_categories" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"rate_bps" numeric NOT NULL
  );
  
  CREATE TABLE "merchants_programs" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"program_id" varchar NOT NULL,
  	"tracking_url" varchar NOT NULL
  );
  
  CREATE TABLE "merchants" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"slug" varchar NOT NULL,
  	"is_active" boolean DEFAULT true,
  	"rate_basis" "enum_merchants_rate_basis",
  	"rate_bps" numeric,
  	"terms" varchar,
  	"claim_after_hours" numeric DEFAULT 72 NOT NULL,
  	"claim_within_days" numeric DEFAULT 30 NOT NULL,
  	"age_cap_minor" bigint,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "merchants_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "offers" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"title" varchar NOT NULL,
  	"merchant_id" uuid NOT NULL,
  	"description" varchar,
  	"code" varchar,
  	"url" varchar,
  	"category" varchar,
  	"starts_at" timestamp(3) with time zone,
  	"ends_at" timestamp(3) with time zone,
  	"is_active" boolean DEFAULT true,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "clicks" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"click_id" varchar NOT NULL,
  	"member_id" uuid,
  	"merchant_id" uuid NOT NULL,
  	"network_id" uuid NOT NULL,
  	"rate_basis" "enum_clicks_rate_basis" NOT NULL,
  	"rate_bps" numeric NOT NULL,
  	"offer_id" uuid,
  	"url" varchar NOT NULL,
  	"is_bot" boolean DEFAULT false,
  	"user_agent" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "sync_runs" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"status" "enum_sync_runs_status" NOT NULL,
  	"window_by" varchar NOT NULL,
  	"window_from" timestamp(3) with time zone NOT NULL,
  	"window_to" timestamp(3) with time zone NOT NULL,
  	"started_at" timestamp(3) with time zone NOT NULL,
  	"ended_at" timestamp(3) with time zone,
  	"pages" numeric DEFAULT 0 NOT NULL,
  	"rows" numeric DEFAULT 0 NOT NULL,
  	"changed" numeric DEFAULT 0 NOT NULL,
  	"created" numeric DEFAULT 0 NOT NULL,
  	"orphans" numeric DEFAULT 0 NOT NULL,
  	"quarantined" numeric DEFAULT 0 NOT NULL,
  	"request_id" uuid,
  	"error_code" varchar,
  	"error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "sync_requests" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"mode" "enum_sync_requests_mode" DEFAULT 'ask' NOT NULL,
  	"status" "enum_sync_requests_status" DEFAULT 'waiting' NOT NULL,
  	"window_from" timestamp(3) with time zone,
  	"window_to" timestamp(3) with time zone,
  	"note" varchar,
  	"asked_by_id" uuid,
  	"outcome" varchar,
  	"ended_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "network_pages" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"run_id" uuid,
  	"number" numeric NOT NULL,
  	"rows" numeric NOT NULL,
  	"body" jsonb NOT NULL,
  	"observed_at" timestamp(3) with time zone NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "quarantined_rows" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"run_id" uuid,
  	"content_hash" varchar NOT NULL,
  	"code" varchar NOT NULL,
  	"detail" varchar,
  	"raw" jsonb NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "network_transactions" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"external_id" varchar NOT NULL,
  	"is_id_made" boolean DEFAULT false,
  	"order_id" varchar,
  	"return_of" varchar,
  	"sub_id" varchar,
  	"click_id" uuid,
  	"member_id" uuid,
  	"merchant_id" uuid,
  	"program_id" varchar,
  	"merchant_name" varchar,
  	"status" "enum_network_transactions_status" NOT NULL,
  	"raw_status" varchar NOT NULL,
  	"sale_minor" bigint,
  	"commission_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"event_at" timestamp(3) with time zone NOT NULL,
  	"clicked_at" timestamp(3) with time zone,
  	"changed_at" timestamp(3) with time zone,
  	"observed_at" timestamp(3) with time zone NOT NULL,
  	"content_hash" varchar NOT NULL,
  	"comment" varchar,
  	"is_hint" boolean DEFAULT false,
  	"hint_status" "enum_network_transactions_hint_status",
  	"hint_at" timestamp(3) with time zone,
  	"page_id" uuid,
  	"paid_at" timestamp(3) with time zone,
  	"paid_minor" bigint,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "network_transactions_commission_countable" CHECK ("network_transactions"."commission_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "network_transactions_sale_countable" CHECK ("network_transactions"."sale_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "sale_assignments" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"sale_id" uuid NOT NULL,
  	"member_id" uuid NOT NULL,
  	"click_id" uuid,
  	"claim_id" uuid,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"score" numeric,
  	"reasons" jsonb,
  	"note" varchar,
  	"status" "enum_sale_assignments_status" DEFAULT 'pending' NOT NULL,
  	"requested_by_id" uuid,
  	"decided_by_id" uuid,
  	"decided_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "sale_assignments_amount_countable" CHECK ("sale_assignments"."amount_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "cashback_events" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"sale_id" uuid NOT NULL,
  	"member_id" uuid NOT NULL,
  	"merchant_id" uuid,
  	"click_id" uuid,
  	"status" "enum_cashback_events_status" NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"credited_minor" bigint DEFAULT 0 NOT NULL,
  	"currency" varchar NOT NULL,
  	"rate_basis" "enum_cashback_events_rate_basis" NOT NULL,
  	"rate_bps" numeric NOT NULL,
  	"postings" numeric DEFAULT 0 NOT NULL,
  	"granted_at" timestamp(3) with time zone,
  	"grant_cap_minor" bigint,
  	"tracked_at" timestamp(3) with time zone NOT NULL,
  	"approved_at" timestamp(3) with time zone,
  	"ended_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "cashback_events_amount_countable" CHECK ("cashback_events"."amount_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "cashback_events_credited_within_amount" CHECK ("cashback_events"."credited_minor" between 0 and "cashback_events"."amount_minor"),
  	CONSTRAINT "cashback_events_credited_fits_status" CHECK ("cashback_events"."credited_minor" = 0 or "cashback_events"."status"::text in ('approved', 'paid'))
  );
  
  CREATE TABLE "cashback_claims" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"member_id" uuid NOT NULL,
  	"merchant_id" uuid NOT NULL,
  	"click_id" uuid,
  	"order_number" varchar NOT NULL,
  	"order_key" varchar NOT NULL,
  	"ordered_at" timestamp(3) with time zone NOT NULL,
  	"sale_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"comment" varchar,
  	"status" "enum_cashback_claims_status" DEFAULT 'open' NOT NULL,
  	"answer" varchar,
  	"sale_id" uuid,
  	"decided_by_id" uuid,
  	"decided_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "cashback_claims_sale_countable" CHECK ("cashback_claims"."sale_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "cashback_claims_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"claim_files_id" uuid
  );
  
  CREATE TABLE "claim_files" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"member_id" uuid NOT NULL,
  	"name" varchar NOT NULL,
  	"type" varchar NOT NULL,
  	"bytes" numeric NOT NULL,
  	"sha256" varchar NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "network_statements" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"network_id" uuid NOT NULL,
  	"reference" varchar NOT NULL,
  	"paid_at" timestamp(3) with time zone NOT NULL,
  	"currency" varchar NOT NULL,
  	"total_minor" bigint NOT NULL,
  	"difference_minor" bigint NOT NULL,
  	"lines" numeric NOT NULL,
  	"matched" numeric NOT NULL,
  	"content_hash" varchar NOT NULL,
  	"imported_by_id" uuid,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "network_statements_total_countable" CHECK ("network_statements"."total_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "statement_lines" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"statement_id" uuid NOT NULL,
  	"number" numeric NOT NULL,
  	"external_id" varchar,
  	"order_id" varchar,
  	"amount_minor" bigint NOT NULL,
  	"our_minor" bigint,
  	"currency" varchar NOT NULL,
  	"verdict" "enum_statement_lines_verdict" NOT NULL,
  	"sale_id" uuid,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "statement_lines_amount_countable" CHECK ("statement_lines"."amount_minor" between -9007199254740991 and 9007199254740991)
  );
  
  CREATE TABLE "cashback_config" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"rate_basis" "enum_cashback_config_rate_basis" DEFAULT 'commission' NOT NULL,
  	"rate_bps" numeric DEFAULT 7000 NOT NULL,
  	"auto_approve" "enum_cashback_config_auto_approve" DEFAULT 'when-network-allows' NOT NULL,
  	"auto_approve_days" numeric DEFAULT 30 NOT NULL,
  	"age_cap_minor" bigint,
  	"guest_clicks" boolean DEFAULT true,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  CREATE TABLE "_cashback_config_v" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"version_rate_basis" "enum__cashback_config_v_version_rate_basis" DEFAULT 'commission' NOT NULL,
  	"version_rate_bps" numeric DEFAULT 7000 NOT NULL,
  	"version_auto_approve" "enum__cashback_config_v_version_auto_approve" DEFAULT 'when-network-allows' NOT NULL,
  	"version_auto_approve_days" numeric DEFAULT 30 NOT NULL,
  	"version_age_cap_minor" bigint,
  	"version_guest_clicks" boolean DEFAULT true,
  	"version_updated_at" timestamp(3) with time zone,
  	"version_created_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "wallet_transactions" ADD COLUMN "cashback_event_id" uuid;
  ALTER TABLE "merchants_categories" ADD CONSTRAINT "merchants_categories_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "merchants_programs" ADD CONSTRAINT "merchants_programs_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "merchants_programs" ADD CONSTRAINT "merchants_programs_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "merchants_texts" ADD CONSTRAINT "merchants_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "offers" ADD CONSTRAINT "offers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "clicks" ADD CONSTRAINT "clicks_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "clicks" ADD CONSTRAINT "clicks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "clicks" ADD CONSTRAINT "clicks_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "clicks" ADD CONSTRAINT "clicks_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_request_id_sync_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."sync_requests"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sync_requests" ADD CONSTRAINT "sync_requests_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sync_requests" ADD CONSTRAINT "sync_requests_asked_by_id_users_id_fk" FOREIGN KEY ("asked_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_pages" ADD CONSTRAINT "network_pages_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "network_pages" ADD CONSTRAINT "network_pages_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_runs"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "quarantined_rows" ADD CONSTRAINT "quarantined_rows_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "quarantined_rows" ADD CONSTRAINT "quarantined_rows_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_runs"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "network_transactions" ADD CONSTRAINT "network_transactions_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_transactions" ADD CONSTRAINT "network_transactions_click_id_clicks_id_fk" FOREIGN KEY ("click_id") REFERENCES "public"."clicks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_transactions" ADD CONSTRAINT "network_transactions_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_transactions" ADD CONSTRAINT "network_transactions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_transactions" ADD CONSTRAINT "network_transactions_page_id_network_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."network_pages"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sale_assignments" ADD CONSTRAINT "sale_assignments_sale_id_network_transactions_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."network_transactions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sale_assignments" ADD CONSTRAINT "sale_assignments_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sale_assignments" ADD CONSTRAINT "sale_assignments_click_id_clicks_id_fk" FOREIGN KEY ("click_id") REFERENCES "public"."clicks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sale_assignments" ADD CONSTRAINT "sale_assignments_claim_id_cashback_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."cashback_claims"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sale_assignments" ADD CONSTRAINT "sale_assignments_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sale_assignments" ADD CONSTRAINT "sale_assignments_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_events" ADD CONSTRAINT "cashback_events_sale_id_network_transactions_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."network_transactions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_events" ADD CONSTRAINT "cashback_events_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_events" ADD CONSTRAINT "cashback_events_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_events" ADD CONSTRAINT "cashback_events_click_id_clicks_id_fk" FOREIGN KEY ("click_id") REFERENCES "public"."clicks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_claims" ADD CONSTRAINT "cashback_claims_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_claims" ADD CONSTRAINT "cashback_claims_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_claims" ADD CONSTRAINT "cashback_claims_click_id_clicks_id_fk" FOREIGN KEY ("click_id") REFERENCES "public"."clicks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_claims" ADD CONSTRAINT "cashback_claims_sale_id_network_transactions_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."network_transactions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_claims" ADD CONSTRAINT "cashback_claims_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "cashback_claims_rels" ADD CONSTRAINT "cashback_claims_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."cashback_claims"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "cashback_claims_rels" ADD CONSTRAINT "cashback_claims_rels_claim_files_fk" FOREIGN KEY ("claim_files_id") REFERENCES "public"."claim_files"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "claim_files" ADD CONSTRAINT "claim_files_member_id_users_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_statements" ADD CONSTRAINT "network_statements_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "network_statements" ADD CONSTRAINT "network_statements_imported_by_id_users_id_fk" FOREIGN KEY ("imported_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_statement_id_network_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."network_statements"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_sale_id_network_transactions_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."network_transactions"("id") ON DELETE restrict ON UPDATE no action;
  CREATE UNIQUE INDEX "networks_name_idx" ON "networks" USING btree ("name");
  CREATE INDEX "networks_updated_at_idx" ON "networks" USING btree ("updated_at");
  CREATE INDEX "networks_created_at_idx" ON "networks" USING btree ("created_at");
  CREATE INDEX "merchants_categories_order_idx" ON "merchants_categories" USING btree ("_order");
  CREATE INDEX "merchants_categories_parent_id_idx" ON "merchants_categories" USING btree ("_parent_id");
  CREATE INDEX "merchants_programs_order_idx" ON "merchants_programs" USING btree ("_order");
  CREATE INDEX "merchants_programs_parent_id_idx" ON "merchants_programs" USING btree ("_parent_id");
  CREATE INDEX "merchants_programs_network_idx" ON "merchants_programs" USING btree ("network_id");
  CREATE INDEX "merchants_programs_program_id_idx" ON "merchants_programs" USING btree ("program_id");
  CREATE UNIQUE INDEX "merchants_slug_idx" ON "merchants" USING btree ("slug");
  CREATE INDEX "merchants_updated_at_idx" ON "merchants" USING btree ("updated_at");
  CREATE INDEX "merchants_created_at_idx" ON "merchants" USING btree ("created_at");
  CREATE INDEX "merchants_texts_order_parent" ON "merchants_texts" USING btree ("order","parent_id");
  CREATE INDEX "offers_merchant_idx" ON "offers" USING btree ("merchant_id");
  CREATE INDEX "offers_ends_at_idx" ON "offers" USING btree ("ends_at");
  CREATE INDEX "offers_updated_at_idx" ON "offers" USING btree ("updated_at");
  CREATE INDEX "offers_created_at_idx" ON "offers" USING btree ("created_at");
  CREATE UNIQUE INDEX "clicks_click_id_idx" ON "clicks" USING btree ("click_id");
  CREATE INDEX "clicks_member_idx" ON "clicks" USING btree ("member_id");
  CREATE INDEX "clicks_merchant_idx" ON "clicks" USING btree ("merchant_id");
  CREATE INDEX "clicks_created_at_idx" ON "clicks" USING btree ("created_at");
  CREATE INDEX "sync_runs_network_idx" ON "sync_runs" USING btree ("network_id");
  CREATE INDEX "sync_runs_status_idx" ON "sync_runs" USING btree ("status");
  CREATE INDEX "sync_runs_started_at_idx" ON "sync_runs" USING btree ("started_at");
  CREATE INDEX "sync_runs_request_idx" ON "sync_runs" USING btree ("request_id");
  CREATE INDEX "sync_runs_updated_at_idx" ON "sync_runs" USING btree ("updated_at");
  CREATE INDEX "sync_runs_created_at_idx" ON "sync_runs" USING btree ("created_at");
  CREATE INDEX "sync_requests_network_idx" ON "sync_requests" USING btree ("network_id");
  CREATE INDEX "sync_requests_status_idx" ON "sync_requests" USING btree ("status");
  CREATE INDEX "sync_requests_asked_by_idx" ON "sync_requests" USING btree ("asked_by_id");
  CREATE INDEX "sync_requests_updated_at_idx" ON "sync_requests" USING btree ("updated_at");
  CREATE INDEX "sync_requests_created_at_idx" ON "sync_requests" USING btree ("created_at");
  CREATE UNIQUE INDEX "sync_requests_one_waiting" ON "sync_requests" USING btree ("network_id","mode") WHERE status = 'waiting';
  CREATE INDEX "network_pages_network_idx" ON "network_pages" USING btree ("network_id");
  CREATE INDEX "network_pages_run_idx" ON "network_pages" USING btree ("run_id");
  CREATE INDEX "quarantined_rows_network_idx" ON "quarantined_rows" USING btree ("network_id");
  CREATE INDEX "quarantined_rows_run_idx" ON "quarantined_rows" USING btree ("run_id");
  CREATE INDEX "quarantined_rows_code_idx" ON "quarantined_rows" USING btree ("code");
  CREATE INDEX "quarantined_rows_updated_at_idx" ON "quarantined_rows" USING btree ("updated_at");
  CREATE INDEX "quarantined_rows_created_at_idx" ON "quarantined_rows" USING btree ("created_at");
  CREATE UNIQUE INDEX "network_contentHash_idx" ON "quarantined_rows" USING btree ("network_id","content_hash");
  CREATE INDEX "network_transactions_click_idx" ON "network_transactions" USING btree ("click_id");
  CREATE INDEX "network_transactions_member_idx" ON "network_transactions" USING btree ("member_id");
  CREATE INDEX "network_transactions_merchant_idx" ON "network_transactions" USING btree ("merchant_id");
  CREATE INDEX "network_transactions_event_at_idx" ON "network_transactions" USING btree ("event_at");
  CREATE INDEX "network_transactions_created_at_idx" ON "network_transactions" USING btree ("created_at");
  CREATE UNIQUE INDEX "network_externalId_idx" ON "network_transactions" USING btree ("network_id","external_id");
  CREATE INDEX "network_orderId_idx" ON "network_transactions" USING btree ("network_id","order_id");
  CREATE INDEX "network_transactions_returns" ON "network_transactions" USING btree ("network_id","return_of") WHERE return_of is not null;
  CREATE INDEX "network_transactions_orphans" ON "network_transactions" USING btree ("network_id") WHERE member_id is null;
  CREATE INDEX "sale_assignments_sale_idx" ON "sale_assignments" USING btree ("sale_id");
  CREATE INDEX "sale_assignments_member_idx" ON "sale_assignments" USING btree ("member_id");
  CREATE INDEX "sale_assignments_click_idx" ON "sale_assignments" USING btree ("click_id");
  CREATE INDEX "sale_assignments_claim_idx" ON "sale_assignments" USING btree ("claim_id");
  CREATE INDEX "sale_assignments_status_idx" ON "sale_assignments" USING btree ("status");
  CREATE INDEX "sale_assignments_requested_by_idx" ON "sale_assignments" USING btree ("requested_by_id");
  CREATE INDEX "sale_assignments_decided_by_idx" ON "sale_assignments" USING btree ("decided_by_id");
  CREATE INDEX "sale_assignments_updated_at_idx" ON "sale_assignments" USING btree ("updated_at");
  CREATE INDEX "sale_assignments_created_at_idx" ON "sale_assignments" USING btree ("created_at");
  CREATE UNIQUE INDEX "sale_assignments_one_standing" ON "sale_assignments" USING btree ("sale_id") WHERE status in ('pending', 'applied');
  CREATE UNIQUE INDEX "cashback_events_sale_idx" ON "cashback_events" USING btree ("sale_id");
  CREATE INDEX "cashback_events_member_idx" ON "cashback_events" USING btree ("member_id");
  CREATE INDEX "cashback_events_status_idx" ON "cashback_events" USING btree ("status");
  CREATE INDEX "cashback_events_tracked_at_idx" ON "cashback_events" USING btree ("tracked_at");
  CREATE INDEX "cashback_events_updated_at_idx" ON "cashback_events" USING btree ("updated_at");
  CREATE INDEX "cashback_events_created_at_idx" ON "cashback_events" USING btree ("created_at");
  CREATE INDEX "cashback_claims_member_idx" ON "cashback_claims" USING btree ("member_id");
  CREATE INDEX "cashback_claims_merchant_idx" ON "cashback_claims" USING btree ("merchant_id");
  CREATE INDEX "cashback_claims_click_idx" ON "cashback_claims" USING btree ("click_id");
  CREATE INDEX "cashback_claims_status_idx" ON "cashback_claims" USING btree ("status");
  CREATE INDEX "cashback_claims_sale_idx" ON "cashback_claims" USING btree ("sale_id");
  CREATE INDEX "cashback_claims_decided_by_idx" ON "cashback_claims" USING btree ("decided_by_id");
  CREATE INDEX "cashback_claims_updated_at_idx" ON "cashback_claims" USING btree ("updated_at");
  CREATE INDEX "cashback_claims_created_at_idx" ON "cashback_claims" USING btree ("created_at");
  CREATE UNIQUE INDEX "merchant_orderKey_idx" ON "cashback_claims" USING btree ("merchant_id","order_key");
  CREATE INDEX "cashback_claims_rels_order_idx" ON "cashback_claims_rels" USING btree ("order");
  CREATE INDEX "cashback_claims_rels_parent_idx" ON "cashback_claims_rels" USING btree ("parent_id");
  CREATE INDEX "cashback_claims_rels_path_idx" ON "cashback_claims_rels" USING btree ("path");
  CREATE INDEX "cashback_claims_rels_claim_files_id_idx" ON "cashback_claims_rels" USING btree ("claim_files_id");
  CREATE INDEX "claim_files_member_idx" ON "claim_files" USING btree ("member_id");
  CREATE INDEX "claim_files_updated_at_idx" ON "claim_files" USING btree ("updated_at");
  CREATE INDEX "claim_files_created_at_idx" ON "claim_files" USING btree ("created_at");
  CREATE INDEX "network_statements_network_idx" ON "network_statements" USING btree ("network_id");
  CREATE INDEX "network_statements_imported_by_idx" ON "network_statements" USING btree ("imported_by_id");
  CREATE INDEX "network_statements_updated_at_idx" ON "network_statements" USING btree ("updated_at");
  CREATE INDEX "network_statements_created_at_idx" ON "network_statements" USING btree ("created_at");
  CREATE UNIQUE INDEX "network_reference_idx" ON "network_statements" USING btree ("network_id","reference");
  CREATE INDEX "statement_lines_statement_idx" ON "statement_lines" USING btree ("statement_id");
  CREATE INDEX "statement_lines_verdict_idx" ON "statement_lines" USING btree ("verdict");
  CREATE INDEX "statement_lines_sale_idx" ON "statement_lines" USING btree ("sale_id");
  CREATE INDEX "statement_lines_updated_at_idx" ON "statement_lines" USING btree ("updated_at");
  CREATE INDEX "statement_lines_created_at_idx" ON "statement_lines" USING btree ("created_at");
  CREATE UNIQUE INDEX "statement_number_idx" ON "statement_lines" USING btree ("statement_id","number");
  CREATE INDEX "_cashback_config_v_created_at_idx" ON "_cashback_config_v" USING btree ("created_at");
  CREATE INDEX "_cashback_config_v_updated_at_idx" ON "_cashback_config_v" USING btree ("updated_at");
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_cashback_event_id_cashback_events_id_fk" FOREIGN KEY ("cashback_event_id") REFERENCES "public"."cashback_events"("id") ON DELETE restrict ON UPDATE no action;
  CREATE INDEX "wallet_transactions_cashback_event_idx" ON "wallet_transactions" USING btree ("cashback_event_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "networks" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "merchants_categories" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "merchants_programs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "merchants" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "merchants_texts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "offers" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "clicks" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "sync_runs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "sync_requests" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "network_pages" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "quarantined_rows" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "network_transactions" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "sale_assignments" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "cashback_events" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "cashback_claims" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "cashback_claims_rels" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "claim_files" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "network_statements" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "statement_lines" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "cashback_config" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "_cashback_config_v" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "networks" CASCADE;
  DROP TABLE "merchants_categories" CASCADE;
  DROP TABLE "merchants_programs" CASCADE;
  DROP TABLE "merchants" CASCADE;
  DROP TABLE "merchants_texts" CASCADE;
  DROP TABLE "offers" CASCADE;
  DROP TABLE "clicks" CASCADE;
  DROP TABLE "sync_runs" CASCADE;
  DROP TABLE "sync_requests" CASCADE;
  DROP TABLE "network_pages" CASCADE;
  DROP TABLE "quarantined_rows" CASCADE;
  DROP TABLE "network_transactions" CASCADE;
  DROP TABLE "sale_assignments" CASCADE;
  DROP TABLE "cashback_events" CASCADE;
  DROP TABLE "cashback_claims" CASCADE;
  DROP TABLE "cashback_claims_rels" CASCADE;
  DROP TABLE "claim_files" CASCADE;
  DROP TABLE "network_statements" CASCADE;
  DROP TABLE "statement_lines" CASCADE;
  DROP TABLE "cashback_config" CASCADE;
  DROP TABLE "_cashback_config_v" CASCADE;
  ALTER TABLE "wallet_transactions" DROP CONSTRAINT "wallet_transactions_cashback_event_id_cashback_events_id_fk";
  
  DROP INDEX "wallet_transactions_cashback_event_idx";
  ALTER TABLE "wallet_transactions" DROP COLUMN "cashback_event_id";
  DROP TYPE "public"."enum_merchants_rate_basis";
  DROP TYPE "public"."enum_clicks_rate_basis";
  DROP TYPE "public"."enum_sync_runs_status";
  DROP TYPE "public"."enum_sync_requests_mode";
  DROP TYPE "public"."enum_sync_requests_status";
  DROP TYPE "public"."enum_network_transactions_status";
  DROP TYPE "public"."enum_network_transactions_hint_status";
  DROP TYPE "public"."enum_sale_assignments_status";
  DROP TYPE "public"."enum_cashback_events_status";
  DROP TYPE "public"."enum_cashback_events_rate_basis";
  DROP TYPE "public"."enum_cashback_claims_status";
  DROP TYPE "public"."enum_statement_lines_verdict";
  DROP TYPE "public"."enum_cashback_config_rate_basis";
  DROP TYPE "public"."enum_cashback_config_auto_approve";
  DROP TYPE "public"."enum__cashback_config_v_version_rate_basis";
  DROP TYPE "public"."enum__cashback_config_v_version_auto_approve";`)
}
