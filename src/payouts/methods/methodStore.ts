import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import type { NameMatch } from '../../domain/payouts/compareNames.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'

/** A method that was not removed counts here: more of them would hide a foreign one in the list. */
export const MAX_METHODS = 5

export type MethodStatus = 'active' | 'removed' | 'unverified'
export type MethodRow = { id: string; kind: MethodKind; display: string; status: MethodStatus }

export type NewMethod = {
  id: string
  member: string
  kind: MethodKind
  display: string
  holderName: string
  nameMatch: NameMatch
  bankCode: string | null
  product: string | null
  fingerprint: string
  sealed: string
}

/**
 * Locks a member until the transaction ends, so that changes of the member's methods follow each
 * other, and returns the name with an id for a new row.
 */
export const lockMember = async (
  db: Database,
  member: string,
): Promise<{ name: string; newId: string }> => {
  const { rows } = await db.execute<{ name: string; newId: string }>(sql`
    select coalesce(name, '') as name, time_ordered_uuid()::text as "newId"
    from users where id = ${member}
    for no key update`)
  if (!rows[0]) throw new DomainError('request.not-found', 'Not found.')
  return rows[0]
}

/** Loads the methods of a member that were not removed, with their fingerprints. */
export const loadCurrentMethods = async (
  db: Database,
  member: string,
): Promise<{ fingerprint: string }[]> => {
  const { rows } = await db.execute<{ fingerprint: string }>(sql`
    select fingerprint from payout_methods
    where member_id = ${member} and status <> 'removed'`)
  return rows
}

/** Stores an unverified method. */
export const insertMethod = async (db: Database, method: NewMethod, now: Date): Promise<void> => {
  const at = now.toISOString()
  const m = method
  await db.execute(sql`
    insert into payout_methods (
      id, member_id, kind, display, holder_name, name_match, bank_code, product, status,
      fingerprint, sealed, created_at, updated_at)
    values (
      ${m.id}, ${m.member}, ${m.kind}, ${m.display}, ${m.holderName}, ${m.nameMatch},
      ${m.bankCode}, ${m.product}, 'unverified', ${m.fingerprint}, ${m.sealed}, ${at}, ${at})`)
}

type Own = { id: string; member: string }

/**
 * Locks a method of this member until the transaction ends; outside of one it only reads it.
 *
 * @throws DomainError `request.not-found` also for a method of another member
 */
export const lockOwnMethod = async (db: Database, { id, member }: Own): Promise<MethodRow> => {
  const { rows } = await db.execute<MethodRow>(sql`
    select id::text, kind::text, display, status::text from payout_methods
    where id = ${id} and member_id = ${member}
    for no key update`)
  if (!rows[0]) throw new DomainError('request.not-found', 'Not found.')
  return rows[0]
}

type Activation = { id: string; verifiedBy: 'email' | 'phone'; usableFrom: Date; now: Date }

/** Makes an unverified method active: withdrawals can be requested to it from `usableFrom` on. */
export const activateMethod = async (
  db: Database,
  { id, now, usableFrom, verifiedBy }: Activation,
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update payout_methods set status = 'active', verified_by = ${verifiedBy}, verified_at = ${at},
      usable_from = ${usableFrom.toISOString()}, updated_at = ${at}
    where id = ${id} and status = 'unverified'`)
}

/** Removes a method. Its row stays: withdrawals that were requested to it are still paid. */
export const markRemoved = async (
  db: Database,
  { id, now }: { id: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update payout_methods set status = 'removed', removed_at = ${at}, updated_at = ${at}
    where id = ${id}`)
}
