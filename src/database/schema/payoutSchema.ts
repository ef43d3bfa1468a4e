import { sql } from '@payloadcms/db-postgres'
import {
  type AnyPgColumn,
  check,
  unique,
  uniqueIndex,
} from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, countable, integer, rules, type SchemaHook, tableOf } from './columns.ts'

/**
 * Integer columns, CHECKs and unique keys of withdrawals, their attempts and the rules of payouts.
 * Which transitions are allowed and who has to approve is in triggers (`src/payouts/sql`).
 */
export const payoutSchema: SchemaHook = (args) => {
  extendWithdrawals(args)
  extendApprovals(args)
  extendAttempts(args)
  extendBatches(args)
  extendMethods(args)
  extendConfig(args)
  return args.schema
}

type Extend = (args: Parameters<SchemaHook>[0]) => void

const extendWithdrawals: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'withdrawals'),
    columns: {
      grossMinor: integer('gross_minor').notNull(),
      feeMinor: integer('fee_minor').notNull(),
      deductionMinor: integer('deduction_minor').notNull(),
      netMinor: integer('net_minor').notNull(),
      platformFeeMinor: integer('platform_fee_minor').notNull().default(0),
      approvalsNeeded: integer('approvals_needed').notNull(),
      round: integer('round').notNull().default(1),
      attemptCount: integer('attempt_count').notNull().default(0),
    },
    extraConfig: rules(
      (
        t: Columns<
          | 'deductionMinor'
          | 'feeMinor'
          | 'grossMinor'
          | 'heldBy'
          | 'holdOwner'
          | 'holdUntil'
          | 'netMinor'
          | 'platformFeeMinor'
          | 'reason'
          | 'status'
        >,
      ) => ({
        positive: check('withdrawals_net_positive', sql`${t.netMinor} > 0`),
        addsUp: check(
          'withdrawals_gross_adds_up',
          sql`${t.grossMinor} = ${t.netMinor} + ${t.feeMinor} + ${t.deductionMinor}
            and ${t.feeMinor} >= 0 and ${t.deductionMinor} >= 0 and ${t.platformFeeMinor} >= 0`,
        ),
        countable: countable('withdrawals_gross_countable', t.grossMinor),
        held: check(
          'withdrawals_hold_has_reason',
          sql`${t.status}::text <> 'on-hold'
            or (${t.reason} is not null and ${t.holdOwner} is not null and ${t.holdUntil} is not null)`,
        ),
        reason: check(
          'withdrawals_refusal_has_reason',
          sql`${t.status}::text not in ('rejected', 'failed', 'returned') or ${t.reason} is not null`,
        ),
      }),
    ),
  })
}

const extendApprovals: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'withdrawal_approvals'),
    columns: { round: integer('round').notNull() },
    extraConfig: rules((t: Columns<'by' | 'round' | 'withdrawal'>) => ({
      once: unique('withdrawal_approvals_once').on(t.withdrawal, t.round, t.by),
    })),
  })
}

const extendAttempts: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'payout_attempts'),
    columns: {
      number: integer('number').notNull(),
      amountMinor: integer('amount_minor').notNull(),
      providerFeeMinor: integer('provider_fee_minor'),
      lookCount: integer('look_count').notNull().default(0),
    },
    extraConfig: rules(
      (t: Columns<'amountMinor' | 'lateStatus' | 'number' | 'status' | 'withdrawal'>) => ({
        positive: check('payout_attempts_amount_positive', sql`${t.amountMinor} > 0`),
        countable: countable('payout_attempts_amount_countable', t.amountMinor),
        numbered: unique('payout_attempts_numbered').on(t.withdrawal, t.number),
        // A withdrawal is paid by one attempt at a time, and by one at most.
        single: uniqueIndex('payout_attempts_one_at_a_time')
          .on(t.withdrawal)
          .where(sql`status in ('sending', 'sent', 'in-doubt', 'settled')`),
        late: check(
          'payout_attempts_late_known',
          sql`${t.lateStatus} is null or ${t.lateStatus} in ('open', 'paid', 'not-paid')`,
        ),
      }),
    ),
  })
}

const extendBatches: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'payout_batches'),
    columns: { count: integer('count').notNull(), totalMinor: integer('total_minor').notNull() },
    extraConfig: rules((t: Columns<'count' | 'totalMinor'>) => ({
      filled: check('payout_batches_not_empty', sql`${t.count} > 0 and ${t.totalMinor} > 0`),
    })),
  })
  extendTable({
    table: tableOf(schema.tables, 'payout_result_files'),
    extraConfig: rules((t: Columns<'sha256'>) => ({
      once: unique('payout_result_files_once').on(t.sha256),
    })),
  })
}

const extendMethods: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'payout_methods'),
    extraConfig: rules(
      (t: Columns<'fingerprint' | 'member' | 'status' | 'usableFrom' | 'verifiedAt'>) => ({
        verified: check(
          'payout_methods_active_is_verified',
          sql`${t.status}::text <> 'active' or (${t.verifiedAt} is not null and ${t.usableFrom} is not null)`,
        ),
        once: uniqueIndex('payout_methods_once')
          .on(t.member, t.fingerprint)
          .where(sql`status <> 'removed'`),
      }),
    ),
  })
  extendTable({
    table: tableOf(schema.tables, 'tax_ids'),
    extraConfig: rules((t: Columns<'member'>) => ({
      current: uniqueIndex('tax_ids_one_current')
        .on(t.member)
        .where(sql`removed_at is null`),
    })),
  })
}

const AMOUNTS = {
  minMinor: 'min_minor',
  maxMinor: 'max_minor',
  memberDayMinor: 'member_day_minor',
  actorDayMinor: 'actor_day_minor',
  fourEyesAboveMinor: 'four_eyes_above_minor',
  autoApproveBelowMinor: 'auto_approve_below_minor',
  feeFixedMinor: 'fee_fixed_minor',
} as const
type Amount = keyof typeof AMOUNTS

const extendConfig: Extend = ({ extendTable, schema }) => {
  for (const prefix of ['payout_config', '_payout_config_v_version']) {
    extendTable({
      table: tableOf(schema.tables, `${prefix}_rules`),
      columns: Object.fromEntries(
        Object.entries(AMOUNTS).map(([field, column]) => [
          field,
          integer(column).notNull().default(0),
        ]),
      ),
      extraConfig: rules((t: Columns<Amount>) =>
        Object.fromEntries(
          Object.entries(AMOUNTS).map(([field, column]) => [
            field,
            notNegative(`${prefix}_rules_${column}`, t[field as Amount]),
          ]),
        ),
      ),
    })
    extendTable({
      table: tableOf(schema.tables, `${prefix}_deductions`),
      columns: {
        yearlyThresholdMinor: integer('yearly_threshold_minor').notNull().default(0),
      },
    })
  }
}

const notNegative = (name: string, column: AnyPgColumn) =>
  check(name, sql`${column} between 0 and 9007199254740991`)
