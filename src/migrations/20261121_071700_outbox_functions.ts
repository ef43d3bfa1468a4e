import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * What wakes workers, and Agenda's own table (as of @agendajs/postgres-backend 3.0.6): two workers
 * that make it at once would fail. Heard only once the transaction is committed.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    create function tell_listeners() returns trigger language plpgsql as $$
      begin
        perform pg_notify(tg_argv[0], '');
        return null;
      end $$;
    create trigger notifications_wake after insert on notifications
      for each statement execute function tell_listeners('outbox');
    create trigger inbound_events_wake after insert on inbound_events
      for each statement execute function tell_listeners('inbound');
    create trigger job_runs_wake after insert on job_runs
      for each row when (new.status = 'requested') execute function tell_listeners('jobs');
    insert into messaging_config (id, otp_paused, money_paused, bulk_paused, created_at, updated_at)
      values (time_ordered_uuid(), false, false, false, now(), now());

    create schema jobs;
    create table jobs.agenda_jobs (
      id uuid primary key default gen_random_uuid(),
      name varchar(255) not null,
      priority integer not null default 0,
      next_run_at timestamptz,
      type varchar(10) not null default 'normal' check (type in ('normal', 'single')),
      locked_at timestamptz,
      last_finished_at timestamptz,
      failed_at timestamptz,
      fail_count integer,
      fail_reason text,
      repeat_timezone varchar(100),
      last_run_at timestamptz,
      repeat_interval varchar(255),
      data jsonb default '{}',
      repeat_at varchar(255),
      disabled boolean default false,
      progress real,
      fork boolean default false,
      last_modified_by varchar(255),
      debounce_started_at timestamptz,
      start_date timestamptz,
      end_date timestamptz,
      skip_days jsonb,
      created_at timestamptz default now(),
      updated_at timestamptz default now()
    );
    create index agenda_jobs_find_and_lock_idx on jobs.agenda_jobs
      (name, next_run_at, priority desc, locked_at, disabled) where disabled = false;
    create unique index agenda_jobs_single_job_idx on jobs.agenda_jobs (name) where type = 'single';
    create index agenda_jobs_locked_at_idx on jobs.agenda_jobs (locked_at)
      where locked_at is not null;
    create index agenda_jobs_next_run_at_idx on jobs.agenda_jobs (next_run_at)
      where next_run_at is not null;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    drop schema jobs cascade;
    delete from messaging_config;
    drop trigger job_runs_wake on job_runs;
    drop trigger inbound_events_wake on inbound_events;
    drop trigger notifications_wake on notifications;
    drop function tell_listeners();`)
}
