import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { maskAccount } from '../../domain/payouts/maskAccount.ts'
import { validatePan } from '../../domain/payouts/validateMethod.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { encrypt } from '../../platform/encryption.ts'
import { findPayouts } from '../findPayouts.ts'
import { computeFingerprint } from '../fingerprint.ts'

type TaxId = { member: string; country: string; number: string; now: Date }
type StoredTaxId = { id: string; country: string; display: string }

/** Names the place of an encrypted tax id, so that it cannot be copied to another member. */
export const taxIdContext = (id: string): string => `tax-ids:${id}`

/**
 * Stores a member's tax id in the caller's transaction, encrypted; readable are its last four
 * characters. The former one gets `removedAt` and stays with its withdrawals. The same one again
 * changes nothing.
 *
 * @throws DomainError `tax-id.malformed-country`, `tax-id.malformed-number` with the field
 */
export const setTaxId = async (
  req: PayloadRequest,
  { member, now, ...typed }: TaxId,
): Promise<StoredTaxId> => {
  const country = readCountry(typed.country)
  const number = readNumber(country, typed.number)
  const { encryptionKey } = findPayouts(req.payload)
  const fingerprint = computeFingerprint(encryptionKey, 'tax-ids', `${country}:${number}`)
  const db = await dbIn(req)
  const { current, newId: id } = await lockCurrent(db, member)
  if (current?.fingerprint === fingerprint) return toStored(current)

  const display = maskAccount({ kind: 'bank-in', accountNumber: number })
  const sealed = encrypt(encryptionKey, number, taxIdContext(id))
  await replace(db, { id, member, country, display, fingerprint, sealed, now })
  await recordAudit({
    req,
    action: 'set',
    subject: 'tax-ids',
    subjectId: id,
    before: current && { country: current.country, display: current.display },
    after: { country, display },
  })
  return { id, country, display }
}

const toStored = ({ country, display, id }: StoredTaxId): StoredTaxId => ({ id, country, display })

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

const readCountry = (typed: string): string => {
  const country = typed.trim().toUpperCase()
  if (/^[A-Z]{2}$/.test(country) && country !== 'ZZ' && NAMES.of(country)) return country
  const message = 'Give the two letters of a country, such as IN.'
  throw new DomainError('tax-id.malformed-country', message, { field: 'country' })
}

/** India’s PAN by its rule. Of other countries 5 to 20 letters and digits: each has rules of its own. */
const readNumber = (country: string, typed: string): string => {
  const number = typed.replaceAll(/[\s./-]/g, '').toUpperCase()
  const message =
    country === 'IN'
      ? (validatePan(number).refusal?.message ?? null)
      : /^[A-Z0-9]{5,20}$/.test(number)
        ? null
        : 'Give the tax id, 5 to 20 letters and digits.'
  if (message === null) return number
  throw new DomainError('tax-id.malformed-number', message, { field: 'number' })
}

type Current = StoredTaxId & { fingerprint: string }

/** Locks the member, so that concurrent changes follow each other, and loads the present tax id. */
const lockCurrent = async (
  db: Database,
  member: string,
): Promise<{ current: Current | null; newId: string }> => {
  await db.execute(sql`select 1 from users where id = ${member} for no key update`)
  const { rows } = await db.execute<{ current: Current | null; newId: string }>(sql`
    select time_ordered_uuid()::text as "newId", (
      select json_build_object('id', t.id, 'country', t.country, 'display', t.display,
        'fingerprint', t.fingerprint)
      from tax_ids t where t.member_id = ${member} and t.removed_at is null
    ) as current`)
  return rows[0] ?? { current: null, newId: '' }
}

type NewTaxId = StoredTaxId & { member: string; fingerprint: string; sealed: string; now: Date }

const replace = async (
  db: Database,
  { country, display, fingerprint, id, member, now, sealed }: NewTaxId,
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update tax_ids set removed_at = ${at}, updated_at = ${at}
    where member_id = ${member} and removed_at is null`)
  await db.execute(sql`
    insert into tax_ids (id, member_id, country, display, fingerprint, sealed, created_at, updated_at)
    values (${id}, ${member}, ${country}, ${display}, ${fingerprint}, ${sealed}, ${at}, ${at})`)
}
