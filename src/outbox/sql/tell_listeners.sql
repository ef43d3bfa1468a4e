-- Wakes whoever listens to the trigger's argument, once the transaction is committed.
create or replace function tell_listeners() returns trigger language plpgsql as $$
      begin
        perform pg_notify(tg_argv[0], '');
        return null;
      end $$;
