type Database = { sql: <Row>(text: string) => Promise<Row[]> }

/** Inserts audit rows of the past, a minute apart from an instant on (ISO 8601). */
export const insertAuditRows = async ({ sql }: Database, at: string, count = 1): Promise<void> => {
  await sql(`
    insert into audit_logs (id, at, action, subject, subject_id, actor_email, before, after,
      created_at, updated_at)
    select time_ordered_uuid(), r.at, 'update', 'users', 'row-' || n, 'asha@example.com',
      '{"name": null, "note": "a\\nb"}', jsonb_build_object('n', n), r.at, r.at
    from generate_series(1, ${count}) n,
      lateral (select '${at}'::timestamptz + (n - 1) * interval '1 minute' as at) r`)
}
