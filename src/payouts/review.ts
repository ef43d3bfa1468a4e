import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../database/dbIn.ts'
import { addDays } from '../domain/dates.ts'
import { DomainError } from '../domain/errors.ts'
import { recordAudit } from '../platform/audit/recordAudit.ts'

/** A later next date would be a review that is forgotten. */
const MAX_DAYS = 180

type Review = { reason: string | null; until: string | null; owner: string | null }
type Start = {
  member: string
  reason: string
  /** The next date: when the owner looks again. The review goes on until it is ended. */
  until: Date
  /** A person of staff. */
  owner: string
  by: string
  now: Date
}

/**
 * Puts a member under review, or changes reason, next date and owner of a review, in the caller's
 * transaction. Meanwhile the member requests no withdrawal, and none of the member's is sent.
 *
 * @throws DomainError `request.not-found`, `review.own`
 * @throws DomainError `review.until`, `review.owner` with the field
 */
export const startReview = async (
  req: PayloadRequest,
  { by, member, now, owner, reason, until }: Start,
): Promise<void> => {
  refuseOwn(member, by)
  if (until <= now || until > addDays(now, MAX_DAYS)) {
    throw new DomainError('review.until', `Give a date in the next ${MAX_DAYS} days.`, {
      field: 'until',
    })
  }
  const db = await dbIn(req)
  const before = await lockReview(db, member)
  if (owner === member || !(await isOfStaff(db, owner))) {
    throw new DomainError('review.owner', 'Give the id of a person of staff.', { field: 'owner' })
  }
  const after = { reason, until: until.toISOString(), owner }
  await storeReview(db, { member, review: after, now })
  await record(req, { action: 'start-review', member, before, after, reason })
}

/**
 * Ends the review of a member, in the caller's transaction.
 *
 * @throws DomainError `request.not-found`, `review.own`, `review.none`
 */
export const endReview = async (
  req: PayloadRequest,
  { by, member, now, reason }: { member: string; reason: string; by: string; now: Date },
): Promise<void> => {
  refuseOwn(member, by)
  const db = await dbIn(req)
  const before = await lockReview(db, member)
  if (before.reason === null) {
    throw new DomainError('review.none', 'This member is not under review.')
  }
  const after = { reason: null, until: null, owner: null }
  await storeReview(db, { member, review: after, now })
  await record(req, { action: 'end-review', member, before, after, reason })
}

const refuseOwn = (member: string, by: string): void => {
  if (member !== by) return
  throw new DomainError('review.own', 'Another person decides about your own account.')
}

const lockReview = async (db: Database, member: string): Promise<Review> => {
  const { rows } = await db.execute<Review>(sql`
    select review_reason as reason,
      to_json(review_until) #>> '{}' as until,
      review_owner_id::text as owner
    from users where id = ${member}
    for no key update`)
  if (!rows[0]) throw new DomainError('request.not-found', 'Not found.')
  return rows[0]
}

const isOfStaff = async (db: Database, id: string): Promise<boolean> => {
  const { rows } = await db.execute(
    sql`select 1 from users where id = ${id} and role in ('admin', 'finance', 'support')`,
  )
  return rows.length > 0
}

const storeReview = async (
  db: Database,
  { member, now, review }: { member: string; review: Review; now: Date },
): Promise<void> => {
  await db.execute(sql`
    update users set review_reason = ${review.reason}, review_until = ${review.until},
      review_owner_id = ${review.owner}, updated_at = ${now.toISOString()}
    where id = ${member}`)
}

type Entry = { action: string; member: string; before: Review; after: Review; reason: string }

const record = (req: PayloadRequest, { action, after, before, member, reason }: Entry) =>
  recordAudit({ req, action, subject: 'users', subjectId: member, before, after, reason })
