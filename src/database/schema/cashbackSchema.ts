import { sql } from '@payloadcms/db-postgres'
import { check, index, uniqueIndex } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, countable, integer, rules, type SchemaHook, tableOf } from './columns.ts'

/** Integer columns, CHECKs and indexes of network transactions and their cashback. */
export const cashbackSchema: SchemaHook = (args) => {
  extendTransactions(args)
  extendEvents(args)
  extendLimits(args)
  extendAssignments(args)
  extendHolds(args)
  extendClaims(args)
  extendStatements(args)
  return args.schema
}

type Extend = (args: Parameters<SchemaHook>[0]) => void

const extendTransactions: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'network_transactions'),
    columns: {
      saleMinor: integer('sale_minor'),
      commissionMinor: integer('commission_minor').notNull(),
      paidMinor: integer('paid_minor'),
      acceptedMinor: integer('accepted_minor'),
    },
    extraConfig: rules(
      (
        t: Columns<'commissionMinor' | 'reportedClick' | 'network' | 'reversalOf' | 'saleMinor'>,
      ) => ({
        countable: countable('network_transactions_commission_countable', t.commissionMinor),
        saleCountable: countable('network_transactions_sale_countable', t.saleMinor),
        returns: index('network_transactions_reversals')
          .on(t.network, t.reversalOf)
          .where(sql`reversal_of is not null`),
        reportedClicks: index('network_transactions_reported_clicks')
          .on(t.reportedClick)
          .where(sql`reported_click_id is not null`),
        unattributed: index('network_transactions_unattributed')
          .on(t.network)
          .where(sql`member_id is null`),
        accepted: index('network_transactions_accepted')
          .on(t.network)
          .where(sql`accepted_at is not null`),
        unmapped: index('network_transactions_unmapped')
          .on(t.network)
          .where(sql`status = 'unknown'`),
        belowZero: index('network_transactions_below_zero')
          .on(t.network)
          .where(sql`commission_minor < 0`),
      }),
    ),
  })
}

const extendEvents: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'cashback_events'),
    columns: {
      amountMinor: integer('amount_minor').notNull(),
      creditedMinor: integer('credited_minor').notNull().default(0),
      autoApproveCapMinor: integer('auto_approve_cap_minor'),
      creditCeilingMinor: integer('credit_ceiling_minor'),
    },
    extraConfig: rules(
      (t: Columns<'amountMinor' | 'creditCeilingMinor' | 'creditedMinor' | 'status'>) => ({
        ceiling: check(
          'cashback_events_credited_within_ceiling',
          sql`${t.creditedMinor} <= ${t.creditCeilingMinor}`,
        ),
        countable: countable('cashback_events_amount_countable', t.amountMinor),
        credited: check(
          'cashback_events_credited_within_amount',
          sql`${t.creditedMinor} between 0 and ${t.amountMinor}`,
        ),
        status: check(
          'cashback_events_credited_fits_status',
          sql`${t.creditedMinor} = 0 or ${t.status}::text in ('approved', 'paid')`,
        ),
      }),
    ),
  })
}

const extendLimits: Extend = ({ extendTable, schema }) => {
  const limits = [
    ['networks', 'trustedCapMinor', 'trusted_cap_minor'],
    ['merchants', 'ageCapMinor', 'age_cap_minor'],
    ['cashback_config', 'ageCapMinor', 'age_cap_minor'],
    ['_cashback_config_v', 'version_ageCapMinor', 'version_age_cap_minor'],
  ] as const
  for (const [table, field, column] of limits) {
    extendTable({ table: tableOf(schema.tables, table), columns: { [field]: integer(column) } })
  }
  extendTable({
    table: tableOf(schema.tables, 'networks'),
    columns: {
      trustedDayCapMinor: integer('trusted_day_cap_minor').notNull().default(1_000_000),
    },
  })
  for (const name of [
    'cashback_config_largest_amounts',
    '_cashback_config_v_version_largest_amounts',
  ]) {
    extendTable({
      table: tableOf(schema.tables, name),
      columns: { largestMinor: integer('largest_minor').notNull() },
    })
  }
}

