-- Returns a version 7 UUID (RFC 9562): 48 bits of milliseconds, then random bits. PostgreSQL has a
-- function for it from 18 on, and 15 is supported. Ids of one millisecond are not ordered: the
-- ledger is ordered by the wallets' versions.
create or replace function time_ordered_uuid()
returns uuid
language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;
