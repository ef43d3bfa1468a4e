-- Chains the lines of a day by proof_chain_step, from 32 zero bytes on. The result depends on each
-- line and on their order, and needs no memory for them.
create or replace aggregate proof_chain(text) (
  sfunc = proof_chain_step,
  stype = bytea,
  initcond = '\x0000000000000000000000000000000000000000000000000000000000000000'
);
