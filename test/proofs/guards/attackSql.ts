/** A row of each money table to start an attack from, by table name. */
export type Fixture = Record<string, string>

/**
 * An attempt, in SQL, at what one guard forbids and nothing else does. It is refused while the
 * guard is there and goes through once it is removed.
 */
export type Attack = (fixture: Fixture) => string[]

/** What JavaScript cannot count. */
export const TOO_LARGE = '9007199254740993'

/** Inserts a copy of a row with some columns changed; `id` is always a new one. */
export const copy = (
  table: string,
  id: string,
  changes: Record<string, string | number | null>,
): string => {
  const overrides = JSON.stringify(changes).replaceAll("'", "''")
  return `insert into ${table} select (jsonb_populate_record(t, to_jsonb(t) ||
    jsonb_build_object('id', gen_random_uuid()) || '${overrides}'::jsonb)).* from ${table} t where id = '${id}'`
}
export const update = (table: string, id: string, set: string) =>
  `update ${table} set ${set} where id = '${id}'`
