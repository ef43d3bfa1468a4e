import { sql } from '@payloadcms/db-postgres'
import { check, index, uniqueIndex } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, countable, integer, rules, type SchemaHook, tableOf } from './columns.ts'

/** Integer columns, CHECKs and indexes of sales and of the cashback that follows them. */
export const cashbackSchema: SchemaHook = (args) => {
  extendSales(args)
  extendEvents(args)
  extendLimits(args)
  extendAssignments(args)
  extendClaims(args)
  extendStatements(args)
  return args.schema
}

type Extend = (args: Parameters<SchemaHook>[0]) => void

const extendSales: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'network_transactions'),
    columns: {
      saleMinor: integer('sale_minor'),
      commissionMinor: integer('commission_minor').notNull(),
      paidMinor: integer('paid_minor'),
    },
    extraConfig: rules(
      (t: Columns<'commissionMinor' | 'namedClick' | 'network' | 'returnOf' | 'saleMinor'>) => ({
        countable: countable('network_transactions_commission_countable', t.commissionMinor),
        saleCountable: countable('network_transactions_sale_countable', t.saleMinor),
        returns: index('network_transactions_returns')
          .on(t.network, t.returnOf)
          .where(sql`return_of is not null`),
        namedClicks: index('network_transactions_named_clicks')
          .on(t.namedClick)
          .where(sql`named_click_id is not null`),
        orphans: index('network_transactions_orphans')
          .on(t.network)
          .where(sql`member_id is null`),
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
      grantCapMinor: integer('grant_cap_minor'),
    },
    extraConfig: rules((t: Columns<'amountMinor' | 'creditedMinor' | 'status'>) => ({
      countable: countable('cashback_events_amount_countable', t.amountMinor),
      credited: check(
        'cashback_events_credited_within_amount',
        sql`${t.creditedMinor} between 0 and ${t.amountMinor}`,
      ),
      status: check(
        'cashback_events_credited_fits_status',
        sql`${t.creditedMinor} = 0 or ${t.status}::text in ('approved', 'paid')`,
      ),
    })),
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
}

const extendAssignments: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'sale_assignments'),
    columns: { amountMinor: integer('amount_minor').notNull() },
    extraConfig: rules((t: Columns<'amountMinor' | 'sale'>) => ({
      countable: countable('sale_assignments_amount_countable', t.amountMinor),
      once: uniqueIndex('sale_assignments_one_standing')
        .on(t.sale)
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

const extendClaims: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'cashback_claims'),
    columns: { saleMinor: integer('sale_minor').notNull() },
    extraConfig: rules((t: Columns<'saleMinor'>) => ({
      countable: countable('cashback_claims_sale_countable', t.saleMinor),
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
    extraConfig: rules((t: Columns<'amountMinor'>) => ({
      countable: countable('statement_lines_amount_countable', t.amountMinor),
    })),
  })
}
