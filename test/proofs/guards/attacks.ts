import { cashbackAttacks } from './cashbackAttacks.ts'
import { changeAttacks } from './changeAttacks.ts'
import { payoutAttacks } from './payoutAttacks.ts'
import { type Attack, copy, TOO_LARGE, update } from './attackSql.ts'

/**
 * Copies a stored transfer with another key and without its versions and balances in both wallets.
 */
const transfer = (id: string, changes: Record<string, string | number | null>) =>
  copy('wallet_transactions', id, {
    key: 'attack',
    from_version: null,
    to_version: null,
    from_balance_after: null,
    to_balance_after: null,
    reverses_id: null,
    ...changes,
  })
const pointsNowhere = (
  table: string,
  column: string,
  changes: Record<string, string | null> = {},
): Attack => {
  const nowhere = '00000000-0000-7000-8000-000000000000'
  return (f) => [
    table === 'wallet_transactions'
      ? transfer(f.wallet_transactions ?? '', { [column]: nowhere })
      : copy(table, f[table] ?? '', { ...changes, [column]: nowhere }),
  ]
}

/** The attack of each guard, by the guard's name in the database. */
export const attacks: Record<string, Attack> = {
  ...cashbackAttacks,
  ...changeAttacks,
  ...payoutAttacks,
  payments_amount_positive: (f) => [
    copy('payments', f.payments ?? '', { reference: 'a', amount_minor: 0, refunded_minor: 0 }),
  ],
  payments_amount_countable: (f) => [
    update('payments', f.payments ?? '', `amount_minor = ${TOO_LARGE}`),
  ],
  payments_refunded_within_amount: (f) => [
    update('payments', f.payments ?? '', 'refunded_minor = amount_minor + 1'),
  ],
  payments_reference_idx: (f) => [copy('payments', f.payments ?? '', {})],
  refunds_amount_positive: (f) => [
    copy('refunds', f.refunds ?? '', { reference: 'a', amount_minor: 0 }),
  ],
  refunds_amount_countable: (f) => [
    `insert into refunds (id, reference, payment_id, amount_minor) select gen_random_uuid(), 'a', payment_id, ${TOO_LARGE} from refunds where id = '${f.refunds ?? ''}'`,
  ],
  refunds_reference_idx: (f) => [copy('refunds', f.refunds ?? '', {})],
  refunds_append_only: (f) => [update('refunds', f.refunds ?? '', 'amount_minor = 1')],
  refunds_no_truncate: () => [
    'alter table wallet_transactions disable trigger all',
    'truncate refunds cascade',
  ],
  adjustments_amount_fits_effect: (f) => [
    copy('adjustments', f.adjustments ?? '', { amount_minor: 0 }),
  ],
  adjustments_amount_countable: (f) => [
    update('adjustments', f.adjustments ?? '', `amount_minor = ${TOO_LARGE}`),
  ],
  adjustments_no_delete: (f) => [
    copy('adjustments', f.adjustments ?? '', { reason: 'attack' }),
    `delete from adjustments where reason = 'attack'`,
  ],
  adjustments_no_truncate: () => [
    'alter table wallet_transactions disable trigger all',
    'truncate adjustments cascade',
  ],
  commissions_skipped_has_reason: (f) => [
    update('commissions', f.commissions ?? '', `reason = 'no-referrer'`),
  ],
  commissions_amount_fits_status: (f) => [
    update('commissions', f.commissions ?? '', 'amount_minor = 0, reversed_minor = 0'),
  ],
  commissions_amount_countable: (f) => [
    update('commissions', f.commissions ?? '', `amount_minor = ${TOO_LARGE}`),
  ],
  commissions_reversed_within_amount: (f) => [
    update('commissions', f.commissions ?? '', 'reversed_minor = amount_minor + 1'),
  ],
  commissions_payment_idx: (f) => [copy('commissions', f.commissions ?? '', { is_first: null })],
  commissions_first_of_payer: (f) => [
    update('commissions', f.commissions ?? '', 'is_first = true'),
    `update commissions set is_first = true where id = '${f.otherCommission ?? ''}'`,
  ],
  wallets_balance_countable: (f) => [
    update('wallets', f.wallets ?? '', `balance_minor = ${TOO_LARGE}`),
  ],
  wallets_kind_fits_owner: (f) => [update('wallets', f.wallets ?? '', `kind = 'payouts'`)],
  wallets_platform_stores_no_balance: (f) => [
    update('wallets', f.platformWallet ?? '', 'balance_minor = 1'),
  ],
  wallets_owner_kind_currency: (f) => [copy('wallets', f.wallets ?? '', {})],
  wallet_transactions_amount_positive: (f) => [
    transfer(f.wallet_transactions ?? '', { amount_minor: 0 }),
  ],
  wallet_transactions_amount_countable: (f) => [
    `insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor, currency, occurred_at, posted_at)
     select gen_random_uuid(), 'attack', 'x', kind, from_wallet_id, to_wallet_id, ${TOO_LARGE}, currency, now(), now()
     from wallet_transactions where id = '${f.wallet_transactions ?? ''}'`,
  ],
  wallet_transactions_two_wallets: (f) => [
    transfer(f.wallet_transactions ?? '', {
      from_wallet_id: f.wallets ?? '',
      to_wallet_id: f.wallets ?? '',
    }),
  ],
  wallet_transactions_no_overdraft: (f) => [
    transfer(f.wallet_transactions ?? '', { kind: 'adjustment', from_balance_after: -1 }),
  ],
  wallet_transactions_key_idx: (f) => [transfer(f.wallet_transactions ?? '', { key: f.key ?? '' })],
  wallet_transactions_from_version: (f) => [
    copy('wallet_transactions', f.debit ?? '', { key: 'attack', to_version: null }),
  ],
  wallet_transactions_to_version: (f) => [
    copy('wallet_transactions', f.wallet_transactions ?? '', { key: 'attack' }),
  ],
  wallet_transactions_reverses_once: (f) => [
    transfer(f.wallet_transactions ?? '', { key: 'one', reverses_id: f.debit ?? '' }),
    transfer(f.wallet_transactions ?? '', { key: 'two', reverses_id: f.debit ?? '' }),
  ],
  wallet_transactions_append_only: (f) => [
    update('wallet_transactions', f.wallet_transactions ?? '', 'amount_minor = 1'),
  ],
  wallet_transactions_no_truncate: () => ['truncate wallet_transactions'],
  users_invite_code_upper: (f) => [update('users', f.users ?? '', `invite_code = 'lower'`)],
  users_invite_code_idx: (f) => [
    update(
      'users',
      f.users ?? '',
      `invite_code = (select invite_code from users where id = '${f.otherUser ?? ''}')`,
    ),
  ],
  users_email_idx: (f) => [
    update(
      'users',
      f.users ?? '',
      `email = (select email from users where id = '${f.otherUser ?? ''}')`,
    ),
  ],
  users_referred_by_id_users_id_fk: (f) => [
    update('users', f.users ?? '', `referred_by_id = '00000000-0000-7000-8000-000000000000'`),
  ],
  payments_user_id_users_id_fk: pointsNowhere('payments', 'user_id', { reference: 'a' }),
  refunds_payment_id_payments_id_fk: pointsNowhere('refunds', 'payment_id', { reference: 'a' }),
  adjustments_member_id_users_id_fk: pointsNowhere('adjustments', 'member_id'),
  adjustments_requested_by_id_users_id_fk: pointsNowhere('adjustments', 'requested_by_id'),
  adjustments_decided_by_id_users_id_fk: pointsNowhere('adjustments', 'decided_by_id'),
  commissions_payment_id_payments_id_fk: pointsNowhere('commissions', 'payment_id', {
    is_first: null,
  }),
  commissions_payer_id_users_id_fk: (f) => [
    update('commissions', f.commissions ?? '', `payer_id = '00000000-0000-7000-8000-000000000000'`),
  ],
  commissions_referrer_id_users_id_fk: (f) => [
    update(
      'commissions',
      f.commissions ?? '',
      `referrer_id = '00000000-0000-7000-8000-000000000000'`,
    ),
  ],
  wallets_owner_id_users_id_fk: pointsNowhere('wallets', 'owner_id'),
  ...Object.fromEntries(
    [
      ['from_wallet_id', 'wallets'],
      ['to_wallet_id', 'wallets'],
      ['payment_id', 'payments'],
      ['commission_id', 'commissions'],
      ['refund_id', 'refunds'],
      ['adjustment_id', 'adjustments'],
      ['cashback_event_id', 'cashback_events'],
      ['withdrawal_id', 'withdrawals'],
      ['reverses_id', 'wallet_transactions'],
    ].map(([column = '', table = '']) => [
      `wallet_transactions_${column}_${table}_id_fk`,
      pointsNowhere('wallet_transactions', column),
    ]),
  ),
}
