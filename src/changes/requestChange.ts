import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, type PayloadRequest } from 'payload'

import { findEffectTime, type Installation } from '../domain/changes/decideChange.ts'
import type { FieldChange } from '../domain/changes/splitChange.ts'
import { loadCoolDown } from '../platform/approvals/loadCoolDown.ts'
import { recordAudit } from '../platform/audit/recordAudit.ts'
import { encrypt } from '../platform/encryption.ts'
import { dbIn } from '../database/dbIn.ts'
import { findOutbox } from '../messaging/outbox/findOutbox.ts'
import { insertChange } from './changeStore.ts'
import { notifyStaff } from './notifyStaff.ts'
import { secretContext } from './secretContext.ts'
import { writeSubject } from './readSubject.ts'

export type HeldChange = {
  subject: string
  subjectId: string | null
  title: string
  waits: FieldChange[]
  /** The values of secret fields that wait, by field; a new password for example. */
  secrets: Readonly<Record<string, unknown>>
}
/** What the sender of a change learns of the part that waits. */
export type PendingChange = {
  id: string
  status: 'requested'
  changes: FieldChange[]
  takesEffectAt: string | null
  message: string
}

/**
 * Stores the part of a change that waits, in the transaction of the change, and notifies the staff.
 * First tries the change in a savepoint, so that a value that cannot be stored is refused now.
 *
 * @throws whatever the document's own validation throws
 */
export const requestChange = async (
  req: PayloadRequest,
  held: HeldChange,
  { by, installation, now }: { by: string; installation: Installation; now: Date },
): Promise<PendingChange> => {
  await tryChange(req, held)
  const db = await dbIn(req)
  const coolDownDays = await loadCoolDown(db)
  const at = findEffectTime(installation, { coolDownDays, now })
  const { secrets, subject, subjectId, title, waits: changes } = held
  const requested = {
    subject,
    subjectId,
    title,
    changes,
    requestedBy: by,
    requestedAt: now.toISOString(),
    takesEffectAt: at?.toISOString() ?? null,
  }
  const { encryptionKey } = findOutbox(req.payload)
  const secret =
    Object.keys(secrets).length === 0
      ? null
      : encrypt(encryptionKey, JSON.stringify(secrets), secretContext(requested))
  const id = await insertChange(db, { ...requested, secret })
  await recordAudit({
    req,
    action: 'change-requested',
    subject,
    subjectId,
    before: toRow(changes, 'before'),
    after: toRow(changes, 'after'),
  })
  await notifyStaff(req, { id, ...requested }, { coolDownDays, now })
  const { takesEffectAt } = requested
  return { id, status: 'requested', changes, takesEffectAt, message: describe(takesEffectAt) }
}

const describe = (takesEffectAt: string | null): string =>
  takesEffectAt === null
    ? 'A part of this change waits until a second admin approves it.'
    : `A part of this change waits until ${takesEffectAt.slice(0, 16).replace('T', ' ')} UTC.`

/** The fields of a change as the audit log stores them. */
export const toRow = (changes: FieldChange[], side: 'after' | 'before'): Record<string, unknown> =>
  Object.fromEntries(changes.map((change) => [change.field, change[side]]))

/**
 * In a request of its own: hooks remember things in a request, which are not to be mixed up. A
 * password is not tried: it was judged before it was taken out.
 */
const tryChange = async (
  req: PayloadRequest,
  { secrets, subject, subjectId, waits }: HeldChange,
): Promise<void> => {
  const tried = waits.filter(({ field }) => field !== 'password')
  const data = toRow(tried, 'after')
  for (const { field } of tried) if (field in secrets) data[field] = secrets[field]
  if (Object.keys(data).length === 0) return
  const db = await dbIn(req)
  const attempt = await createLocalReq({}, req.payload)
  attempt.transactionID = await req.transactionID
  await db.execute(sql`savepoint change_request`)
  await writeSubject(attempt, { slug: subject, id: subjectId }, data)
  await db.execute(sql`rollback to savepoint change_request`)
}
