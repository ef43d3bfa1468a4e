import { randomBytes, randomUUID } from 'node:crypto'

import { accountContext } from '../../../src/payouts/methods/openAccount.ts'
import { encrypt, readEncryptionKey } from '../../../src/platform/encryption.ts'

type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>
type Given = {
  name: string
  amountMinor?: number
  creditMinor?: number
  nameMatch?: 'match' | 'mismatch' | 'partial'
  fingerprint?: string
  approvalsNeeded?: number
  kind?: 'bank-in' | 'upi'
  hoursAgo?: number
}
export type Inserted = Required<Pick<Given, 'amountMinor' | 'name'>> & {
  id: string
  reference: string
  member: string
}

/**
 * Inserts withdrawals by SQL, with their transfers, for tests without the product in their process.
 * The secret is the product's: it encrypts the accounts.
 */
export const openWithdrawals = (sql: Sql, secret: string) => {
  const post = (transfer: object) =>
    sql('select outcome from post_transfer($1::jsonb)', [JSON.stringify(transfer)])

  /** A member with money who has requested a withdrawal. */
  const request = async ({
    amountMinor = 60_000,
    approvalsNeeded = 1,
    creditMinor = amountMinor + 40_000,
    fingerprint = randomUUID(),
    hoursAgo = 3,
    kind = 'upi',
    name,
    nameMatch = 'match',
  }: Given): Promise<Inserted> => {
    const [member, method, id] = [randomUUID(), randomUUID(), randomUUID()]
    const reference = `W-${randomBytes(5).toString('hex').toUpperCase()}`
    await sql(
      `insert into users (id, name, email, role, created_at)
       values ($1, $2, $3, 'member', now() - interval '200 days')`,
      [member, name, `${member}@example.test`],
    )
    const wallet = (owner: string | null, of: string) => ({ owner, kind: of })
    await post({
      key: `test:${member}`,
      kind: 'commission',
      from: wallet(null, 'commission-expense'),
      to: wallet(member, 'available'),
      amountMinor: String(creditMinor),
      currency: 'INR',
    })
    await insertMethod(sql, { secret, method, member, kind, name, nameMatch, fingerprint })
    await sql(
      `insert into withdrawals (id, reference, member_id, method_id, method_kind, driver,
         bank_profile, status, gross_minor, fee_minor, deduction_minor, net_minor,
         platform_fee_minor, currency, quote, approvals_needed, round, attempt_count, created_at,
         updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'requested', $8, 500, 0, $8::bigint - 500, 0, 'INR', '{}',
         $9, 1, 0, now() - $10 * interval '1 hour', now())`,
      [
        id,
        reference,
        member,
        method,
        kind,
        kind === 'upi' ? 'simulated' : 'bank-file',
        kind === 'upi' ? null : 'Generic CSV',
        amountMinor,
        approvalsNeeded,
        hoursAgo,
      ],
    )
    await post({
      key: `withdrawal:${id}:hold`,
      kind: 'withdrawal',
      from: wallet(member, 'available'),
      to: wallet(member, 'held'),
      amountMinor: String(amountMinor),
      currency: 'INR',
      links: { withdrawal: id },
    })
    return { id, reference, member, amountMinor, name }
  }

  /** Approves a withdrawal as a person. */
  const approve = async ({ id }: Pick<Inserted, 'id'>, email: string): Promise<void> => {
    await sql(
      `insert into withdrawal_approvals (id, withdrawal_id, by_id, round, at)
       select gen_random_uuid(), $1, id, 1, now() from users where email = $2`,
      [id, email],
    )
    await sql(`update withdrawals set status = 'approved', approved_at = now() where id = $1`, [id])
  }

  /** Sends an approved withdrawal: its attempt is in doubt. Returns the key of the attempt. */
  const doubt = async ({ amountMinor, id, member }: Inserted): Promise<string> => {
    const key = `pa${randomUUID().replaceAll('-', '')}`
    await sql(
      `insert into payout_attempts (id, withdrawal_id, number, key, driver, amount_minor, currency,
         status, look_count, sent_at, in_doubt_since, code, detail)
       values (gen_random_uuid(), $1, 1, $2, 'simulated', $3, 'INR', 'in-doubt', 1, now(),
         now() - interval '2 hours', 'timeout', 'No answer came')`,
      [id, key, amountMinor - 500],
    )
    await sql(
      `update withdrawals set status = 'sent', sent_at = now(), attempt_count = 1 where id = $1`,
      [id],
    )
    await sql(`update withdrawals set status = 'in-doubt' where id = $1`, [id])
    for (const [suffix, kind, wallet, minor] of partsOf(amountMinor)) {
      await post({
        key: `payout:${key}${suffix}`,
        kind,
        from: { owner: member, kind: 'held' },
        to: { owner: null, kind: wallet },
        amountMinor: String(minor),
        currency: 'INR',
        links: { withdrawal: id },
      })
    }
    return key
  }

  /** Lets an attempt in doubt fail, and be reported as paid afterwards. */
  const reportLate = async ({ amountMinor, id, member }: Inserted, key: string): Promise<void> => {
    for (const [suffix, , wallet, minor] of partsOf(amountMinor)) {
      await post({
        key: `payout:${key}${suffix}:return`,
        kind: 'payout-return',
        from: { owner: null, kind: wallet },
        to: { owner: member, kind: 'held' },
        amountMinor: String(minor),
        currency: 'INR',
        links: { withdrawal: id },
      })
    }
    await post({
      key: `withdrawal:${id}:release`,
      kind: 'withdrawal-release',
      from: { owner: member, kind: 'held' },
      to: { owner: member, kind: 'available' },
      amountMinor: String(amountMinor),
      currency: 'INR',
      links: { withdrawal: id },
    })
    await sql(
      `update payout_attempts set status = 'failed', failed_at = now(), late_status = 'open',
         late_at = now() - interval '1 hour' where key = $1`,
      [key],
    )
    await sql(
      `update withdrawals set status = 'failed', reason = 'The payment failed.', ended_at = now(),
         is_paid_late = true where id = $1`,
      [id],
    )
  }
  return { request, approve, doubt, reportLate }
}

const partsOf = (amountMinor: number) =>
  [
    ['', 'payout', 'payouts', amountMinor - 500],
    [':fee', 'payout-fee', 'payout-fees', 500],
  ] as const

type Method = Required<Pick<Given, 'fingerprint' | 'kind' | 'name' | 'nameMatch'>> & {
  secret: string
  method: string
  member: string
}

const insertMethod = async (sql: Sql, given: Method): Promise<void> => {
  const { fingerprint, kind, member, method, name, nameMatch, secret } = given
  const account =
    kind === 'upi'
      ? { kind, vpa: 'asha.rao@okhdfc', holderName: name }
      : { kind, accountNumber: '004501234567', ifsc: 'HDFC0000045', holderName: name }
  await sql(
    `insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
       verified_by, verified_at, usable_from, fingerprint, sealed)
     values ($1, $2, $3, $4, $5, $6, 'active', 'phone', now() - interval '100 days',
       now() - interval '97 days', $7, $8)`,
    [
      method,
      member,
      kind,
      kind === 'upi' ? 'as•••@okhdfc' : '•••• 4567',
      name,
      nameMatch,
      fingerprint,
      encrypt(
        readEncryptionKey(undefined, secret),
        JSON.stringify(account),
        accountContext(method),
      ),
    ],
  )
}
