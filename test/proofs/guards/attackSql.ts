/** The id of a row of each money table that an attack starts from, by table name. */
export type Fixture = Record<string, string>

/**
 * SQL statements that break the rule of one guard and of no other. They are refused while the
 * guard is in place, and succeed when it is removed.
 */
export type Attack = (fixture: Fixture) => string[]

/** The first integer above the safe range that JavaScript cannot represent: 2^53 + 1. */
export const TOO_LARGE = '9007199254740993'

/** Returns the SQL that inserts a copy of a row with some columns changed and a new `id`. */
export const copy = (
  table: string,
  id: string,
  changes: Record<string, string | number | null>,
): string => {
  const overrides = JSON.stringify(changes).replaceAll("'", "''")
  return `insert into ${table} select (jsonb_populate_record(t, to_jsonb(t) ||
    jsonb_build_object('id', gen_random_uuid()) || '${overrides}'::jsonb)).* from ${table} t where id = '${id}'`
}
/** Returns the SQL that changes one row. */
export const update = (table: string, id: string, set: string) =>
  `update ${table} set ${set} where id = '${id}'`
