import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { wakeWorkers } from '../../database/wakeWorkers.ts'
import { DomainError } from '../../domain/errors.ts'
import { maskEmail, maskPhone } from '../../domain/members/identity.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import type { ChannelKind, Lane } from '../types.ts'

/** A message that is not tried again until an admin decides. */
export type DeadLetter = {
  id: string
  lane: Lane
  channel: ChannelKind
  template: string
  /** Masked. */
  to: string
  reason: string | null
  provider: string | null
  attemptCount: number
  /** When it became a dead letter, as ISO 8601. */
  at: string | null
  /** Its secret is erased, so it cannot be sent again. */
  isErased: boolean
}

/** The latest `limit` dead letters, latest first. */
export const listDeadLetters = async (db: Database, limit: number): Promise<DeadLetter[]> => {
  const { rows } = await db.execute<Omit<DeadLetter, 'at'> & { at: Date | string | null }>(sql`
    select id::text,
      lane::text,
      channel::text,
      template,
      "to",
      reason,
      provider,
      attempt_count::int as "attemptCount",
      final_at as at,
      data is null and secret is null as "isErased"
    from notifications
    where status = 'dead'
    order by final_at desc nulls last, id desc
    limit ${limit}`)
  return rows.map((row) => ({
    ...row,
    to: row.channel === 'email' ? maskEmail(row.to) : maskPhone(row.to),
    at: row.at === null ? null : new Date(row.at).toISOString(),
  }))
}

type DeadLetterAction = { req: PayloadRequest; id: string; now: Date }

/**
 * Puts a dead letter back into the queue with new attempts, in the caller's transaction; audited.
 *
 * @throws DomainError `notification.not-dead` it is not a dead letter, or no longer one
 * @throws DomainError `notification.erased` its secret is erased, so the member needs a new one
 */
export const retryDeadLetter = async ({ id, now, req }: DeadLetterAction): Promise<void> => {
  const db = await dbIn(req)
  const row = await lockDeadLetter({ id, now, req })
  if (row.isErased) {
    throw new DomainError(
      'notification.erased',
      'Its secret is erased. The member must request a new one.',
    )
  }
  await db.execute(sql`
    update notifications
    set status = 'pending',
      attempt_count = 0,
      next_attempt_at = ${now.toISOString()},
      final_at = null,
      updated_at = ${now.toISOString()}
    where id = ${id}`)
  wakeWorkers(db, 'outbox')
  await recordAudit({ req, action: 'retry', ...toChange(id, row.reason, 'pending') })
}

/**
 * Discards a dead letter for a reason, in the caller's transaction; audited.
 *
 * @throws DomainError `notification.not-dead`
 */
export const discardDeadLetter = async ({
  reason,
  ...action
}: DeadLetterAction & { reason: string }): Promise<void> => {
  const { id, now, req } = action
  const db = await dbIn(req)
  const row = await lockDeadLetter(action)
  await db.execute(sql`
    update notifications
    set status = 'discarded', reason = ${reason}, updated_at = ${now.toISOString()}
    where id = ${id}`)
  await recordAudit({ req, action: 'discard', ...toChange(id, row.reason, 'discarded'), reason })
}

const toChange = (id: string, reason: string | null, status: string) => ({
  subject: 'notifications',
  subjectId: id,
  before: { status: 'dead', reason },
  after: { status },
})

const lockDeadLetter = async ({
  id,
  req,
}: DeadLetterAction): Promise<{ reason: string | null; isErased: boolean }> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<{
    status: string
    reason: string | null
    isErased: boolean
  }>(sql`
    select status::text as status, reason, data is null and secret is null as "isErased"
    from notifications where id::text = ${id} for update`)
  const [row] = rows
  if (row?.status !== 'dead') {
    throw new DomainError('notification.not-dead', 'This is not a dead letter, or no longer one.')
  }
  return row
}
