import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'

type Settling = { row: string; reason: string; by: string; now: Date }

/**
 * Settles an open row in quarantine, in the caller's transaction; audited. It moves nothing: the
 * row is no sale by that. The first of two at once wins.
 *
 * @throws DomainError `quarantine.settled` it is not open (any more)
 */
export const settleByHand = async (
  req: PayloadRequest,
  { by, now, reason, row }: Settling,
): Promise<void> => {
  const db = await transactionOf(req)
  const at = now.toISOString()
  const { rowCount } = await db.execute(sql`
    update quarantined_rows set settled_at = ${at}, settled_by = 'person', person_id = ${by},
      reason = ${reason}, updated_at = ${at}
    where id = ${row} and settled_at is null`)
  if (rowCount !== 1) throw new DomainError('quarantine.settled', 'This row was settled before.')
  await recordAudit({
    req,
    action: 'settle',
    subject: 'quarantined-rows',
    subjectId: row,
    before: { settledAt: null },
    after: { settledAt: at, settledBy: 'person' },
    reason,
  })
}
