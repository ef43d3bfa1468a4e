import { sql } from '@payloadcms/db-postgres'
import { check, uniqueIndex } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, rules, countable, integer, type SchemaHook, tableOf } from './columns.ts'

/**
 * Integer columns and CHECKs of payments, refunds, commissions, adjustments, invite codes and
 * limits.
 */
export const moneySchema: SchemaHook = (args) => {
  extendUsers(args)
  extendPayments(args)
  extendCommissions(args)
  extendRefunds(args)
  extendAdjustments(args)
  extendLimits(args)
  return args.schema
}

type Extend = (args: Parameters<SchemaHook>[0]) => void

const extendUsers: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'users'),
    extraConfig: rules((t: Columns<'inviteCode'>) => ({
      upperCode: check('users_invite_code_upper', sql`${t.inviteCode} = upper(${t.inviteCode})`),
    })),
  })
}

const extendPayments: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'payments'),
    columns: {
      amountMinor: integer('amount_minor').notNull(),
      refundedMinor: integer('refunded_minor').notNull().default(0),
    },
    extraConfig: rules((t: Columns<'amountMinor' | 'refundedMinor'>) => ({
      positive: check('payments_amount_positive', sql`${t.amountMinor} > 0`),
      countable: countable('payments_amount_countable', t.amountMinor),
      refunded: check(
        'payments_refunded_within_amount',
        sql`${t.refundedMinor} between 0 and ${t.amountMinor}`,
      ),
    })),
  })
}

const extendCommissions: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'commissions'),
    columns: {
      baseMinor: integer('base_minor').notNull(),
      amountMinor: integer('amount_minor').notNull(),
      reversedMinor: integer('reversed_minor').notNull().default(0),
    },
    extraConfig: rules(
      (t: Columns<'amountMinor' | 'payer' | 'reason' | 'reversedMinor' | 'status'>) => ({
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
          .on(t.payer)
          .where(sql`is_first`),
      }),
    ),
  })
}

const extendRefunds: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'refunds'),
    columns: { amountMinor: integer('amount_minor').notNull() },
    extraConfig: rules((t: Columns<'amountMinor'>) => ({
      positive: check('refunds_amount_positive', sql`${t.amountMinor} > 0`),
      countable: countable('refunds_amount_countable', t.amountMinor),
    })),
  })
}

const extendAdjustments: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'adjustments'),
    columns: { amountMinor: integer('amount_minor').notNull() },
    extraConfig: rules((t: Columns<'amountMinor' | 'effect'>) => ({
      amount: check(
        'adjustments_amount_fits_effect',
        sql`case when ${t.effect}::text = 'rebuild' then ${t.amountMinor} = 0 else ${t.amountMinor} > 0 end`,
      ),
      countable: countable('adjustments_amount_countable', t.amountMinor),
    })),
  })
}

const extendLimits: Extend = ({ extendTable, schema }) => {
  for (const name of ['finance_config_second_person', '_finance_config_v_version_second_person']) {
    extendTable({
      table: tableOf(schema.tables, name),
      columns: {
        aboveMinor: integer('above_minor').notNull().default(0),
        actorAboveMinor: integer('actor_above_minor'),
      },
    })
  }
  for (const name of ['finance_config_credits', '_finance_config_v_version_credits']) {
    extendTable({
      table: tableOf(schema.tables, name),
      columns: {
        perImportMinor: integer('per_import_minor').notNull().default(0),
        perMemberMinor: integer('per_member_minor').notNull().default(0),
        perActorMinor: integer('per_actor_minor').notNull().default(0),
      },
    })
  }
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
}
