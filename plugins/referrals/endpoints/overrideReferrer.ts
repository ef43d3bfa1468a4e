import { sql } from '@payloadcms/db-postgres'
import type { Endpoint, PayloadRequest } from 'payload'

import { recordAudit } from '../../../src/audit/recordAudit.ts'
import { now } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { type Database, transactionOf } from '../../../src/ledger/transactionOf.ts'
import { notFound } from '../../notFound.ts'
import { requireAdmin } from '../../requireAdmin.ts'
import { routeId } from '../../routeId.ts'
import { type Override, overrideIn } from './overrideIn.ts'

/**
 * `POST /api/users/:id/referrer` `{referrer, reason}`: an admin corrects who referred a member, or
 * with null that nobody did; the one way past a field that nobody can change. Payments completed
 * from now on follow it; commissions decided before stay as they are. Answers the new value.
 */
export const overrideReferrer: Endpoint = {
  path: '/:id/referrer',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const member = routeId(req)
    const override = await overrideIn(req)
    await inTransaction(req, () => apply(req, member, override))
    return Response.json({ referredBy: override.referrer })
  },
}

const apply = async (req: PayloadRequest, member: string, { reason, referrer }: Override) => {
  const db = await transactionOf(req)
  const before = await lockMember(db, member)
  if (referrer !== null) await refuseUnfit(db, member, referrer)
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

/** Overrides wait for each other, else two of them at once could close a loop between them. */
const lockMember = async (db: Database, id: string) => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('referrer-override'))`)
  const { rows } = await db.execute<{ referrer: string | null; at: string | null }>(sql`
    select referred_by_id as referrer, to_json(referred_at) #>> '{}' as at
    from users where id = ${id} for no key update`)
  const [row] = rows
  if (!row) throw notFound()
  return { referredBy: row.referrer, referredAt: row.at && new Date(row.at).toISOString() }
}

const refuseUnfit = async (db: Database, member: string, referrer: string) => {
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
