import { sql } from '@payloadcms/db-postgres'
import { check, uniqueIndex } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, countable, integer, type SchemaHook, tableOf } from './columns.ts'

/** Integer columns and CHECKs of payments, commissions, invite codes and the programme's limits. */
export const moneySchema: SchemaHook = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'users'),
    extraConfig: (t: Columns) => ({
      upperCode: check('users_invite_code_upper', sql`${t.inviteCode} = upper(${t.inviteCode})`),
    }),
  })
  extendTable({
    table: tableOf(schema.tables, 'payments'),
    columns: {
      amountMinor: integer('amount_minor').notNull(),
      refundedMinor: integer('refunded_minor').notNull().default(0),
    },
    extraConfig: (t: Columns) => ({
      positive: check('payments_amount_positive', sql`${t.amountMinor} > 0`),
      countable: countable('payments_amount_countable', t.amountMinor),
      refunded: check(
        'payments_refunded_within_amount',
        sql`${t.refundedMinor} between 0 and ${t.amountMinor}`,
      ),
    }),
  })
  extendTable({
    table: tableOf(schema.tables, 'commissions'),
    columns: {
      baseMinor: integer('base_minor').notNull(),
      amountMinor: integer('amount_minor').notNull(),
      reversedMinor: integer('reversed_minor').notNull().default(0),
    },
    extraConfig: (t: Columns) => ({
      reason: check(
        'commissions_skipped_has_reason',
        sql`(${t.status}::text = 'skipped') = (${t.reason} is not null)`,
      ),
      amount: check(
        'commissions_amount_fits_status',
        sql`case when ${t.status}::text = 'skipped' then ${t.amountMinor} = 0 else ${t.amountMinor} > 0 end`,
      ),
      countable: countable('commissions_amount_countable', t.amountMinor),
      reversed: check(
        'commissions_reversed_within_amount',
        sql`${t.reversedMinor} between 0 and ${t.amountMinor}`,
      ),
      first: uniqueIndex('commissions_first_of_payer')
        .on(t.payer!)
        .where(sql`is_first`),
    }),
  })
  for (const name of [
    'affiliation_config_currencies',
    '_affiliation_config_v_version_currencies',
  ]) {
    extendTable({
      table: tableOf(schema.tables, name),
      columns: {
        minPaymentMinor: integer('min_payment_minor').notNull().default(0),
        maxCommissionMinor: integer('max_commission_minor'),
      },
    })
  }
  return schema
}
