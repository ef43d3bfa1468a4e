import { randomUUID } from 'node:crypto'

import { createLocalReq, type Payload } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { MethodKind } from '../../src/domain/payouts/methodKinds.ts'
import { maskAccount } from '../../src/domain/payouts/maskAccount.ts'
import { available, platform } from '../../src/ledger/transfer.ts'
import { postTransfer } from '../../src/ledger/postTransfer.ts'
import type { PayoutAccount, PayoutDriver } from '../../src/payouts/drivers/types.ts'
import { findPayouts } from '../../src/payouts/findPayouts.ts'
import { accountContext } from '../../src/payouts/methods/openAccount.ts'
import { encrypt } from '../../src/platform/encryption.ts'
import type { Product } from './startProduct.ts'

/** Credits a member, as an adjustment would. */
export const creditMember = async (
  payload: Payload,
  {
    amountMinor,
    currency = 'INR',
    member,
  }: { member: string; amountMinor: number; currency?: string },
): Promise<void> => {
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () =>
    postTransfer({
      req,
      key: `test:${randomUUID()}`,
      kind: 'commission',
      from: platform('commission-expense'),
      to: available(member),
      amountMinor,
      currency,
    }),
  )
}

export const ACCOUNTS: Record<MethodKind, PayoutAccount> = {
  upi: { kind: 'upi', vpa: 'asha.rao@okhdfc', holderName: 'Asha Rao' },
  'bank-in': {
    kind: 'bank-in',
    accountNumber: '004501234567',
    ifsc: 'HDFC0000045',
    holderName: 'Asha Rao',
  },
  iban: { kind: 'iban', iban: 'DE89370400440532013000', bic: null, holderName: 'Asha Rao' },
  paypal: { kind: 'paypal', email: 'asha@example.test', holderName: 'Asha Rao' },
  'gift-card': {
    kind: 'gift-card',
    product: 'OKMHM2X2OHYV',
    email: 'asha@example.test',
    holderName: 'Asha Rao',
  },
}

type NewMethod = {
  member: string
  account?: PayoutAccount
  nameMatch?: string
  fingerprint?: string
  status?: 'active' | 'unverified'
  verifiedAt?: string
}

/** Stores a confirmed method of a member that has cooled off, and returns its id. */
export const createMethod = async (
  { payload, sql }: Pick<Product, 'payload' | 'sql'>,
  {
    account = ACCOUNTS.upi,
    fingerprint = randomUUID(),
    member,
    nameMatch = 'match',
    status = 'active',
    verifiedAt = '2026-01-01T00:00:00Z',
  }: NewMethod,
): Promise<string> => {
  const id = randomUUID()
  const { encryptionKey } = findPayouts(payload)
  const sealed = encrypt(encryptionKey, JSON.stringify(account), accountContext(id))
  await sql(`
    insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
      verified_by, verified_at, usable_from, fingerprint, sealed)
    values ('${id}', '${member}', '${account.kind}', '${maskAccount(account)}',
      '${account.holderName}', '${nameMatch}', '${status}', 'phone', '${verifiedAt}',
      '${verifiedAt}', '${fingerprint}', '${sealed}')`)
  return id
}

/** A rule that pays by the simulated bank and refuses nothing; a test names what it is about. */
const RULE = {
  currency: 'INR',
  kind: 'upi',
  driver: 'simulated',
  bank_profile: null as string | null,
  is_on: true,
  min_minor: 100,
  max_minor: 10_000_000,
  member_day_minor: 100_000_000,
  actor_day_minor: 1_000_000_000,
  four_eyes_above_minor: 1_000_000_000,
  auto_approve_below_minor: 0,
  auto_approve_after_days: 90,
  auto_approve_after_settled: 3,
  cool_off_hours: 72,
  fee_fixed_minor: 0,
  fee_percent_bps: 0,
  fee_bearer: 'member',
}

/** Sets the rules of payouts, in SQL: changing them through the API takes two admins. */
export const setPayoutRules = async (
  { sql }: Pick<Product, 'sql'>,
  rules: readonly Partial<typeof RULE>[],
): Promise<void> => {
  await sql(`
    insert into payout_config (id, created_at, updated_at)
    select gen_random_uuid(), now(), now() where not exists (select 1 from payout_config)`)
  await sql('delete from payout_config_rules')
  for (const [index, over] of rules.entries()) {
    const row = { ...RULE, ...over }
    const names = Object.keys(row)
    const values = Object.values(row).map((value) =>
      value === null ? 'null' : `'${String(value)}'`,
    )
    await sql(`
      insert into payout_config_rules (_order, _parent_id, id, ${names.join(', ')})
      select ${index + 1}, c.id, '${randomUUID()}', ${values.join(', ')} from payout_config c`)
  }
}

/** Sets a driver up, as its environment settings would. */
export const setDriver = (payload: Payload, driver: PayoutDriver): void => {
  const drivers = findPayouts(payload).drivers as Map<string, PayoutDriver>
  drivers.set(driver.name, driver)
}
