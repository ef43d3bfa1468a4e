/** Asks PostgreSQL whether it takes writes: `ok` is false on a standby and where it is read-only. */
export const TAKES_WRITES = `
  select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as ok`
