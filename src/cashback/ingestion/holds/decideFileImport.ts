import type { PayloadRequest } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { DomainError } from '../../../domain/errors.ts'
import { checkApprover } from '../../../platform/approvals/checkApprover.ts'
import { recordAudit } from '../../../platform/audit/recordAudit.ts'
import { applyCashback } from '../applyCashback.ts'
import { rejectHolds } from '../eventStore.ts'
import { closeHeldCredits, listHeldCredits, recordImportDecision } from './holdStore.ts'
import { releaseFileImport } from './releaseFileImport.ts'
import { lockForDecision } from './settleFileImport.ts'

type DecisionInput = {
  fileImport: string
  verb: 'approve' | 'reject'
  reason: string | null
  by: string
  now: Date
}
export type DecidedImport = { fileImport: string; status: 'approved' | 'rejected'; orders: number }

/**
 * Approves or rejects a held import as its second person, in the caller's database transaction;
 * audited. An approval credits all that it holds; a rejection credits nothing and declines the
 * orders that were not credited before. The first of several concurrent decisions wins.
 *
 * @throws DomainError `request.not-found`
 * @throws DomainError `import.decided` it is not held (any more)
 * @throws DomainError `approval.not-independent` the decider imported it, or gains by it
 */
export const decideFileImport = async (
  req: PayloadRequest,
  { by, fileImport, now, reason, verb }: DecisionInput,
): Promise<DecidedImport> => {
  const db = await dbIn(req)
  const found = await lockForDecision(db, fileImport)
  if (found.status !== 'held') {
    throw new DomainError('import.decided', 'This import is already decided.')
  }
  const held = await listHeldCredits(db, { fileImport })
  const status = verb === 'approve' ? 'approved' : 'rejected'
  // A rejection needs no second person: nobody gains by it.
  if (verb === 'approve') {
    const beneficiaries = [...new Set(held.map(({ member }) => member))]
    await requireIndependent(req, { ...found, by, beneficiaries })
  }
  await recordImportDecision(db, { id: fileImport, status, decidedBy: by, reason, now })
  if (verb === 'approve') {
    await releaseFileImport(req, { fileImport, held, now })
  } else {
    const ids = held.map(({ transaction }) => transaction)
    await closeHeldCredits(db, { fileImport }, { status: 'rejected', now })
    await rejectHolds(db, ids)
    await applyCashback(req, { ids, now })
  }
  const subject = { subject: 'file-imports', subjectId: fileImport }
  const after = { status, orders: held.length }
  await recordAudit({ req, action: verb, ...subject, before: { status: 'held' }, after, reason })
  return { fileImport, status, orders: held.length }
}

type Approval = {
  by: string
  requestedBy: string | null
  createdAt: string
  beneficiaries: string[]
}

const requireIndependent = async (
  req: PayloadRequest,
  { beneficiaries, by, createdAt, requestedBy }: Approval,
): Promise<void> => {
  if (requestedBy !== null) {
    await checkApprover(req, { requestedBy, requestedAt: new Date(createdAt), beneficiaries })
  } else if (beneficiaries.includes(by)) {
    throw new DomainError('approval.not-independent', 'Another person decides on what you gain.')
  }
}
