import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_notifications_lane" AS ENUM('otp', 'money', 'bulk');
  CREATE TYPE "public"."enum_notifications_status" AS ENUM('pending', 'sending', 'sent', 'delivered', 'bounced', 'unknown', 'suppressed', 'dead', 'discarded');
  CREATE TYPE "public"."enum_notifications_channel" AS ENUM('email', 'sms');
  CREATE TYPE "public"."enum_suppressions_channel" AS ENUM('email', 'sms');
  CREATE TYPE "public"."enum_suppressions_reason" AS ENUM('bounce', 'complaint', 'opt-out', 'by-hand');
  CREATE TYPE "public"."enum_notification_preferences_category" AS ENUM('security', 'account', 'orders', 'cashback', 'commissions', 'withdrawals');
  CREATE TYPE "public"."enum_notification_preferences_channel" AS ENUM('email', 'sms');
  CREATE TYPE "public"."enum_inbound_events_status" AS ENUM('pending', 'applied', 'ignored', 'failed');
  ALTER TYPE "public"."enum_job_runs_status" ADD VALUE 'requested' BEFORE 'running';
  CREATE TABLE "notifications" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"dedupe_key" varchar NOT NULL,
  	"lane" "enum_notifications_lane" NOT NULL,
  	"status" "enum_notifications_status" DEFAULT 'pending' NOT NULL,
  	"channel" "enum_notifications_channel" NOT NULL,
  	"template" varchar NOT NULL,
  	"category" varchar NOT NULL,
  	"locale" varchar NOT NULL,
  	"user_id" uuid,
  	"to" varchar NOT NULL,
  	"data" jsonb,
  	"secret" varchar,
  	"attempt_count" numeric DEFAULT 0 NOT NULL,
  	"attempts" jsonb,
  	"next_attempt_at" timestamp(3) with time zone NOT NULL,
  	"lease_token" varchar,
  	"lease_until" timestamp(3) with time zone,
  	"attempt_started_at" timestamp(3) with time zone,
  	"provider" varchar,
  	"provider_message_id" varchar,
  	"is_possible_duplicate" boolean DEFAULT false,
  	"reason" varchar,
  	"sent_at" timestamp(3) with time zone,
  	"final_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "suppressions" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"channel" "enum_suppressions_channel" NOT NULL,
  	"address" varchar NOT NULL,
  	"reason" "enum_suppressions_reason" DEFAULT 'by-hand' NOT NULL,
  	"provider" varchar,
  	"detail" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "notification_preferences" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"user_id" uuid NOT NULL,
  	"category" "enum_notification_preferences_category" NOT NULL,
  	"channel" "enum_notification_preferences_channel" NOT NULL,
  	"is_on" boolean DEFAULT true NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "inbound_events" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"source" varchar NOT NULL,
  	"event_id" varchar NOT NULL,
  	"status" "enum_inbound_events_status" DEFAULT 'pending' NOT NULL,
  	"body" jsonb NOT NULL,
  	"detail" varchar,
  	"received_at" timestamp(3) with time zone NOT NULL,
  	"applied_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "otp_challenges" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"user_id" uuid NOT NULL,
  	"phone" varchar NOT NULL,
  	"code_hash" varchar NOT NULL,
  	"tries_left" numeric NOT NULL,
  	"expires_at" timestamp(3) with time zone NOT NULL,
  	"used_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "workers" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"host" varchar NOT NULL,
  	"pid" numeric NOT NULL,
  	"kinds" varchar NOT NULL,
  	"started_at" timestamp(3) with time zone NOT NULL,
  	"seen_at" timestamp(3) with time zone NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "messaging_config" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"otp_paused" boolean DEFAULT false,
  	"money_paused" boolean DEFAULT false,
  	"bulk_paused" boolean DEFAULT false,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  CREATE TABLE "_messaging_config_v" (
  	"id" uuid PRIMARY KEY NOT NULL,
  	"version_otp_paused" boolean DEFAULT false,
  	"version_money_paused" boolean DEFAULT false,
  	"version_bulk_paused" boolean DEFAULT false,
  	"version_updated_at" timestamp(3) with time zone,
  	"version_created_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "users" ADD COLUMN "phone_verified_at" timestamp(3) with time zone;
  ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "otp_challenges" ADD CONSTRAINT "otp_challenges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE UNIQUE INDEX "notifications_dedupe_key_idx" ON "notifications" USING btree ("dedupe_key");
  CREATE INDEX "notifications_status_idx" ON "notifications" USING btree ("status");
  CREATE INDEX "notifications_template_idx" ON "notifications" USING btree ("template");
  CREATE INDEX "notifications_user_idx" ON "notifications" USING btree ("user_id");
  CREATE INDEX "notifications_to_idx" ON "notifications" USING btree ("to");
  CREATE INDEX "notifications_provider_message_id_idx" ON "notifications" USING btree ("provider_message_id");
  CREATE INDEX "notifications_updated_at_idx" ON "notifications" USING btree ("updated_at");
  CREATE INDEX "notifications_created_at_idx" ON "notifications" USING btree ("created_at");
  CREATE INDEX "notifications_due" ON "notifications" USING btree ("lane","next_attempt_at") WHERE status = 'pending';
  CREATE INDEX "notifications_leased" ON "notifications" USING btree ("lease_until") WHERE status = 'sending';
  CREATE INDEX "notifications_waiting" ON "notifications" USING btree ("next_attempt_at") WHERE status in ('pending', 'unknown');
  CREATE INDEX "notifications_left" ON "notifications" USING btree ("sent_at") WHERE sent_at is not null;
  CREATE INDEX "suppressions_address_idx" ON "suppressions" USING btree ("address");
  CREATE INDEX "suppressions_updated_at_idx" ON "suppressions" USING btree ("updated_at");
  CREATE INDEX "suppressions_created_at_idx" ON "suppressions" USING btree ("created_at");
  CREATE UNIQUE INDEX "channel_address_idx" ON "suppressions" USING btree ("channel","address");
  CREATE INDEX "notification_preferences_user_idx" ON "notification_preferences" USING btree ("user_id");
  CREATE INDEX "notification_preferences_updated_at_idx" ON "notification_preferences" USING btree ("updated_at");
  CREATE INDEX "notification_preferences_created_at_idx" ON "notification_preferences" USING btree ("created_at");
  CREATE UNIQUE INDEX "user_category_channel_idx" ON "notification_preferences" USING btree ("user_id","category","channel");
  CREATE INDEX "inbound_events_status_idx" ON "inbound_events" USING btree ("status");
  CREATE INDEX "inbound_events_updated_at_idx" ON "inbound_events" USING btree ("updated_at");
  CREATE INDEX "inbound_events_created_at_idx" ON "inbound_events" USING btree ("created_at");
  CREATE UNIQUE INDEX "source_eventId_idx" ON "inbound_events" USING btree ("source","event_id");
  CREATE INDEX "otp_challenges_user_idx" ON "otp_challenges" USING btree ("user_id");
  CREATE INDEX "otp_challenges_phone_idx" ON "otp_challenges" USING btree ("phone");
  CREATE INDEX "otp_challenges_updated_at_idx" ON "otp_challenges" USING btree ("updated_at");
  CREATE INDEX "otp_challenges_created_at_idx" ON "otp_challenges" USING btree ("created_at");
  CREATE INDEX "workers_seen_at_idx" ON "workers" USING btree ("seen_at");
  CREATE INDEX "workers_updated_at_idx" ON "workers" USING btree ("updated_at");
  CREATE INDEX "workers_created_at_idx" ON "workers" USING btree ("created_at");
  CREATE INDEX "_messaging_config_v_created_at_idx" ON "_messaging_config_v" USING btree ("created_at");
  CREATE INDEX "_messaging_config_v_updated_at_idx" ON "_messaging_config_v" USING btree ("updated_at");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "notifications" CASCADE;
  DROP TABLE "suppressions" CASCADE;
  DROP TABLE "notification_preferences" CASCADE;
  DROP TABLE "inbound_events" CASCADE;
  DROP TABLE "otp_challenges" CASCADE;
  DROP TABLE "workers" CASCADE;
  DROP TABLE "messaging_config" CASCADE;
  DROP TABLE "_messaging_config_v" CASCADE;
  ALTER TABLE "job_runs" ALTER COLUMN "status" SET DATA TYPE text;
  DROP TYPE "public"."enum_job_runs_status";
  CREATE TYPE "public"."enum_job_runs_status" AS ENUM('running', 'completed', 'failed', 'skipped');
  ALTER TABLE "job_runs" ALTER COLUMN "status" SET DATA TYPE "public"."enum_job_runs_status" USING "status"::"public"."enum_job_runs_status";
  ALTER TABLE "users" DROP COLUMN "phone_verified_at";
  DROP TYPE "public"."enum_notifications_lane";
  DROP TYPE "public"."enum_notifications_status";
  DROP TYPE "public"."enum_notifications_channel";
  DROP TYPE "public"."enum_suppressions_channel";
  DROP TYPE "public"."enum_suppressions_reason";
  DROP TYPE "public"."enum_notification_preferences_category";
  DROP TYPE "public"."enum_notification_preferences_channel";
  DROP TYPE "public"."enum_inbound_events_status";`)
}
