import { randomUUID } from 'node:crypto'

import { findPayouts } from '../../src/payouts/findPayouts.ts'
import { accountContext } from '../../src/payouts/methods/openAccount.ts'
import { encrypt } from '../../src/platform/encryption.ts'
import { ACCOUNTS } from '../support/payoutFactories.ts'
import type { World } from './world.ts'

export const PROFILE = 'Generic CSV'
const GROSS_MINOR = 50_000

/**
 * Inserts withdrawals that wait for an approval, each of a member of its own with a bank account and
 * a balance, and returns their ids.
 */
export const insertWithdrawals = async (
  { product: { payload, query } }: World,
  count: number,
): Promise<string[]> => {
  const { encryptionKey } = findPayouts(payload)
  const rows = Array.from({ length: count }, () => {
    const [member, method, id] = [randomUUID(), randomUUID(), randomUUID()]
    const account = JSON.stringify(ACCOUNTS['bank-in'])
    return { id, member, method, sealed: encrypt(encryptionKey, account, accountContext(method)) }
  })
  const given = [JSON.stringify(rows)]
  const from =
    'from jsonb_to_recordset($1::jsonb) r (id uuid, member uuid, method uuid, sealed text)'
  await query(
    `insert into users (id, name, email, role, invite_code, created_at, updated_at)
     select r.member, 'Asha Rao', r.member || '@bench.test', 'member',
       upper(replace(r.member::text, '-', '')), now() - interval '1 year', now() ${from}`,
    given,
  )
  await query(
    `insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
       verified_by, verified_at, usable_from, fingerprint, sealed)
     select r.method, r.member, 'bank-in', '•••• 4567', 'Asha Rao', 'match', 'active', 'phone',
       now() - interval '30 days', now() - interval '27 days', r.method::text, r.sealed ${from}`,
    given,
  )
  await query(
    `insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, bank_profile,
       status, gross_minor, fee_minor, deduction_minor, net_minor, platform_fee_minor, currency,
       quote, approvals_needed, round, attempt_count, created_at, updated_at)
     select r.id, 'W-' || upper(left(replace(r.id::text, '-', ''), 16)), r.member, r.method,
       'bank-in', 'bank-file', '${PROFILE}', 'requested', ${GROSS_MINOR}, 0, 0, ${GROSS_MINOR}, 0,
       'INR', '{"rule": {}, "lines": [], "deductions": []}', 1, 1, 0, now(), now() ${from}`,
    given,
  )
  for (const [name, fromWallet, toWallet] of MOVES)
    await query(
      `select count(*) from post_transfers((
         select jsonb_agg(jsonb_build_object('key', r.id || ':${name}', 'kind', '${name}',
           'from', ${fromWallet}, 'to', ${toWallet}, 'amountMinor', ${GROSS_MINOR},
           'currency', 'INR')) ${from}))`,
      given,
    )
  await query('analyze users, payout_methods, withdrawals, wallets, wallet_transactions')
  return rows.map(({ id }) => id)
}

const own = (kind: string) => `jsonb_build_object('owner', r.member, 'kind', '${kind}')`
const MOVES = [
  [
    'commission',
    `jsonb_build_object('owner', null, 'kind', 'commission-expense')`,
    own('available'),
  ],
  ['withdrawal', own('available'), own('held')],
] as const
