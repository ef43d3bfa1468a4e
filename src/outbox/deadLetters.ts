import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'

type Deed = { req: PayloadRequest; id: string; now: Date }

/**
 * Puts a dead letter back into the queue with new attempts, in the caller's transaction; audited.
 *
 * @throws DomainError `notification.not-dead` it is not dead (any more)
 * @throws DomainError `notification.erased` it held a secret, which is erased: a new one is needed
 */
export const retryDeadLetter = async ({ id, now, req }: Deed): Promise<void> => {
  const db = await transactionOf(req)
  const row = await lockDead({ id, now, req })
  if (row.isErased) {
    throw new DomainError(
      'notification.erased',
      'Its secret was erased when it died. The member asks for a new one.',
    )
  }
  await db.execute(sql`
    update notifications set status = 'pending', attempt_count = 0, next_attempt_at = ${now.toISOString()},
      final_at = null, updated_at = ${now.toISOString()} where id = ${id}`)
  await db.execute(sql`select pg_notify('outbox', '')`)
  await recordAudit({ req, action: 'retry', ...changeOf(id, row.reason, 'pending') })
}

/** Gives a dead letter up, with the reason why; audited. @throws DomainError `notification.not-dead` */
export const discardDeadLetter = async ({
  reason,
  ...deed
}: Deed & { reason: string }): Promise<void> => {
  const db = await transactionOf(deed.req)
  const row = await lockDead(deed)
  await db.execute(sql`
    update notifications set status = 'discarded', reason = ${reason},
      updated_at = ${deed.now.toISOString()} where id = ${deed.id}`)
  await recordAudit({
    req: deed.req,
    action: 'discard',
    ...changeOf(deed.id, row.reason, 'discarded'),
    reason,
  })
}

const changeOf = (id: string, reason: string | null, status: string) => ({
  subject: 'notifications',
  subjectId: id,
  before: { status: 'dead', reason },
  after: { status },
})

const lockDead = async ({
  id,
  req,
}: Deed): Promise<{ reason: string | null; isErased: boolean }> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<{
    status: string
    reason: string | null
    isErased: boolean
  }>(sql`
    select status::text as status, reason, data is null and secret is null as "isErased"
    from notifications where id::text = ${id} for update`)
  const [row] = rows
  if (row?.status !== 'dead') {
    throw new DomainError('notification.not-dead', 'This is not a dead letter (any more).')
  }
  return row
}
