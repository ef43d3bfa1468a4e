import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_users_role" AS ENUM('admin', 'finance', 'support', 'member');
  CREATE TYPE "public"."enum_service_accounts_scopes" AS ENUM('payments:write', 'refunds:write', 'members:read', 'catalogue:read');
  CREATE TYPE "public"."enum_payments_status" AS ENUM('pending', 'completed', 'failed');
  CREATE TYPE "public"."enum_commissions_status" AS ENUM('held', 'awarded', 'partly-reversed', 'reversed', 'cancelled', 'skipped');
  CREATE TYPE "public"."enum_affiliation_config_duration" AS ENUM('first', 'months', 'always');
  CREATE TYPE "public"."enum__affiliation_config_v_version_duration" AS ENUM('first', 'months', 'always');
  CREATE TABLE "users_sessions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"created_at" timestamp(3) with time zone,
  	"expires_at" timestamp(3) with time zone NOT NULL
  );
  
  CREATE TABLE "users" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar,
  	"phone" varchar,
  	"role" "enum_users_role" DEFAULT 'member' NOT NULL,
  	"locale" varchar DEFAULT 'en-IN',
  	"time_zone" varchar DEFAULT 'Asia/Kolkata',
  	"invite_code" varchar,
  	"affiliate_active" boolean DEFAULT false,
  	"referred_by_id" uuid,
  	"referred_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"email" varchar NOT NULL,
  	"reset_password_token" varchar,
  	"reset_password_expiration" timestamp(3) with time zone,
  	"salt" varchar,
  	"hash" varchar,
  	"reset_password_requested_at" timestamp(3) with time zone,
  	"login_attempts" numeric DEFAULT 0,
  	"lock_until" timestamp(3) with time zone,
  	CONSTRAINT "users_invite_code_upper" CHECK ("users"."invite_code" = upper("users"."invite_code"))
  );
  
  CREATE TABLE "service_accounts_scopes" (
  	"order" integer NOT NULL,
  	"parent_id" uuid NOT NULL,
  	"value" "enum_service_accounts_scopes",
  	"id" uuid PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "service_accounts" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"enable_a_p_i_key" boolean,
  	"api_key" varchar,
  	"api_key_index" varchar
  );
  
  CREATE TABLE "payments" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"reference" varchar NOT NULL,
  	"user_id" uuid NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar DEFAULT 'INR' NOT NULL,
  	"status" "enum_payments_status" DEFAULT 'pending' NOT NULL,
  	"refunded_minor" bigint DEFAULT 0 NOT NULL,
  	"completed_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "payments_amount_positive" CHECK ("payments"."amount_minor" > 0),
  	CONSTRAINT "payments_amount_countable" CHECK ("payments"."amount_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "payments_refunded_within_amount" CHECK ("payments"."refunded_minor" between 0 and "payments"."amount_minor")
  );
  
  CREATE TABLE "wallets" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"owner_id" uuid,
  	"kind" varchar NOT NULL,
  	"currency" varchar NOT NULL,
  	"balance_minor" bigint DEFAULT 0 NOT NULL,
  	"version" bigint DEFAULT 0 NOT NULL,
  	"last_posted_at" timestamp(3) with time zone,
  	"frozen_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "wallets_owner_kind_currency" UNIQUE NULLS NOT DISTINCT("owner_id","kind","currency"),
  	CONSTRAINT "wallets_balance_countable" CHECK ("wallets"."balance_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "wallets_kind_fits_owner" CHECK (("wallets"."owner_id" is null) = ("wallets"."kind" not in ('available', 'held'))),
  	CONSTRAINT "wallets_platform_stores_no_balance" CHECK ("wallets"."owner_id" is not null or ("wallets"."balance_minor" = 0 and "wallets"."version" = 0))
  );
  
  CREATE TABLE "wallet_transactions" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"request_hash" varchar NOT NULL,
  	"kind" varchar NOT NULL,
  	"from_wallet_id" uuid NOT NULL,
  	"to_wallet_id" uuid NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"currency" varchar NOT NULL,
  	"from_balance_after" bigint,
  	"from_version" bigint,
  	"to_balance_after" bigint,
  	"to_version" bigint,
  	"payment_id" uuid,
  	"commission_id" uuid,
  	"reverses_id" uuid,
  	"actor" varchar,
  	"reason" varchar,
  	"occurred_at" timestamp(3) with time zone NOT NULL,
  	"posted_at" timestamp(3) with time zone NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "wallet_transactions_amount_positive" CHECK ("wallet_transactions"."amount_minor" > 0),
  	CONSTRAINT "wallet_transactions_amount_countable" CHECK ("wallet_transactions"."amount_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "wallet_transactions_two_wallets" CHECK ("wallet_transactions"."from_wallet_id" <> "wallet_transactions"."to_wallet_id"),
  	CONSTRAINT "wallet_transactions_no_overdraft" CHECK ("wallet_transactions"."from_balance_after" >= 0 or "wallet_transactions"."kind" = 'clawback')
  );
  
  CREATE TABLE "commissions" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"payment_id" uuid NOT NULL,
  	"payer_id" uuid NOT NULL,
  	"referrer_id" uuid,
  	"status" "enum_commissions_status" NOT NULL,
  	"reason" varchar,
  	"rate_bps" numeric NOT NULL,
  	"base_minor" bigint NOT NULL,
  	"amount_minor" bigint NOT NULL,
  	"reversed_minor" bigint DEFAULT 0 NOT NULL,
  	"currency" varchar NOT NULL,
  	"is_first" boolean,
  	"rule" jsonb NOT NULL,
  	"checks" jsonb NOT NULL,
  	"hold_until" timestamp(3) with time zone,
  	"decided_at" timestamp(3) with time zone NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "commissions_skipped_has_reason" CHECK (("commissions"."status"::text = 'skipped') = ("commissions"."reason" is not null)),
  	CONSTRAINT "commissions_amount_fits_status" CHECK (case when "commissions"."status"::text = 'skipped' then "commissions"."amount_minor" = 0 else "commissions"."amount_minor" > 0 end),
  	CONSTRAINT "commissions_amount_countable" CHECK ("commissions"."amount_minor" between -9007199254740991 and 9007199254740991),
  	CONSTRAINT "commissions_reversed_within_amount" CHECK ("commissions"."reversed_minor" between 0 and "commissions"."amount_minor")
  );
  
  CREATE TABLE "payload_kv" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"data" jsonb NOT NULL
  );
  
  CREATE TABLE "payload_preferences" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"key" varchar,
  	"value" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_preferences_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"users_id" uuid,
  	"service_accounts_id" uuid
  );
  
  CREATE TABLE "payload_migrations" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"name" varchar,
  	"batch" numeric,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "affiliation_config_currencies" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"min_payment_minor" bigint DEFAULT 0 NOT NULL,
  	"max_commission_minor" bigint
  );
  
  CREATE TABLE "affiliation_config" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"enabled" boolean DEFAULT true,
  	"rate_bps" numeric DEFAULT 1000 NOT NULL,
  	"hold_days" numeric DEFAULT 0 NOT NULL,
  	"duration" "enum_affiliation_config_duration" DEFAULT 'always' NOT NULL,
  	"duration_months" numeric DEFAULT 12,
  	"version" numeric DEFAULT 1 NOT NULL,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  CREATE TABLE "_affiliation_config_v_version_currencies" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" uuid PRIMARY KEY NOT NULL,
  	"currency" varchar NOT NULL,
  	"min_payment_minor" bigint DEFAULT 0 NOT NULL,
  	"max_commission_minor" bigint,
  	"_uuid" varchar
  );
  
  CREATE TABLE "_affiliation_config_v" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"version_enabled" boolean DEFAULT true,
  	"version_rate_bps" numeric DEFAULT 1000 NOT NULL,
  	"version_hold_days" numeric DEFAULT 0 NOT NULL,
  	"version_duration" "enum__affiliation_config_v_version_duration" DEFAULT 'always' NOT NULL,
  	"version_duration_months" numeric DEFAULT 12,
  	"version_version" numeric DEFAULT 1 NOT NULL,
  	"version_updated_at" timestamp(3) with time zone,
  	"version_created_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "users_sessions" ADD CONSTRAINT "users_sessions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "users" ADD CONSTRAINT "users_referred_by_id_users_id_fk" FOREIGN KEY ("referred_by_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "service_accounts_scopes" ADD CONSTRAINT "service_accounts_scopes_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."service_accounts"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payments" ADD CONSTRAINT "payments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallets" ADD CONSTRAINT "wallets_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_from_wallet_id_wallets_id_fk" FOREIGN KEY ("from_wallet_id") REFERENCES "public"."wallets"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_to_wallet_id_wallets_id_fk" FOREIGN KEY ("to_wallet_id") REFERENCES "public"."wallets"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_commission_id_commissions_id_fk" FOREIGN KEY ("commission_id") REFERENCES "public"."commissions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_reverses_id_wallet_transactions_id_fk" FOREIGN KEY ("reverses_id") REFERENCES "public"."wallet_transactions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "commissions" ADD CONSTRAINT "commissions_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "commissions" ADD CONSTRAINT "commissions_payer_id_users_id_fk" FOREIGN KEY ("payer_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "commissions" ADD CONSTRAINT "commissions_referrer_id_users_id_fk" FOREIGN KEY ("referrer_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_service_accounts_fk" FOREIGN KEY ("service_accounts_id") REFERENCES "public"."service_accounts"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "affiliation_config_currencies" ADD CONSTRAINT "affiliation_config_currencies_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."affiliation_config"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "_affiliation_config_v_version_currencies" ADD CONSTRAINT "_affiliation_config_v_version_currencies_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."_affiliation_config_v"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "users_sessions_order_idx" ON "users_sessions" USING btree ("_order");
  CREATE INDEX "users_sessions_parent_id_idx" ON "users_sessions" USING btree ("_parent_id");
  CREATE INDEX "users_phone_idx" ON "users" USING btree ("phone");
  CREATE INDEX "users_role_idx" ON "users" USING btree ("role");
  CREATE UNIQUE INDEX "users_invite_code_idx" ON "users" USING btree ("invite_code");
  CREATE INDEX "users_referred_by_idx" ON "users" USING btree ("referred_by_id");
  CREATE INDEX "users_updated_at_idx" ON "users" USING btree ("updated_at");
  CREATE INDEX "users_created_at_idx" ON "users" USING btree ("created_at");
  CREATE UNIQUE INDEX "users_email_idx" ON "users" USING btree ("email");
  CREATE INDEX "service_accounts_scopes_order_idx" ON "service_accounts_scopes" USING btree ("order");
  CREATE INDEX "service_accounts_scopes_parent_idx" ON "service_accounts_scopes" USING btree ("parent_id");
  CREATE INDEX "service_accounts_updated_at_idx" ON "service_accounts" USING btree ("updated_at");
  CREATE INDEX "service_accounts_created_at_idx" ON "service_accounts" USING btree ("created_at");
  CREATE UNIQUE INDEX "payments_reference_idx" ON "payments" USING btree ("reference");
  CREATE INDEX "payments_user_idx" ON "payments" USING btree ("user_id");
  CREATE INDEX "payments_status_idx" ON "payments" USING btree ("status");
  CREATE INDEX "payments_updated_at_idx" ON "payments" USING btree ("updated_at");
  CREATE INDEX "payments_created_at_idx" ON "payments" USING btree ("created_at");
  CREATE INDEX "wallets_owner_idx" ON "wallets" USING btree ("owner_id");
  CREATE INDEX "wallets_updated_at_idx" ON "wallets" USING btree ("updated_at");
  CREATE INDEX "wallets_created_at_idx" ON "wallets" USING btree ("created_at");
  CREATE UNIQUE INDEX "wallet_transactions_key_idx" ON "wallet_transactions" USING btree ("key");
  CREATE INDEX "wallet_transactions_from_wallet_idx" ON "wallet_transactions" USING btree ("from_wallet_id");
  CREATE INDEX "wallet_transactions_to_wallet_idx" ON "wallet_transactions" USING btree ("to_wallet_id");
  CREATE INDEX "wallet_transactions_payment_idx" ON "wallet_transactions" USING btree ("payment_id");
  CREATE INDEX "wallet_transactions_commission_idx" ON "wallet_transactions" USING btree ("commission_id");
  CREATE INDEX "wallet_transactions_reverses_idx" ON "wallet_transactions" USING btree ("reverses_id");
  CREATE INDEX "wallet_transactions_posted_at_idx" ON "wallet_transactions" USING btree ("posted_at");
  CREATE INDEX "wallet_transactions_updated_at_idx" ON "wallet_transactions" USING btree ("updated_at");
  CREATE INDEX "wallet_transactions_created_at_idx" ON "wallet_transactions" USING btree ("created_at");
  CREATE UNIQUE INDEX "wallet_transactions_from_version" ON "wallet_transactions" USING btree ("from_wallet_id","from_version") WHERE "wallet_transactions"."from_version" is not null;
  CREATE UNIQUE INDEX "wallet_transactions_to_version" ON "wallet_transactions" USING btree ("to_wallet_id","to_version") WHERE "wallet_transactions"."to_version" is not null;
  CREATE UNIQUE INDEX "wallet_transactions_reverses_once" ON "wallet_transactions" USING btree ("reverses_id") WHERE "wallet_transactions"."reverses_id" is not null;
  CREATE UNIQUE INDEX "commissions_payment_idx" ON "commissions" USING btree ("payment_id");
  CREATE INDEX "commissions_payer_idx" ON "commissions" USING btree ("payer_id");
  CREATE INDEX "commissions_referrer_idx" ON "commissions" USING btree ("referrer_id");
  CREATE INDEX "commissions_status_idx" ON "commissions" USING btree ("status");
  CREATE INDEX "commissions_reason_idx" ON "commissions" USING btree ("reason");
  CREATE INDEX "commissions_hold_until_idx" ON "commissions" USING btree ("hold_until");
  CREATE INDEX "commissions_decided_at_idx" ON "commissions" USING btree ("decided_at");
  CREATE INDEX "commissions_updated_at_idx" ON "commissions" USING btree ("updated_at");
  CREATE INDEX "commissions_created_at_idx" ON "commissions" USING btree ("created_at");
  CREATE UNIQUE INDEX "commissions_first_of_payer" ON "commissions" USING btree ("payer_id") WHERE is_first;
  CREATE UNIQUE INDEX "payload_kv_key_idx" ON "payload_kv" USING btree ("key");
  CREATE INDEX "payload_preferences_key_idx" ON "payload_preferences" USING btree ("key");
  CREATE INDEX "payload_preferences_updated_at_idx" ON "payload_preferences" USING btree ("updated_at");
  CREATE INDEX "payload_preferences_created_at_idx" ON "payload_preferences" USING btree ("created_at");
  CREATE INDEX "payload_preferences_rels_order_idx" ON "payload_preferences_rels" USING btree ("order");
  CREATE INDEX "payload_preferences_rels_parent_idx" ON "payload_preferences_rels" USING btree ("parent_id");
  CREATE INDEX "payload_preferences_rels_path_idx" ON "payload_preferences_rels" USING btree ("path");
  CREATE INDEX "payload_preferences_rels_users_id_idx" ON "payload_preferences_rels" USING btree ("users_id");
  CREATE INDEX "payload_preferences_rels_service_accounts_id_idx" ON "payload_preferences_rels" USING btree ("service_accounts_id");
  CREATE INDEX "payload_migrations_updated_at_idx" ON "payload_migrations" USING btree ("updated_at");
  CREATE INDEX "payload_migrations_created_at_idx" ON "payload_migrations" USING btree ("created_at");
  CREATE INDEX "affiliation_config_currencies_order_idx" ON "affiliation_config_currencies" USING btree ("_order");
  CREATE INDEX "affiliation_config_currencies_parent_id_idx" ON "affiliation_config_currencies" USING btree ("_parent_id");
  CREATE INDEX "_affiliation_config_v_version_currencies_order_idx" ON "_affiliation_config_v_version_currencies" USING btree ("_order");
  CREATE INDEX "_affiliation_config_v_version_currencies_parent_id_idx" ON "_affiliation_config_v_version_currencies" USING btree ("_parent_id");
  CREATE INDEX "_affiliation_config_v_created_at_idx" ON "_affiliation_config_v" USING btree ("created_at");
  CREATE INDEX "_affiliation_config_v_updated_at_idx" ON "_affiliation_config_v" USING btree ("updated_at");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "users_sessions" CASCADE;
  DROP TABLE "users" CASCADE;
  DROP TABLE "service_accounts_scopes" CASCADE;
  DROP TABLE "service_accounts" CASCADE;
  DROP TABLE "payments" CASCADE;
  DROP TABLE "wallets" CASCADE;
  DROP TABLE "wallet_transactions" CASCADE;
  DROP TABLE "commissions" CASCADE;
  DROP TABLE "payload_kv" CASCADE;
  DROP TABLE "payload_preferences" CASCADE;
  DROP TABLE "payload_preferences_rels" CASCADE;
  DROP TABLE "payload_migrations" CASCADE;
  DROP TABLE "affiliation_config_currencies" CASCADE;
  DROP TABLE "affiliation_config" CASCADE;
  DROP TABLE "_affiliation_config_v_version_currencies" CASCADE;
  DROP TABLE "_affiliation_config_v" CASCADE;
  DROP TYPE "public"."enum_users_role";
  DROP TYPE "public"."enum_service_accounts_scopes";
  DROP TYPE "public"."enum_payments_status";
  DROP TYPE "public"."enum_commissions_status";
  DROP TYPE "public"."enum_affiliation_config_duration";
  DROP TYPE "public"."enum__affiliation_config_v_version_duration";`)
}
