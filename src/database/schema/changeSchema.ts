import { sql } from '@payloadcms/db-postgres'
import { check } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, integer, rules, type SchemaHook, tableOf } from './columns.ts'

/** CHECKs of changes that wait for a second person, and the days of their cool-down. */
export const changeSchema: SchemaHook = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'change_requests'),
    extraConfig: rules(
      (
        t: Columns<
          'byOperator' | 'decidedAt' | 'decidedBy' | 'requestedBy' | 'status' | 'takesEffectAt'
        >,
      ) => ({
        decided: check(
          'change_requests_decided_has_time',
          sql`(${t.status}::text = 'requested') = (${t.decidedAt} is null)`,
        ),
        twoPeople: check(
          'change_requests_two_people',
          sql`${t.status}::text <> 'applied' or ${t.decidedBy} <> ${t.requestedBy}`,
        ),
        authority: check(
          'change_requests_applied_has_cause',
          sql`${t.status}::text <> 'applied' or ${t.decidedBy} is not null or ${t.byOperator}
            or (${t.takesEffectAt} is not null and ${t.takesEffectAt} <= ${t.decidedAt})`,
        ),
      }),
    ),
  })
  extendTable({
    table: tableOf(schema.tables, 'finance_config'),
    columns: { coolDownDays: integer('cool_down_days').notNull().default(3) },
    extraConfig: rules((t: Columns<'coolDownDays'>) => ({
      coolDown: check('finance_config_cool_down_days', sql`${t.coolDownDays} between 1 and 90`),
    })),
  })
  return schema
}