const extendAssignments: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'transaction_assignments'),
    columns: {
      amountMinor: integer('amount_minor').notNull(),
      seenMinor: integer('seen_minor').notNull().default(0),
      refusedMinor: integer('refused_minor'),
    },
    extraConfig: rules((t: Columns<'amountMinor' | 'transaction'>) => ({
      countable: countable('transaction_assignments_amount_countable', t.amountMinor),
      once: uniqueIndex('transaction_assignments_one_active')
        .on(t.transaction)
        .where(sql`status in ('pending', 'applied')`),
    })),
  })
  extendTable({
    table: tableOf(schema.tables, 'sync_requests'),
    extraConfig: rules((t: Columns<'mode' | 'network'>) => ({
      once: uniqueIndex('sync_requests_one_waiting')
        .on(t.network, t.mode)
        .where(sql`status = 'waiting'`),
    })),
  })
}

const extendHolds: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'file_imports'),
    extraConfig: rules((t: Columns<'decidedBy' | 'reasons' | 'requestedBy' | 'status'>) => ({
      secondPerson: check(
        'file_imports_second_person',
        sql`${t.status}::text <> 'approved'
          or (${t.decidedBy} is not null and ${t.decidedBy} is distinct from ${t.requestedBy})`,
      ),
      applied: check(
        'file_imports_applied_within_limits',
        sql`${t.status}::text <> 'applied' or ${t.reasons} is null`,
      ),
    })),
  })
  extendTable({
    table: tableOf(schema.tables, 'held_credits'),
    columns: {
      fromMinor: integer('from_minor').notNull(),
      toMinor: integer('to_minor').notNull(),
      amountMinor: integer('amount_minor').notNull(),
    },
    extraConfig: rules(
      (
        t: Columns<
          'amountMinor' | 'assignment' | 'fileImport' | 'fromMinor' | 'toMinor' | 'transaction'
        >,
      ) => ({
        growth: check(
          'held_credits_amount_is_growth',
          sql`${t.amountMinor} > 0 and ${t.amountMinor} = ${t.toMinor} - ${t.fromMinor}`,
        ),
        cause: check(
          'held_credits_one_cause',
          sql`num_nonnulls(${t.fileImport}, ${t.assignment}) = 1`,
        ),
        once: uniqueIndex('held_credits_one_held')
          .on(t.transaction)
          .where(sql`status = 'held'`),
      }),
    ),
  })
}

const extendClaims: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'cashback_claims'),
    columns: { saleMinor: integer('sale_minor').notNull() },
    extraConfig: rules((t: Columns<'merchant' | 'orderKey' | 'saleMinor'>) => ({
      countable: countable('cashback_claims_sale_countable', t.saleMinor),
      once: uniqueIndex('cashback_claims_one_accepted')
        .on(t.merchant, t.orderKey)
        .where(sql`status = 'accepted'`),
    })),
  })
}

const extendStatements: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'network_statements'),
    columns: {
      totalMinor: integer('total_minor').notNull(),
      differenceMinor: integer('difference_minor').notNull(),
    },
    extraConfig: rules((t: Columns<'totalMinor'>) => ({
      countable: countable('network_statements_total_countable', t.totalMinor),
    })),
  })
  extendTable({
    table: tableOf(schema.tables, 'statement_lines'),
    columns: {
      amountMinor: integer('amount_minor').notNull(),
      ourMinor: integer('our_minor'),
    },
    extraConfig: rules((t: Columns<'amountMinor' | 'statement'>) => ({
      countable: countable('statement_lines_amount_countable', t.amountMinor),
      unknown: index('statement_lines_unknown')
        .on(t.statement)
        .where(sql`result = 'unknown'`),
    })),
  })
}
