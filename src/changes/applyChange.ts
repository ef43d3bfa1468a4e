import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { SENSITIVE } from '../domain/changes/sensitiveFields.ts'
import { isSame } from '../domain/changes/splitChange.ts'
import { addDays } from '../domain/dates.ts'
import { findAccountLink } from '../platform/approvals/accountChanges.ts'
import { checkApprover } from '../platform/approvals/checkApprover.ts'
import { loadCoolDown } from '../platform/approvals/loadCoolDown.ts'
import type { Actor } from '../platform/audit/findActor.ts'
import { recordAudit } from '../platform/audit/recordAudit.ts'
import { decrypt } from '../platform/encryption.ts'
import { dbIn } from '../database/dbIn.ts'
import { findOutbox } from '../messaging/outbox/findOutbox.ts'
import {
  type ChangeDecision,
  type ChangeRow,
  findChange,
  lockInstallation,
  type FoundChange,
  recordChangeDecision,
} from './changeStore.ts'
import { lockSubject, writeSubject } from './readSubject.ts'
import { toRow } from './requestChange.ts'
import { secretContext } from './secretContext.ts'

/** Who applies a change: the second admin, the machine's operator, or the time. */
export type Authority =
  { kind: 'admin'; id: string } | { kind: 'operator'; actor: Actor } | { kind: 'cool-down' }

/**
 * Applies a change that waits, in the caller's transaction: fields, decision and audit together.
 * It is judged again: an admin has to be independent of the requester, and when one of its fields
 * has changed, its document was deleted or its requester is no longer an admin, it is superseded,
 * which is returned and stored.
 *
 * @throws DomainError `request.not-found`, `change.decided`
 * @throws DomainError `change.too-early` the cool-down has not passed
 * @throws DomainError `change.needs-second-admin` it has, but there is a second admin by now
 * @throws DomainError `approval.not-independent` of an admin
 * @throws DomainError `change.account-taken-over` a role, while the requester may still be able to
 *   sign in to the account
 * @throws whatever the document's own validation throws
 */
export const applyChange = async (
  req: PayloadRequest,
  id: string,
  { authority, now, reason }: { authority: Authority; now: Date; reason: string | null },
): Promise<'applied' | 'superseded'> => {
  const db = await dbIn(req)
  const found = await findChange(db, id)
  if (!found) throw new DomainError('request.not-found', 'Not found.')
  // The document first: a change of it locks in the same order.
  const doc = await lockSubject(req, { slug: found.subject, id: found.subjectId })
  await checkAuthority(req, found, { authority, now })
  const obstacle = findObstacle(found, doc)
  const status = obstacle === null ? 'applied' : 'superseded'
  const isDecided = await recordChangeDecision(db, id, {
    ...decisionOf(authority),
    status,
    reason: obstacle ?? reason,
    at: now,
  })
  if (!isDecided) throw alreadyDecided()
  if (status === 'applied') await write(req, found)
  await recordAudit({
    req,
    action: status === 'applied' ? 'change-applied' : 'change-superseded',
    subject: found.subject,
    subjectId: found.subjectId,
    before: toRow(found.changes, 'before'),
    after: { ...toRow(found.changes, 'after'), requestedBy: found.requestedBy },
    reason: obstacle ?? reason,
    ...(authority.kind === 'operator' ? { actor: authority.actor } : {}),
  })
  return status
}

const checkAuthority = async (
  req: PayloadRequest,
  change: ChangeRow,
  { authority, now }: { authority: Authority; now: Date },
): Promise<void> => {
  if (change.status !== 'requested') throw alreadyDecided()
  if (authority.kind === 'admin') {
    const beneficiaries = change.subject === 'users' ? [change.subjectId ?? ''] : []
    await checkApprover(req, {
      requestedBy: change.requestedBy,
      requestedAt: new Date(change.requestedAt),
      beneficiaries,
      approver: authority.id,
    })
    await refuseTakenOver(req, change, now)
  }
  if (authority.kind !== 'cool-down') return
  if (change.takesEffectAt === null || new Date(change.takesEffectAt) > now) {
    throw new DomainError('change.too-early', 'The cool-down of this change has not passed.')
  }
  const { admins } = await lockInstallation(await dbIn(req), now)
  if (admins > 1) {
    throw new DomainError('change.needs-second-admin', 'A second admin decides on this change.')
  }
}

/** Whoever set the password of a member, or moved the mailbox, would be that colleague as well. */
const refuseTakenOver = async (
  req: PayloadRequest,
  { changes, requestedBy, subject, subjectId }: ChangeRow,
  now: Date,
): Promise<void> => {
  if (subject !== 'users' || subjectId === null) return
  if (!changes.some(({ field }) => field === 'role')) return
  const db = await dbIn(req)
  const coolDownDays = await loadCoolDown(db)
  const link = await findAccountLink(db, {
    account: subjectId,
    by: requestedBy,
    kinds: ['email', 'password'],
    since: addDays(now, -coolDownDays),
  })
  if (link === null) return
  const changed = link.change === 'email' ? 'e-mail address' : 'password'
  const until = addDays(link.at, coolDownDays).toISOString().slice(0, 16).replace('T', ' ')
  throw new DomainError(
    'change.account-taken-over',
    `The requester changed the ${changed} of this account. Wait until ${until} UTC.`,
  )
}

const decisionOf = (authority: Authority): Pick<ChangeDecision, 'byOperator' | 'decidedBy'> => ({
  decidedBy: authority.kind === 'admin' ? authority.id : null,
  byOperator: authority.kind === 'operator',
})

/** Returns why a change can no longer be applied; null when it can. */
const findObstacle = (change: FoundChange, doc: Record<string, unknown> | null): string | null => {
  if (change.requesterRole !== 'admin') return 'The requester is no longer an admin.'
  return doc && isUnchanged(change, doc) ? null : 'The document has changed since it was requested.'
}

/** A secret is compared with nothing: the new one counts whatever the old one was. */
const isUnchanged = ({ changes, subject }: ChangeRow, doc: Record<string, unknown>): boolean =>
  changes.every(({ before, field }) => {
    const known = SENSITIVE[subject]?.find((one) => one.field === field)
    return (
      known !== undefined && (known.isSecret === true || isSame(known.loosens, before, doc[field]))
    )
  })

/** The requester chose the values: hooks record the change of an account as theirs. */
const write = async (req: PayloadRequest, change: FoundChange): Promise<void> => {
  const data = toRow(change.changes, 'after')
  if (change.secret !== null) {
    const { encryptionKey } = findOutbox(req.payload)
    const secrets = decrypt(encryptionKey, change.secret, secretContext(change))
    Object.assign(data, JSON.parse(secrets))
  }
  req.context.changeRequestedBy = change.requestedBy
  try {
    await writeSubject(req, { slug: change.subject, id: change.subjectId }, data)
  } finally {
    req.context.changeRequestedBy = undefined
  }
}

/** The error of a decision on a request that is no longer open. */
export const alreadyDecided = (): DomainError =>
  new DomainError('change.decided', 'This change is already decided.')
