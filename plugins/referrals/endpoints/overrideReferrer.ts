import { sql } from '@payloadcms/db-postgres'
import type { Endpoint, PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../../src/database/dbIn.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { recordAudit } from '../../../src/platform/audit/recordAudit.ts'
import { now } from '../../../src/platform/clock.ts'
import { notFound } from '../../http/notFound.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireReason } from '../../http/requireReason.ts'
import { requireAdmin } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'

/**
 * `POST /api/users/:id/referrer` `{referrer, reason}`: an admin corrects a member's referrer, or
 * removes it with null. It is the only way to change the field. It applies to payments completed
 * from now on; earlier commissions stay unchanged. Returns the new value.
 */
export const overrideReferrer: Endpoint = {
  path: '/:id/referrer',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const member = routeId(req)
    const override = await readOverride(req)
    await inTransaction(req, () => applyOverride(req, member, override))
    return Response.json({ referredBy: override.referrer })
  },
}

const applyOverride = async (
  req: PayloadRequest,
  member: string,
  { reason, referrer }: Override,
) => {
  const db = await dbIn(req)
  const before = await lockMember(db, member)
  if (referrer !== null) await requireValidReferrer(db, member, referrer)
  if (before.referredBy === referrer) return

  const at = now().toISOString()
  const referredAt = referrer === null ? null : at
  await db.execute(sql`
    update users set referred_by_id = ${referrer}, referred_at = ${referredAt}, updated_at = ${at}
    where id = ${member}`)
  const after = { referredBy: referrer, referredAt }
  const subject = { subject: 'users', subjectId: member }
  await recordAudit({ req, action: 'referrer-override', ...subject, before, after, reason })
}

/** Serialises overrides, because two at once could close a loop together. */
const lockMember = async (db: Database, id: string) => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('referrer-override'))`)
  const { rows } = await db.execute<{ referrer: string | null; at: string | null }>(sql`
    select referred_by_id as referrer, to_json(referred_at) #>> '{}' as at
    from users where id = ${id} for no key update`)
  const [row] = rows
  if (!row) throw notFound()
  return { referredBy: row.referrer, referredAt: row.at && new Date(row.at).toISOString() }
}

const requireValidReferrer = async (db: Database, member: string, referrer: string) => {
  const { rows } = await db.execute<{ id: string }>(sql`
    with recursive above (id, referred_by_id) as (
      select id, referred_by_id from users where id = ${referrer}
      union
      select u.id, u.referred_by_id from users u join above a on u.id = a.referred_by_id
    ) select id from above`)
  if (rows.length === 0) {
    throw new DomainError('referral.unknown-referrer', 'There is no such member.', {
      field: 'referrer',
    })
  }
  if (rows.some(({ id }) => id === member)) {
    throw new DomainError('referral.loop', 'This member would have referred themselves.', {
      field: 'referrer',
    })
  }
}

type Override = { referrer: string | null; reason: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads the override from the body.
 *
 * @throws DomainError `audit.reason-required`, `referral.unknown-referrer`, with their field
 */
const readOverride = async (req: PayloadRequest): Promise<Override> => {
  const body = await readJsonBody(req, ['reason', 'referrer'])
  const reason = requireReason(body)
  const { referrer } = body
  if (referrer === null) return { referrer, reason }
  if (typeof referrer === 'string' && UUID.test(referrer)) {
    return { referrer: referrer.toLowerCase(), reason }
  }
  throw new DomainError('referral.unknown-referrer', 'Send a member’s id, or null for none.', {
    field: 'referrer',
  })
}
