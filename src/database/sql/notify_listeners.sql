-- Notifies the channel in the trigger's argument when the transaction commits.
create or replace function notify_listeners() returns trigger language plpgsql as $$
begin
  perform pg_notify(tg_argv[0], '');
  return null;
end $$;
