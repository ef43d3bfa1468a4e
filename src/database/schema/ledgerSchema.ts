import { sql } from '@payloadcms/db-postgres'
import { check, timestamp, unique, uniqueIndex } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, rules, countable, integer, type SchemaHook, tableOf } from './columns.ts'

/**
 * The schema of the ledger: integer columns, one wallet per owner, kind and currency, and the
 * CHECKs that hold for all code. Triggers and functions are in SQL files, because a schema cannot
 * express them.
 */
export const ledgerSchema: SchemaHook = (args) => {
  extendWallets(args)
  extendTransfers(args)
  return args.schema
}

const extendWallets: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'wallets'),
    columns: {
      balanceMinor: integer('balance_minor').notNull().default(0),
      version: integer('version').notNull().default(0),
      verifiedVersion: integer('verified_version').notNull().default(0),
      verifiedBalanceMinor: integer('verified_balance_minor').notNull().default(0),
      rebuiltVersion: integer('rebuilt_version').notNull().default(0),
      lastPostedAt: timestamp('last_posted_at', {
        mode: 'string',
        precision: 3,
        withTimezone: true,
      }),
    },
    extraConfig: rules(
      (t: Columns<'owner' | 'kind' | 'currency' | 'balanceMinor' | 'version'>) => ({
        oneWallet: unique('wallets_owner_kind_currency')
          .on(t.owner, t.kind, t.currency)
          .nullsNotDistinct(),
        countable: countable('wallets_balance_countable', t.balanceMinor),
        kindOfOwner: check(
          'wallets_kind_fits_owner',
          sql`(${t.owner} is null) = (${t.kind} not in ('available', 'held'))`,
        ),
        derived: check(
          'wallets_platform_stores_no_balance',
          sql`${t.owner} is not null or (${t.balanceMinor} = 0 and ${t.version} = 0)`,
        ),
      }),
    ),
  })
}

const extendTransfers: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'wallet_transactions'),
    columns: {
      amountMinor: integer('amount_minor').notNull(),
      fromBalanceAfter: integer('from_balance_after'),
      fromVersion: integer('from_version'),
      toBalanceAfter: integer('to_balance_after'),
      toVersion: integer('to_version'),
    },
    extraConfig: rules(
      (
        t: Columns<
          | 'amountMinor'
          | 'fromBalanceAfter'
          | 'fromVersion'
          | 'fromWallet'
          | 'kind'
          | 'reverses'
          | 'toVersion'
          | 'toWallet'
        >,
      ) => ({
        positive: check('wallet_transactions_amount_positive', sql`${t.amountMinor} > 0`),
        countable: countable('wallet_transactions_amount_countable', t.amountMinor),
        twoSides: check('wallet_transactions_two_wallets', sql`${t.fromWallet} <> ${t.toWallet}`),
        noOverdraft: check(
          'wallet_transactions_no_overdraft',
          sql`${t.fromBalanceAfter} >= 0 or ${t.kind} in ('clawback', 'payout-late')`,
        ),
        fromOrder: uniqueIndex('wallet_transactions_from_version')
          .on(t.fromWallet, t.fromVersion)
          .where(sql`${t.fromVersion} is not null`),
        toOrder: uniqueIndex('wallet_transactions_to_version')
          .on(t.toWallet, t.toVersion)
          .where(sql`${t.toVersion} is not null`),
        reversedOnce: uniqueIndex('wallet_transactions_reverses_once')
          .on(t.reverses)
          .where(sql`${t.reverses} is not null`),
      }),
    ),
  })
}

type Extend = (args: Parameters<SchemaHook>[0]) => void
