-- One step of proof_chain: state = sha256(state + sha256(line)).
create or replace function proof_chain_step(state bytea, line text)
returns bytea
language sql immutable strict parallel safe as $$
  select sha256(state || sha256(convert_to(line, 'UTF8')))
$$;
