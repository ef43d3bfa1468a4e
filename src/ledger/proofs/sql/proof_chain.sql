-- Chains the lines of a day: state = sha256(state + sha256(line)), from 32 zero bytes on. The
-- result depends on each line and on their order, and needs no memory for them.
create or replace function proof_chain_step(state bytea, line text)
returns bytea
language sql immutable strict parallel safe as $$
  select sha256(state || sha256(convert_to(line, 'UTF8')))
$$;

create or replace aggregate proof_chain(text) (
  sfunc = proof_chain_step,
  stype = bytea,
  initcond = '\x0000000000000000000000000000000000000000000000000000000000000000'
);
