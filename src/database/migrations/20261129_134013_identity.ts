import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "users" ADD COLUMN "email_verified_at" timestamp(3) with time zone;
  ALTER TABLE "affiliation_config" ADD COLUMN "confirmed_only" boolean DEFAULT true;
  ALTER TABLE "_affiliation_config_v" ADD COLUMN "version_confirmed_only" boolean DEFAULT true;`)
  await db.execute(sql`
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
   );`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`drop table member_contacts; drop table email_changes;`)
  await db.execute(sql`
   ALTER TABLE "users" DROP COLUMN "email_verified_at";
  ALTER TABLE "affiliation_config" DROP COLUMN "confirmed_only";
  ALTER TABLE "_affiliation_config_v" DROP COLUMN "version_confirmed_only";`)
}
