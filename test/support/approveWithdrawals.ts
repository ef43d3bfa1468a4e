import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { maskAccount } from '../../src/domain/payouts/maskAccount.ts'
import { postTransfers } from '../../src/ledger/postTransfers.ts'
import { available, platform } from '../../src/ledger/transfer.ts'
import type { PayoutAccount } from '../../src/payouts/drivers/types.ts'
import { findPayouts } from '../../src/payouts/findPayouts.ts'
import { computeFingerprint } from '../../src/payouts/fingerprint.ts'
import { toAccountKey } from '../../src/payouts/methods/accountKey.ts'
import { accountContext } from '../../src/payouts/methods/openAccount.ts'
import { createReference } from '../../src/payouts/references.ts'
import { holdTransfer } from '../../src/payouts/transfersOf.ts'
import { encrypt } from '../../src/platform/encryption.ts'
import type { Product } from './startProduct.ts'

export type Approved = {
  id: string
  reference: string
  member: string
  account: PayoutAccount
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
}

type Wanted = Partial<Pick<Approved, 'account' | 'currency' | 'feeMinor' | 'netMinor'>>

/**
 * Stores approved withdrawals of as many members, by bank file, with their money in `held`. By SQL,
 * because a thousand requests would take a minute; the ledger is posted as requests post it.
 */
export const approveWithdrawals = async (
  { payload, sql }: Pick<Product, 'payload' | 'sql'>,
  wanted: readonly Wanted[],
  { bankProfile = 'Generic CSV', driver = 'bank-file' } = {},
): Promise<Approved[]> => {
  const { encryptionKey } = findPayouts(payload)
  const rows = wanted.map((over, index) => {
    const account = over.account ?? accountOf(index)
    const { feeMinor = 500, netMinor = 10_000 + index } = over
    const method = randomUUID()
    return {
      id: randomUUID(),
      reference: createReference('W'),
      member: randomUUID(),
      account,
      grossMinor: netMinor + feeMinor,
      feeMinor,
      deductionMinor: 0,
      netMinor,
      currency: over.currency ?? 'INR',
      method,
      display: maskAccount(account),
      bankCode: account.kind === 'bank-in' ? account.ifsc : null,
      fingerprint: computeFingerprint(encryptionKey, 'payout-methods', toAccountKey(account)),
      sealed: encrypt(encryptionKey, JSON.stringify(account), accountContext(method)),
    }
  })
  const given = JSON.stringify(rows).replaceAll("'", "''")
  const each = `jsonb_array_elements('${given}'::jsonb) r`
  await sql(`
    insert into users (id, name, email, role, invite_code, email_verified_at, created_at, updated_at)
    select (r ->> 'member')::uuid, 'Asha Rao', (r ->> 'member') || '@example.test', 'member',
      upper(replace(r ->> 'member', '-', '')), now(), now(), now()
    from ${each}`)
  await sql(`
    insert into payout_methods (id, member_id, kind, display, holder_name, name_match, bank_code,
      status, verified_by, verified_at, usable_from, fingerprint, sealed)
    select (r ->> 'method')::uuid, (r ->> 'member')::uuid,
      (r #>> '{account,kind}')::enum_payout_methods_kind, r ->> 'display',
      r #>> '{account,holderName}', 'match', r ->> 'bankCode', 'active', 'phone',
      '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', r ->> 'fingerprint', r ->> 'sealed'
    from ${each}`)
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () =>
    postTransfers(
      req,
      rows.map(({ currency, grossMinor, member }) => ({
        key: `test:${randomUUID()}`,
        kind: 'commission',
        from: platform('commission-expense'),
        to: available(member),
        amountMinor: grossMinor,
        currency,
      })),
    ),
  )
  await sql(`
    insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, bank_profile,
      status, gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed,
      approved_at, created_at, updated_at)
    select (r ->> 'id')::uuid, r ->> 'reference', (r ->> 'member')::uuid, (r ->> 'method')::uuid,
      (r #>> '{account,kind}')::enum_withdrawals_method_kind, '${driver}', '${bankProfile}',
      'approved', (r ->> 'grossMinor')::bigint, (r ->> 'feeMinor')::bigint, 0,
      (r ->> 'netMinor')::bigint, r ->> 'currency', 1, now() - interval '1 hour', now() - interval
      '1 day', now()
    from ${each}`)
  await inTransaction(req, () => postTransfers(req, rows.map(holdTransfer)))
  return rows
}

const accountOf = (index: number): PayoutAccount => ({
  kind: 'bank-in',
  accountNumber: String(50_100_000_000 + index),
  ifsc: 'HDFC0000045',
  holderName: 'Asha Rao',
})
